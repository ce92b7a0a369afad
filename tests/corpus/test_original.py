"""Reading a council's own document in: every place found, nothing half-written, bad files one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import (
    Library,
    Source,
    UnreadableDocument,
    add_original,
    coverage,
    find_place,
    likeness,
    load_original,
    passage,
    read_text,
    shingled,
    sketch,
)

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=6), min_size=1, max_size=60)


@given(WORDS, WORDS, WORDS)
def test_a_passage_is_found_unchanged_wherever_it_is_moved(
    before: list[str], here: list[str], after: list[str]
) -> None:
    """A new page in front of a document must not make its standards disappear."""
    mark = sketch(" ".join(here))
    lines = [" ".join(before), "", " ".join(here), "", " ".join(after)]
    place = find_place(Source(lines=(1, 1), sketch=mark), shingled(lines))
    assert place.state == "same"
    assert likeness(mark, passage(lines, place.lines)) == place.likeness


@given(WORDS)
def test_line_ends_and_case_make_no_difference(words: list[str]) -> None:
    """The same document saved with other line breaks must still be recognised."""
    assert sketch("\n".join(words).upper()) == sketch(" ".join(words))


def test_all_of_york_is_covered_and_found(york_original: Path, tmp_path: Path) -> None:
    """A standard that is in no entry is one that nobody can find."""
    library = Library.load()
    digest = library.digest("york")
    sources = [(entry.id, entry.source) for entry in digest.entries]
    original = add_original("york", york_original, sources, tmp_path, digest.manifest.sha256)
    covered = coverage(digest, original.lines)
    assert covered.uncovered == ()
    assert covered.share == 1.0
    assert covered.overruns == ()
    assert load_original("york", tmp_path) == original


def test_sketches_stand_for_their_lines(york_original: Path) -> None:
    """A sketch taken from other lines would send a quotation to the wrong place in a council's own copy."""
    lines = york_original.read_text(encoding="utf-8").split("\n")
    wrong = [
        entry.id
        for entry in Library.load().digest("york").entries
        if entry.source.sketch != sketch(passage(lines, entry.source.lines))
    ]
    assert wrong == []


def test_a_copy_with_other_lines_is_found_by_its_sketches(york_original: Path, tmp_path: Path) -> None:
    """A council's own copy is never broken into the very lines held here."""
    digest = Library.load().digest("york")
    text = york_original.read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text(
        "A new cover page\n\n" + "\n".join(line for line in text.split("\n") if line.strip()), encoding="utf-8"
    )
    sources = [(entry.id, entry.source) for entry in digest.entries]
    original = add_original("york", copy, sources, tmp_path / "data", digest.manifest.sha256)
    states = [place.state for place in original.places.values()]
    assert states.count("same") / len(states) > 0.97


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"  \n", "holds no text"),
        ("picture.txt", b"\x89PNG\0\0", "is not text"),
        ("standards.pdf", b"%PDF-1.7", "is damaged"),
    ],
)
def test_bad_files_are_one_sentence_and_change_nothing(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    """A slip with the wrong file must not cost the library that was there."""
    good = tmp_path / "good.txt"
    good.write_text("Visits take place every ten working days.")
    source = Source(lines=(1, 1), sketch=sketch(good.read_text()))
    before = add_original("york", good, [("york.x", source)], tmp_path / "data", "0" * 64)
    bad = tmp_path / name
    bad.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=told):
        add_original("york", bad, [("york.x", source)], tmp_path / "data", "0" * 64)
    assert load_original("york", tmp_path / "data") == before


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The person at the keyboard must see which path was wrong."""
    with pytest.raises(UnreadableDocument, match=r"There is no file nothing\.txt"):
        read_text(tmp_path / "nothing.txt")


def test_windows_text_is_read(tmp_path: Path) -> None:
    """Older council files are often saved as Windows-1252."""
    path = tmp_path / "old.txt"
    path.write_bytes("child’s plan – 10 days".encode("cp1252"))
    assert read_text(path) == "child’s plan – 10 days"
