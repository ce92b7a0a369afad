"""The index on disk: whole or not at all, and known to be what it claims."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index import CorruptIndex, Index, Item, StaleIndex, build, load, mark_of


@pytest.mark.parametrize("name", ["items.json", "encoder/encoder.onnx", "vectors/sandford.faiss", "header.json"])
@pytest.mark.parametrize("harm", ["cut", "gone", "changed"])
def test_damage_is_noticed(folder: Path, tmp_path: Path, name: str, harm: str) -> None:
    """A damaged index must say so, never answer from what is left."""
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    victim = copy / name
    data = victim.read_bytes()
    if harm == "gone":
        victim.unlink()
    else:
        victim.write_bytes(data[: len(data) // 2] if harm == "cut" else data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(CorruptIndex, match="run `signpost build`"):
        load(copy, "a mark")
    assert mark_of(copy) is None


def test_an_index_of_another_library_is_refused(folder: Path) -> None:
    """Answers from last year's library would be cited as this year's."""
    with pytest.raises(StaleIndex, match="another library"):
        load(folder, "another mark")


def test_what_is_kept_beside_it_is_under_the_same_digests(small: Index, folder: Path) -> None:
    """The snapshot of the rules must be the one that the index was built with."""
    assert (folder / "more.txt").read_bytes() == b"kept"
    assert small.mark == mark_of(folder) == "a mark"


def test_a_failed_build_leaves_the_old_index(folder: Path, tmp_path: Path) -> None:
    """A slip in a new library must not cost the answers that were there."""
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    twice = Item("x.y", "x", "entry", "s", "says")
    with pytest.raises(ValueError, match="same id"):
        build([twice, twice], {}, copy, mark="new")
    assert mark_of(copy) == "a mark"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]
