"""The map learned from the asks: it draws an entry's asks together, stays near the encoder's own space, and repeats."""

from __future__ import annotations

import numpy as np
import pytest

from index.adapt import _slope, learn, mapped
from index.embed import Vectors


def asks(seed: int = 1, entries: int = 40, each: int = 6, side: int = 32) -> tuple[Vectors, np.ndarray]:
    """Return asks that share a direction with their entry, and a loud one that has nothing to do with it."""
    chance = np.random.default_rng(seed)
    topics = chance.normal(size=(entries, side))
    topics[:, 0] = 0
    rows = np.repeat(topics, each, axis=0) + 0.6 * chance.normal(size=(entries * each, side))
    rows[:, 0] = 9 * chance.normal(size=len(rows))  # how it is worded, not what it is about
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float32), np.repeat(np.arange(entries), each)


def found_first(vectors: Vectors, owners: np.ndarray) -> float:
    """Return how many asks come nearest to their own entry's other asks."""
    sums = np.zeros((int(owners.max()) + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, owners, vectors)
    right = 0
    for vector, owner in zip(vectors, owners, strict=True):
        others = sums.copy()
        others[owner] -= vector
        others /= np.linalg.norm(others, axis=1, keepdims=True)
        right += int(np.argmax(others @ vector) == owner)
    return right / len(vectors)


def test_asks_it_was_not_shown_find_their_entry_more_often() -> None:
    """A map that only knows its lesson by heart would make real questions worse."""
    vectors, owners = asks()
    taught = owners < 20
    matrix = learn([(vectors[taught], owners[taught])], epochs=40)
    rest, theirs = vectors[~taught], owners[~taught] - 20
    assert found_first(mapped(rest, matrix), theirs) > found_first(rest, theirs) + 0.02


def test_the_same_library_gives_the_same_map() -> None:
    """Two builds of one library would rank differently, and no figure could be trusted."""
    one, other = (learn([asks()], epochs=2) for _ in range(2))
    assert np.array_equal(one, other)


def test_mapped_vectors_have_length_one() -> None:
    """An inner product would no longer be a cosine, and long vectors would always win."""
    vectors, owners = asks()
    assert np.allclose(np.linalg.norm(mapped(vectors, learn([(vectors, owners)], epochs=1)), axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("each", [1, 2])
def test_an_entry_with_a_single_ask_teaches_nothing(each: int) -> None:
    """Its mean without that ask is nothing at all: not a number, and then no number anywhere."""
    matrix = learn([asks(each=each)], epochs=1)
    assert np.isfinite(matrix).all()
    assert np.array_equal(matrix, np.eye(32, dtype=np.float32)) is (each == 1)


def loss(matrix: Vectors, vectors: Vectors, owners: np.ndarray) -> float:
    """Return the cross-entropy that `learn` goes down, written out ask by ask."""
    sums = np.zeros((int(owners.max()) + 1, vectors.shape[1]))
    np.add.at(sums, owners, vectors.astype(float))
    total = 0.0
    for vector, owner in zip(vectors.astype(float), owners, strict=True):
        entries = sums.copy()
        entries[owner] -= vector
        there = entries @ matrix.T
        there /= np.linalg.norm(there, axis=1, keepdims=True)
        here = matrix @ vector
        scores = there @ (here / np.linalg.norm(here)) / 0.05
        total += float(np.log(np.exp(scores - scores.max()).sum()) + scores.max() - scores[owner])
    return total / len(vectors)


def test_the_slope_is_that_of_the_loss() -> None:
    """Learning that goes down another slope than its own loss's learns nobody knows what."""
    vectors, owners = asks(entries=6, each=3, side=5)
    sums = np.zeros((6, 5), dtype=np.float32)
    np.add.at(sums, owners, vectors)
    matrix = np.eye(5, dtype=np.float32) + 0.1 * np.random.default_rng(3).normal(size=(5, 5)).astype(np.float32)
    slope = _slope(matrix, vectors, owners, sums)
    for row, column in ((0, 0), (1, 3), (4, 2)):
        step = np.zeros((5, 5))
        step[row, column] = 1e-5
        measured = (loss(matrix + step, vectors, owners) - loss(matrix - step, vectors, owners)) / 2e-5
        assert slope[row, column] == pytest.approx(measured, rel=2e-2, abs=2e-3)
