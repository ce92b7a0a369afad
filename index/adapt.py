"""A linear map of the encoder's space, learned from the library's own ways of asking when the index is built.

Which words matter between two neighbouring standards an encoder knows only of libraries that it was tuned on.
The asks can tell: each must come nearer to the mean of its own entry's other asks than to any other entry of its
council. One matrix, held close to the identity, learned with that loss (InfoNCE; van den Oord et al. 2018, each ask
left out of its own entry's mean), is enough; no question that Signpost is measured on is seen.

>>> matrix = learn([(np.eye(2, dtype=np.float32)[[0, 0, 1, 1]], np.array([0, 0, 1, 1]))], epochs=1)
>>> matrix.shape, bool(np.abs(matrix - np.eye(2)).max() < 0.1)
((2, 2), True)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder, Vectors

Owners = NDArray[np.int64]

EPOCHS, BATCH, RATE = 6, 256, 1e-3
TEMPERATURE = 0.05  # of the softmax over a council's entries
CLOSE = 1.0  # how much leaving the identity costs: mean squared change of an entry of the matrix, times its side
SEED = 20261125


class Adapted:
    """An encoder whose vectors are mapped by a matrix and scaled to length 1 again. `plain` is the encoder itself."""

    def __init__(self, plain: Embedder, matrix: Vectors) -> None:
        self.plain, self.matrix = plain, matrix

    @property
    def name(self) -> str:
        """Which model and form this is."""
        return f"adapted {self.plain.name}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.encode`."""
        return mapped(self.plain.encode(texts), self.matrix)


def mapped(vectors: Vectors, matrix: Vectors) -> Vectors:
    """Return *vectors* (rows) mapped by *matrix*, each of length 1.

    >>> mapped(np.array([[3.0, 4.0]], dtype=np.float32), np.eye(2, dtype=np.float32)).round(1).tolist()
    [[0.6000000238418579, 0.800000011920929]]
    """
    rows = vectors @ matrix.T
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def learn(parts: Sequence[tuple[Vectors, Owners]], epochs: int = EPOCHS) -> Vectors:
    """Return the matrix for *parts*, one a council: its asks' vectors (rows of length 1) and the entry of each.

    An entry's mean leaves out the ask that is looked for; an ask that is its entry's only one teaches nothing and is
    left aside. Deterministic for one machine; takes seconds.
    """
    side = parts[0][0].shape[1]
    unit = np.eye(side, dtype=np.float32)
    matrix = unit.copy()
    adam = _Adam(matrix.shape)
    councils = [_council(vectors, owners) for vectors, owners in parts]
    for council, chosen in _batches([len(vectors) for vectors, _ in parts], epochs):
        asks, owners, sums, several = councils[council]
        mine = chosen[several[chosen]]
        if len(mine):
            slope = _slope(matrix, asks[mine], owners[mine], sums)
            matrix = matrix - adam.step(slope + (2 * CLOSE / side) * (matrix - unit))
    return matrix


def _council(vectors: Vectors, owners: Owners) -> tuple[Vectors, Owners, Vectors, NDArray[np.bool_]]:
    """Return a council's asks, their entries, each entry's sum, and whether an ask has a sibling."""
    count = int(owners.max()) + 1
    sums = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, owners, vectors)
    return vectors, owners, sums, np.bincount(owners, minlength=count)[owners] > 1


def _slope(matrix: Vectors, asks: Vectors, owners: Owners, sums: Vectors) -> Vectors:
    """Return the loss's slope by the matrix: mean cross-entropy of each ask's own entry among all of its council.

    Each of the three (asks, entries, an ask's entry without it) is mapped, then brought to length 1; the slope goes
    back the same way.
    """
    place = np.arange(len(asks))
    sources = (asks, sums, sums[owners] - asks)
    (asked, a), (others, o), (own, w) = (_mapped_with_length(source, matrix) for source in sources)
    scores = asked @ others.T
    scores[place, owners] = (asked * own).sum(axis=1)
    scores /= TEMPERATURE
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    scores /= scores.sum(axis=1, keepdims=True)
    scores[place, owners] -= 1
    scores /= TEMPERATURE * len(asks)
    mine = scores[place, owners][:, None].copy()
    scores[place, owners] = 0
    slopes = (scores @ others + mine * own, scores.T @ asked, mine * asked)
    out = np.zeros_like(matrix)
    for slope, unit, length, source in zip(slopes, (asked, others, own), (a, o, w), sources, strict=True):
        out += ((slope - unit * (unit * slope).sum(axis=1, keepdims=True)) / length).T @ source
    return out


def _mapped_with_length(rows: Vectors, matrix: Vectors) -> tuple[Vectors, Vectors]:
    """Return the mapped rows at length 1, and the lengths that they had, (rows, 1)."""
    out = rows @ matrix.T
    length = np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)
    return out / length, length


class _Adam:
    """Steps of Adam (Kingma and Ba 2015) with its usual constants."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._first = np.zeros(shape, dtype=np.float32)
        self._second = np.zeros(shape, dtype=np.float32)
        self._count = 0

    def step(self, slope: Vectors) -> Vectors:
        """Return what to take from the parameters for their *slope*."""
        self._count += 1
        self._first = 0.9 * self._first + 0.1 * slope
        self._second = 0.999 * self._second + 0.001 * slope * slope
        first = self._first / (1 - 0.9**self._count)
        second = self._second / (1 - 0.999**self._count)
        return np.asarray(RATE * first / (np.sqrt(second) + 1e-8), dtype=np.float32)


def _batches(sizes: Sequence[int], epochs: int) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield (council, places of its asks), every ask once an epoch, in an order that a seed fixes."""
    chance = np.random.default_rng(SEED)
    for _ in range(epochs):
        batches = [
            (council, order[start : start + BATCH])
            for council, size in enumerate(sizes)
            for order in (chance.permutation(size),)
            for start in range(0, size, BATCH)
        ]
        for place in chance.permutation(len(batches)):
            yield batches[place]
