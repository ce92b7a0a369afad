"""Plain text: UTF-8, else Windows-1252 (as old exports are); any line ends."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import UnreadableDocument
from corpus.reading.document import Read


def decoded(path: Path) -> str:
    """Return the text of a text file, line ends as "\\n".

    Raises:
        UnreadableDocument: it is not text.
    """
    data = path.read_bytes()
    if b"\0" in data:
        raise UnreadableDocument("is not text, whatever its ending says.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_plain(path: Path) -> Read:
    """Return a text file as it is; form feeds begin pages."""
    text = decoded(path)
    pages = [number for number, line in enumerate(text.split("\n"), 1) if "\f" in line]
    return Read(text, (), tuple(pages))
