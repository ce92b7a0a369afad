"""What can go wrong with the library of documents.

CorpusError                   base: catch this one
├── BadLibrary                a digest file is wrong; `problems` lists every fault, one line each
├── UnknownCouncil            no such council in the library
└── UnreadableDocument        a file cannot be read in; the library stays as it was

>>> str(BadLibrary(["york/standard-1.yaml: entry 3: who: missing"]))
'york/standard-1.yaml: entry 3: who: missing'
"""

from __future__ import annotations

from collections.abc import Sequence


class CorpusError(Exception):
    """Any fault of the library; its text says what is wrong and what to do."""


class BadLibrary(CorpusError):
    """One or more digest files are wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class UnknownCouncil(CorpusError):
    """The library holds nothing of that council."""

    def __init__(self, council: str, known: Sequence[str]) -> None:
        self.council = council
        super().__init__(f"No documents of {council!r} are loaded; loaded are: {', '.join(known) or 'none'}.")


class UnreadableDocument(CorpusError):
    """A document that cannot be read in."""
