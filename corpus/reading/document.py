"""Reading one file in: what it is by its first bytes, in a process of its own, in bounded time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableDocument

MOST_BYTES = 60 * 1024 * 1024
SECONDS, MEMORY = 240, 2 * 1024**3  # what reading one document may take
REFUSED = 3  # the child's exit status where the document, not the program, is at fault
KINDS = {
    ".pdf": "PDF",
    ".docx": "Word",
    ".html": "HTML",
    ".htm": "HTML",
    ".md": "Markdown",
    ".txt": "plain text",
}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Read:
    """A document's text, its lines split on "\\n" only; `headings` are the 1-based lines that are headings, with level.

    `pages` are the 1-based first lines of the pages, where the document has any.
    """

    text: str
    headings: tuple[tuple[int, int], ...] = ()
    pages: tuple[int, ...] = ()


def read_document(path: Path) -> Read:
    """Return the text of the document at *path*.

    Raises:
        UnreadableDocument: missing, empty, too large, of an unknown or another kind than its name says, protected by a
            password, without text, or more than can be read in bounded time and memory. One sentence says which.
    """
    _fits(path)
    if path.suffix.lower() == ".txt":  # bounded by its size
        return _plain(path)
    words = [sys.executable, "-m", "corpus.reading", str(path.resolve())]
    try:
        done = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as fault:
        raise UnreadableDocument(f"{path.name} could not be read within {SECONDS} seconds; split it.") from fault
    if done.returncode == REFUSED:
        raise UnreadableDocument(f"{path.name} {done.stdout.decode().strip()}")
    if done.returncode != 0:
        raise UnreadableDocument(f"{path.name} is damaged, or needs more memory than reading in may take.")
    found = json.loads(done.stdout)
    return Read(found["text"], tuple((line, level) for line, level in found["headings"]), tuple(found["pages"]))


def _plain(path: Path) -> Read:
    from corpus.reading.plain import read_plain

    try:
        found = read_plain(path)
    except UnreadableDocument as fault:
        raise UnreadableDocument(f"{path.name} {fault}") from fault
    if not found.text.strip():
        raise UnreadableDocument(f"{path.name} holds no text.")
    return found


def _fits(path: Path) -> None:
    """Refuse what need not be opened to be refused."""
    if not path.is_file():
        raise UnreadableDocument(f"There is no file {path.name}; give the path of the council's document.")
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise UnreadableDocument(f"{path.name}: only {', '.join(KINDS)} are read; save it as one of these.")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise UnreadableDocument(
            f"{path.name} is {size >> 20} MiB; the most that is read in is {MOST_BYTES >> 20} MiB."
        )
    if size == 0:
        raise UnreadableDocument(f"{path.name} is empty.")
    with path.open("rb") as file:
        start = file.read(1024)
    _is_what_it_says(path, kind, start)


def _is_what_it_says(path: Path, kind: str, start: bytes) -> None:
    if kind == "Word" and start.startswith(_OLE):
        raise UnreadableDocument(
            f"{path.name} is protected by a password or in the old Word form; save it as .docx without a password."
        )
    if (kind == "PDF") != (b"%PDF-" in start) or (kind == "Word") != start.startswith(b"PK\x03\x04"):
        raise UnreadableDocument(f"{path.name} is not {kind}, whatever its ending says.")
    if kind not in ("PDF", "Word") and b"\0" in start:
        raise UnreadableDocument(f"{path.name} is not text, whatever its ending says.")
