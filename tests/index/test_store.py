"""The index on disk: whole or not at all, and known to be what it claims."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import CorruptIndex, Index, Item, StaleIndex, build, load, mark_of
from index.embed import Vectors
from index.remember import Remembered


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


class Counting:
    """An encoder that counts what it is asked for; a text's vector is the share of each letter in it."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.encode`."""
        self.asked += texts
        rows = np.array([[text.count(letter) + 1.0 for letter in "abcd"] for text in texts], dtype=np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_only_what_changed_is_encoded_again(tmp_path: Path) -> None:
    """An edit of one entry must not cost a minute."""
    plain = Counting()
    first = Remembered(plain, tmp_path)
    before = first.encode(["a", "b", "a", "cab"])
    first.save()
    again = Remembered(plain, tmp_path)
    after = again.encode(["b", "cab", "d"])
    again.save()
    assert (plain.asked, again.encoded) == (["a", "b", "cab", "d"], 1)
    assert np.array_equal(after[:2], before[[1, 3]])
    last = Remembered(plain, tmp_path)
    last.encode(["a", "d"])
    assert last.encoded == 1  # what nobody asked for the last time is not kept for ever


@pytest.mark.parametrize("harm", ["another encoder", "cut", "fresh"])
def test_what_was_kept_counts_for_nothing_where_it_does_not_fit(tmp_path: Path, harm: str) -> None:
    """Vectors of another encoder, or of half a file, would be nonsense that looks like numbers."""
    plain = Counting()
    kept = Remembered(plain, tmp_path)
    kept.encode(["a", "b"])
    kept.save()
    if harm == "another encoder":
        plain.name = "another"
    if harm == "cut":
        path = tmp_path / "encoded.npy"
        path.write_bytes(path.read_bytes()[:-4])
    again = Remembered(plain, tmp_path, fresh=harm == "fresh")
    again.encode(["a", "b"])
    assert again.encoded == 2
