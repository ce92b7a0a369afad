"""Word documents (.docx), through python-docx: paragraphs, lists and tables in their order, headings by their style."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.errors import UnreadableDocument
from corpus.reading.blocks import HEADING_LEVELS, Blocks
from corpus.reading.document import Read

MOST_UNPACKED = 300 * 1024 * 1024
MOST_TIMES = 250  # how many times larger than its file a document may unpack to, past the first few MiB
_HEADING = re.compile(r"^heading (\d)$", re.IGNORECASE)


def read_word(path: Path) -> Read:
    """Return the text of a .docx file.

    Raises:
        UnreadableDocument: damaged, not Word, unpacking to far more than it is, or naming outside entities.
    """
    _is_harmless(path)
    try:
        document = Document(str(path))
    except Exception as fault:  # python-docx and lxml raise many kinds for a damaged file
        raise UnreadableDocument("is damaged: it cannot be opened as a Word document.") from fault
    blocks = Blocks()
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for cells in _rows(block):
                blocks.row(cells)
            blocks.end_table()
        else:
            _paragraph(block, blocks)
    return blocks.read()


def _paragraph(block: Paragraph, blocks: Blocks) -> None:
    style = block.style.name if block.style is not None else ""
    heading = _HEADING.match(style or "")
    if heading or style == "Title":
        blocks.heading(block.text, min(HEADING_LEVELS, int(heading[1])) if heading else 1)
    elif (block._p.pPr is not None and block._p.pPr.numPr is not None) or (style or "").startswith("List"):
        blocks.item(block.text)
    else:
        blocks.paragraph(block.text)


def _rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        yield [cell.text for cell in row.cells]


def _is_harmless(path: Path) -> None:
    """Refuse a package that unpacks to far more than it is, or whose XML brings a document type with it."""
    try:
        with zipfile.ZipFile(path) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
            size = path.stat().st_size
            if unpacked > MOST_UNPACKED or (unpacked > 8 * 1024 * 1024 and unpacked > MOST_TIMES * size):
                raise UnreadableDocument(f"unpacks to {unpacked >> 20} MiB, far more than a document holds.")
            if "word/document.xml" not in package.namelist():
                raise UnreadableDocument("is not Word, whatever its ending says.")
            for entry in package.infolist():
                if entry.filename.endswith((".xml", ".rels")):
                    with package.open(entry) as file:
                        if b"<!DOCTYPE" in file.read(4096):
                            raise UnreadableDocument("names outside entities, which no Word document does.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise UnreadableDocument("is damaged: it cannot be opened as a Word document.") from fault
