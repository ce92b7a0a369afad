"""A council's own document, read in where the council keeps it: kept under the data folder, never in the project.

    DATA/originals/york/original.txt     its text, "\\n" ends, lines counted as in the manifest
    DATA/originals/york/places.json      where each entry was found in it, and how alike the words are

Both are written into a new folder that is renamed into place, so reading in is all or nothing.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.entry import Source
from corpus.errors import UnreadableDocument
from corpus.quoting import quotation
from corpus.reading import read_document
from corpus.sketch import Shingled, shingled

HIGHER, SLACK = 4, 12  # a stretch may be so many times as high as its source, and so many lines more
SAME, CHANGED = 0.999, 0.5  # share of a sketch found: unchanged from SAME up, changed from CHANGED up, else gone


@dataclass(frozen=True)
class Place:
    """Where a source stands in the copy read in: 1-based inclusive lines, and the share of its sketch found there."""

    lines: tuple[int, int]
    likeness: float

    @property
    def state(self) -> str:
        """`same`, `changed` or `gone`.

        >>> Place((1, 2), 0.6).state
        'changed'
        """
        return "same" if self.likeness >= SAME else "changed" if self.likeness >= CHANGED else "gone"


@dataclass(frozen=True)
class Original:
    """A read-in document: its lines (as split on "\\n" only), sha256, and the places of its sources by key."""

    council: str
    lines: tuple[str, ...]
    sha256: str
    places: dict[str, Place]

    def quote(self, key: str) -> tuple[str, Place] | None:
        """Return the words to show at the place of *key*, verbatim but for line ends, and the place; None where gone.

        >>> Original("york", ("Visits take", "", "place weekly. "), "", {"e": Place((1, 3), 1.0)}).quote("e")[0]
        'Visits take place weekly.'
        """
        place = self.places.get(key)
        if place is None or place.state == "gone":
            return None
        return quotation(self.lines, place.lines), place


def read_text(path: Path) -> str:
    """Return the text of the document at *path*; see `corpus.reading.read_document` for what is read and refused.

    Raises:
        UnreadableDocument: it cannot be read.
    """
    return read_document(path).text


def add_original(
    council: str, path: Path, sources: Iterable[tuple[str, Source]], data: Path, held_sha256: str
) -> Original:
    """Read *path* in as *council*'s document, find the place of each source (key, source), and keep both in *data*.

    A text with the manifest's own sha256 has every source at its own lines.

    Raises:
        UnreadableDocument: see `read_text`; what was read in before stays.
    """
    text = read_text(path)
    lines = text.split("\n")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    words = shingled(lines) if sha256 != held_sha256 else Shingled({})
    places = {
        key: Place(source.lines, 1.0) if sha256 == held_sha256 else find_place(source, words) for key, source in sources
    }
    keep = data / "originals" / council
    keep.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f"{council}-", dir=keep.parent))
    (new / "original.txt").write_text(text, encoding="utf-8", newline="")
    found = {"sha256": sha256, "places": {key: asdict(place) for key, place in places.items()}}
    (new / "places.json").write_text(json.dumps(found), encoding="utf-8")
    old = keep.with_name(f"{council}.old")
    shutil.rmtree(old, ignore_errors=True)
    if keep.exists():
        keep.rename(old)
    new.rename(keep)
    shutil.rmtree(old, ignore_errors=True)
    return Original(council, tuple(lines), sha256, places)


def find_place(source: Source, words: Shingled) -> Place:
    """Return the stretch of the document that holds most of the source's sketch.

    Of several as good, the one of fewest lines, then the one nearest to where it stood. A copy in narrow columns takes
    more lines for the same words, so a stretch may be several times as high as the source.
    """
    wanted = set((source.sketch or "").split())
    found = sorted((*span, mark) for mark in wanted for span in words.places.get(mark, ()))
    highest = HIGHER * (source.lines[1] - source.lines[0] + 1) + SLACK
    best: tuple[int, int, int] | None = None
    place = Place(source.lines, 0.0)
    for start in range(len(found)):
        held: set[str] = set()
        end = first = found[start][0]
        for begins, ends, mark in found[start:]:
            if begins >= first + highest:
                break
            if mark in held:
                continue
            held.add(mark)
            end = max(end, ends)
            rank = (-len(held), end - first, abs(first - source.lines[0]))
            if best is None or rank < best:
                best, place = rank, Place((first, end), len(held) / len(wanted))
    return place


def load_original(council: str, data: Path) -> Original | None:
    """Return what was read in for *council*, or None where nothing was.

    Raises:
        UnreadableDocument: the stored copy is damaged.
    """
    folder = data / "originals" / council
    if not (folder / "places.json").is_file():
        return None
    try:
        found = json.loads((folder / "places.json").read_text(encoding="utf-8"))
        lines = (folder / "original.txt").read_text(encoding="utf-8").split("\n")
        places = {key: Place(tuple(row["lines"]), row["likeness"]) for key, row in found["places"].items()}
        return Original(council, tuple(lines), found["sha256"], places)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise UnreadableDocument(
            f"The stored copy of {council}'s document is damaged; run `signpost corpus add {council} FILE` again."
        ) from fault
