"""A linear map of the encoder's space, learned from the library's own ways of asking when the index is built.

The encoder was trained on the web's sentences; which words matter between two neighbouring standards it cannot know.
The asks can tell: each must come nearer to the mean of its own entry's other asks than to any other entry of its
council. One matrix, held close to the identity, learned with that loss (InfoNCE; van den Oord et al. 2018, each ask
left out of its own entry's mean), is enough; no question that Signpost is measured on is seen.

>>> matrix = learn([(np.eye(2, dtype=np.float32)[[0, 0, 1, 1]], np.array([0, 0, 1, 1]))], epochs=1)
>>> matrix.shape, bool(np.abs(matrix - np.eye(2)).max() < 0.1)
((2, 2), True)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

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
    left aside. Deterministic for one machine; takes seconds; imports PyTorch.
    """
    import torch

    side = parts[0][0].shape[1]
    unit = torch.eye(side)
    matrix = torch.nn.Parameter(unit.clone())
    optimiser = torch.optim.Adam([matrix], lr=RATE)
    councils = [_council(vectors, owners) for vectors, owners in parts]
    for council, chosen in _batches([len(vectors) for vectors, _ in parts], epochs):
        asks, owners, sums, several = councils[council]
        mine = chosen[several[chosen]]
        if not len(mine):
            continue
        asked = torch.nn.functional.normalize(asks[mine] @ matrix.T, dim=1)
        others = torch.nn.functional.normalize(sums @ matrix.T, dim=1)
        own = torch.nn.functional.normalize((sums[owners[mine]] - asks[mine]) @ matrix.T, dim=1)
        scores = asked @ others.T
        scores[torch.arange(len(mine)), owners[mine]] = (asked * own).sum(1)
        loss = torch.nn.functional.cross_entropy(scores / TEMPERATURE, owners[mine])
        loss = loss + CLOSE * ((matrix - unit) ** 2).sum() / side
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return np.asarray(matrix.detach().numpy(), dtype=np.float32)


def _council(vectors: Vectors, owners: Owners) -> tuple[Any, Any, Any, Any]:
    """Return a council's asks, their entries, each entry's sum, and whether an ask has a sibling: torch's tensors."""
    import torch

    asks, mine = torch.from_numpy(vectors.copy()), torch.from_numpy(owners.copy())
    count = int(owners.max()) + 1
    sums = torch.zeros(count, asks.shape[1]).index_add_(0, mine, asks)
    several = np.bincount(owners, minlength=count)[owners] > 1
    return asks, mine, sums, several


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
