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
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.entry import Source
from corpus.errors import UnreadableDocument
from corpus.quoting import quotation
from corpus.sketch import likeness, shingles

MOST_BYTES = 20 * 1024 * 1024
SAME, CHANGED = 0.999, 0.5  # share of a sketch found: unchanged from SAME up, changed from CHANGED up, else gone
READERS = (".txt", ".md")


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
    """Return the text of the document at *path*.

    Raises:
        UnreadableDocument: missing, empty, too large, of an unknown kind, or not text.
    """
    if not path.is_file():
        raise UnreadableDocument(f"There is no file {path.name}; give the path of the council's document.")
    if path.suffix.lower() not in READERS:
        raise UnreadableDocument(f"{path.name}: only {' and '.join(READERS)} are read for now; save it as plain text.")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise UnreadableDocument(
            f"{path.name} is {size >> 20} MiB; the most that is read in is {MOST_BYTES >> 20} MiB."
        )
    data = path.read_bytes()
    if b"\0" in data:
        raise UnreadableDocument(f"{path.name} is not text, whatever its ending says.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if not text.strip():
        raise UnreadableDocument(f"{path.name} holds no text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


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
    windows = [set(shingles(line)) for line in lines] if sha256 != held_sha256 else []
    places = {
        key: Place(source.lines, 1.0) if sha256 == held_sha256 else find_place(source, lines, windows)
        for key, source in sources
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


def find_place(source: Source, lines: Sequence[str], windows: Sequence[set[str]] | None = None) -> Place:
    """Return the window of *lines* that holds most of the source's sketch: shortest, then nearest to where it stood.

    Windows of about the source's own length are tried around every line that holds one of the sketch's shingles.
    """
    wanted = set((source.sketch or "").split())
    if not wanted:
        return Place(source.lines, 0.0)
    height = source.lines[1] - source.lines[0] + 1
    starts = _starts(wanted, lines, height)
    best = Place(source.lines, 0.0)
    for start in starts:
        end = min(len(lines), start + height + 1)
        share = likeness(source.sketch or "", " ".join(lines[start - 1 : end]))
        nearer = abs(start - source.lines[0]) < abs(best.lines[0] - source.lines[0])
        if share > best.likeness or (share == best.likeness and share and nearer):
            best = Place((start, end), share)
    return _tightened(source.sketch or "", lines, best)


def _starts(wanted: set[str], lines: Sequence[str], height: int) -> list[int]:
    """Return 1-based lines a window could begin at: those before a line pair that holds a wanted shingle."""
    starts: set[int] = set()
    for number in range(len(lines)):
        pair = " ".join(lines[number : number + 3])
        if wanted & set(shingles(pair)):
            starts.update(range(max(1, number + 1 - height), number + 2))
    return sorted(starts)


def _tightened(sketch: str, lines: Sequence[str], place: Place) -> Place:
    """Return *place* without lines at either end that add nothing to the likeness."""
    if not place.likeness:
        return place
    start, end = place.lines
    while start < end and likeness(sketch, " ".join(lines[start:end])) >= place.likeness:
        start += 1
    while end > start and likeness(sketch, " ".join(lines[start - 1 : end - 1])) >= place.likeness:
        end -= 1
    return Place((start, end), place.likeness)


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
