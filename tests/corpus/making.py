"""Makes Word and PDF files of paragraphs, with what councils' files have: furniture, hyphens, two columns."""

from __future__ import annotations

from pathlib import Path

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph


def word_of(paragraphs: list[str], path: Path) -> None:
    """Write *paragraphs* as a Word file, with a header on every page."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Practice standards of Sandford"
    for one in paragraphs:
        document.add_paragraph(_printable(one))
    document.save(str(path))


def pdf_of(paragraphs: list[str], path: Path) -> None:
    """Write *paragraphs* as a PDF of one column, words parted at line ends, header and page number on every page."""
    _pdf(paragraphs, path, [Frame(60, 60, A4[0] - 120, A4[1] - 130)])


def two_columns(paragraphs: list[str], path: Path) -> None:
    """The same in two columns."""
    half = (A4[0] - 140) / 2
    _pdf(paragraphs, path, [Frame(60, 60, half, A4[1] - 130), Frame(80 + half, 60, half, A4[1] - 130)])


def _pdf(paragraphs: list[str], path: Path, frames: list[Frame]) -> None:
    style = getSampleStyleSheet()["BodyText"]
    style.embeddedHyphenation = 1
    style.spaceAfter = 9

    def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.drawString(60, A4[1] - 40, "Practice standards of Sandford")
        canvas.drawString(60, 30, f"Page {document.page}")

    document = BaseDocTemplate(str(path), pagesize=A4, pageTemplates=[PageTemplate(frames=frames, onPage=furniture)])
    document.build([Paragraph(_printable(one).replace("&", "&amp;").replace("<", "&lt;"), style) for one in paragraphs])


def _printable(text: str) -> str:
    """Return *text* without the control characters that neither format may hold."""
    return "".join(char for char in text if char.isprintable() or char == " ")
