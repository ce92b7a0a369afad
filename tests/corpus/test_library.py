"""The library refuses what is wrong, all at once, and keeps what it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import BadLibrary, Library, UnknownCouncil

MANIFEST = (
    "council: sandford\nname: Sandford\ndocument: sandford\ntitle: Invented standards\nedition: null\nstanding: null\n"
    f"sha256: '{'0' * 63}a'\nlines: 9\n"
)
ENTRY = (
    '- id: sandford.visits\n  section: "1 › Visits"\n  topic: visits\n  says: Visits are weekly.\n'
    "  who: social worker\n"
    "  asks: [how often, when do I go]\n  source: {lines: [1, 2]}\n"
)


def library_of(root: Path, **files: str) -> Path:
    """Write a one-council library under *root*: file names without their ending → text."""
    (root / "sandford").mkdir(parents=True, exist_ok=True)
    (root / "glossary.yaml").write_text("[]\n")
    (root / "sandford" / "manifest.yaml").write_text(MANIFEST)
    for name, text in files.items():
        (root / "sandford" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


def test_a_good_library_loads_and_survives_its_snapshot(tmp_path: Path) -> None:
    """A worker would get other answers after a restart if the snapshot lost anything."""
    library = Library.load(library_of(tmp_path, visits=ENTRY))
    again = Library.from_json(library.to_json())
    assert again.digests == library.digests
    assert again.entry("sandford.visits") == library.entry("sandford.visits")


def test_every_fault_is_told_at_once_with_file_entry_and_field(tmp_path: Path) -> None:
    """Whoever mends a digest would go round and round if only the first fault were told."""
    bad = ENTRY.replace("  who: social worker\n", "  whom: social worker\n").replace("[1, 2]", "[5, 2]")
    with pytest.raises(BadLibrary) as fault:
        Library.load(library_of(tmp_path, visits=bad))
    told = "\n".join(fault.value.problems)
    assert "sandford/visits.yaml: sandford.visits: whom: Extra inputs are not permitted" in told
    assert "sandford.visits: who: Field required" in told
    assert "run backwards" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &a [x]\nb: [*a, *a]\n", "aliases and anchors"),
        ("- id: x\n  id: y\n", "key 'id' stands twice"),
        ("- [unclosed\n", "line"),
        ("just words\n", "expected a list"),
    ],
    ids=["bomb", "twice", "broken", "not-a-list"],
)
def test_hostile_yaml_is_one_clear_fault(tmp_path: Path, text: str, told: str) -> None:
    """A YAML bomb would take the bot down for the whole council."""
    with pytest.raises(BadLibrary, match="sandford/visits.yaml") as fault:
        Library.load(library_of(tmp_path, visits=text))
    assert told in str(fault.value)


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    """An answer would cite one place and mean another."""
    with pytest.raises(BadLibrary, match="sandford.visits: id: stands twice"):
        Library.load(library_of(tmp_path, visits=ENTRY, again=ENTRY))


def test_an_unknown_council_is_named_with_those_that_are_known(tmp_path: Path) -> None:
    """A typing slip in the council would otherwise look like an empty library."""
    with pytest.raises(UnknownCouncil, match="'leedz' are loaded; loaded are: sandford"):
        Library.load(library_of(tmp_path, visits=ENTRY)).digest("leedz")
