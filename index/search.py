"""Search: two rankings of one council's items, fused by one weight (Bruch et al. 2023, convex combination).

Lexical is BM25 (Robertson's, through bm25s) over all of an item's words; dense is the cosine of the question with the
gist of the item's asks (their mean direction) and with the nearest of them. The gist forgives odd wording, and many
asks do not make an item likelier to be hit by chance. Both are brought to 0..1 within the question, then mixed.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.item import Item
from index.shelf import Shelf
from index.store import Index
from index.text import rare_share, tokens

Scores = NDArray[np.float32]
_ONE_AT_A_TIME = threading.Lock()  # a product takes all cores itself; a hundred at once only wait for each other


@dataclass(frozen=True)
class Weights:
    """How scores are mixed: `lexical` + (1 - `lexical`) dense; dense is `ask` × nearest ask + (1 - `ask`) × gist.

    Fitted on the development questions, by cross-validation over councils (`python -m benchmarks.weights`).
    """

    lexical: float = 0.2
    ask: float = 0.45


@dataclass(frozen=True)
class Hit:
    """One found item: the fused `score` (0 to 1 within a question), raw BM25, and three cosines.

    `gist` is of the mean of its asks, `says` of its statement, `ask` of the nearest ask. `covered` is the share of the
    question's rare words that the item holds.
    """

    item: Item
    score: float
    bm25: float
    gist: float
    says: float
    ask: float
    covered: float


@dataclass(frozen=True)
class Query:
    """A question made ready for searching any shelf: mended and expanded `text`, its stems, its vector (1, dim).

    `words` are as they were given. `vector` is None for an empty question, which finds nothing.
    """

    words: str
    text: str
    stems: tuple[str, ...]
    terms: frozenset[int]
    vector: NDArray[np.float32] | None


@dataclass(frozen=True)
class Found:
    """What a search returns: hits in rank order, and what the decision needs besides."""

    hits: tuple[Hit, ...]
    query: str
    agreement: float  # 1 where both rankings put the same item first, else 1 / (rank of the dense first in the lexical)
    foreign: int  # how many of the field's terms in the question no item of these councils names
    length: int  # how many different words were asked, stop words left out
    elsewhere: float = 0.0  # by how much the best of the councils that were not asked comes nearer, by gist
    asked: Query | None = None  # as it was searched for: another search need not encode it again


def prepare(index: Index, question: str) -> Query:
    """Return *question* ready to be searched for: encoding it is what costs, and is done once for all councils."""
    mended = index.speller.mend(question)
    text = index.terms.expand(mended)
    vector = index.embedder.encode([question]) if question.strip() else None
    return Query(question, text, tuple(tokens(text)), index.terms.named(mended), vector)


def search(
    index: Index, question: str | Query, councils: Sequence[str], k: int = 10, weights: Weights | None = None
) -> Found:
    """Return the *k* best items of *councils* for *question*.

    Only the councils named are ranked at all. An empty question, or a council without items, finds nothing.
    """
    weights = weights or Weights()
    query = prepare(index, question) if isinstance(question, str) else question
    asked, vector = query.stems, query.vector
    shelves = [index.shelves[council] for council in councils if council in index.shelves]
    if vector is None or not shelves:
        return Found((), query.text, 0.0, 0, 0, asked=query)
    parts = [_score(shelf, vector, asked) for shelf in shelves]
    gist, says, ask, lexical = (np.concatenate([part[i] for part in parts]) for i in range(4))
    dense = np.asarray(weights.ask * ask + (1 - weights.ask) * gist, dtype=np.float32)
    score = weights.lexical * _unit(lexical) + (1 - weights.lexical) * _unit(dense)
    order = np.argsort(-score, kind="stable")[:k]
    items = [item for shelf in shelves for item in shelf.items]
    stems = [held for shelf in shelves for held in shelf.stems]
    idf = shelves[0].weights
    rarest = max(idf.values())
    hits = tuple(
        Hit(
            items[i], float(score[i]), float(lexical[i]), float(gist[i]), float(says[i]), float(ask[i]),
            rare_share(asked, frozenset(stems[i]), idf, rarest),
        )
        for i in order
    )  # fmt: skip
    rank = int((lexical > lexical[int(np.argmax(dense))]).sum()) + 1
    foreign = query.terms - frozenset[int]().union(*(shelf.terms for shelf in shelves))
    others = [_nearest(shelf, vector) for name, shelf in index.shelves.items() if name not in councils]
    elsewhere = max(others) - float(gist.max()) if others else 0.0
    return Found(hits, query.text, 1.0 / rank, len(foreign), len(set(asked)), elsewhere, query)


def _nearest(shelf: Shelf, vector: NDArray[np.float32]) -> float:
    """Return the cosine of the nearest of a shelf's gists, which stand first among its vectors."""
    with _ONE_AT_A_TIME:
        return float((shelf.rows[: len(shelf.items)] @ vector[0]).max())


def _score(shelf: Shelf, vector: NDArray[np.float32], asked: Sequence[str]) -> tuple[Scores, Scores, Scores, Scores]:
    count = len(shelf.items)
    with _ONE_AT_A_TIME:
        flat = shelf.rows @ vector[0]  # every row is scored; a search for all of them would sort them for nothing
    gist, says = flat[:count], flat[count : 2 * count]
    ask = np.full(count, -1.0, dtype=np.float32)
    np.maximum.at(ask, shelf.owner[2 * count :], flat[2 * count :])
    known = [stem for stem in asked if stem in shelf.weights]
    lexical = np.asarray(shelf.lexical.get_scores(known), dtype=np.float32) if known else np.zeros(count, np.float32)
    return gist, says, np.maximum(ask, says), lexical


def _unit(scores: Scores) -> Scores:
    low, high = float(scores.min()), float(scores.max())
    return np.asarray((scores - low) / (high - low or 1.0), dtype=np.float32)
