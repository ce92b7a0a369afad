"""The process that reads one document: `python -m corpus.reading FILE` prints its text as JSON, or why not (exit 3)."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from corpus.errors import UnreadableDocument
from corpus.reading.document import MEMORY, REFUSED, SECONDS, Read


def main(path: Path) -> int:
    """Read *path* within the limits and print what was found."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        found = _reader(path)
        if not found.text.strip():
            raise UnreadableDocument("holds no text.")
    except UnreadableDocument as fault:
        print(fault)
        return REFUSED
    sys.stdout.write(json.dumps({"text": found.text, "headings": found.headings, "pages": found.pages}))
    return 0


def _reader(path: Path) -> Read:
    kind = path.suffix.lower()
    if kind == ".pdf":
        from corpus.reading.pdf import read_pdf

        return read_pdf(path)
    if kind == ".docx":
        from corpus.reading.word import read_word

        return read_word(path)
    from corpus.reading.marked import read_html, read_markdown
    from corpus.reading.plain import read_plain

    return {".html": read_html, ".htm": read_html, ".md": read_markdown, ".txt": read_plain}[kind](path)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
