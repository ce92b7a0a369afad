"""How much of a document its digest covers, and which lines stand outside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.library import Digest


@dataclass(frozen=True)
class Coverage:
    """Counts of the document's non-blank lines, and the 1-based numbers of those that nothing covers."""

    content: int
    in_entries: int
    excepted: int
    uncovered: tuple[int, ...]
    overruns: tuple[str, ...]  # entries or exceptions whose lines run past the document's end

    @property
    def share(self) -> float:
        """Share (0 to 1) of non-blank lines that are in an entry or a listed exception."""
        return (self.content - len(self.uncovered)) / self.content if self.content else 1.0


def coverage(digest: Digest, lines: Sequence[str]) -> Coverage:
    """Return how *digest* covers *lines*, the document as split on "\\n"."""
    entries = {n for entry in digest.entries for n in range(entry.source.lines[0], entry.source.lines[1] + 1)}
    excepted = {n for item in digest.exceptions for n in range(item.lines[0], item.lines[1] + 1)}
    content = {n for n, line in enumerate(lines, 1) if line.strip()}
    overruns = [entry.id for entry in digest.entries if entry.source.lines[1] > len(lines)]
    overruns += [f"exception {item.lines}" for item in digest.exceptions if item.lines[1] > len(lines)]
    return Coverage(
        content=len(content),
        in_entries=len(content & entries),
        excepted=len((content & excepted) - entries),
        uncovered=tuple(sorted(content - entries - excepted)),
        overruns=tuple(overruns),
    )
