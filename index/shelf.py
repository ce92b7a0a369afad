"""A council's shelf: its items with their vectors and words, in memory, as it is built and as it is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import bm25s
import faiss
import numpy as np

from index.embed import Embedder, Vectors
from index.item import Item
from index.text import Terms, tokens

K1, B = 1.2, 0.75


@dataclass(frozen=True)
class Shelf:
    """One council's part of the index: its items, their vectors and their words.

    Vectors stand in one FAISS index (`rows` is its own memory, a vector a row): first a gist of each item (the mean
    direction of its asks), then the statements in the same order, then the asks; `owner[row]` is the item's position.
    `stems` are each item's, `weights` their idf; `terms` the field's terms (places in `Index.terms.groups`) that the
    items name.
    """

    items: tuple[Item, ...]
    vectors: faiss.Index
    rows: Vectors
    owner: np.ndarray[tuple[int], np.dtype[np.int64]]
    lexical: bm25s.BM25
    stems: Sequence[Sequence[str]]
    weights: Mapping[str, float]
    terms: frozenset[int]


def lexical_text(item: Item, terms: Terms) -> str:
    """Return all the words that an item is searched by, with the other names of the terms among them."""
    parts = [item.section, item.extra, item.says, *item.asks]
    return " ".join(terms.expand(part) for part in parts if part)


def dense_says(item: Item) -> str:
    """Return the sentence that stands for an item among the dense vectors: last heading, then the statement."""
    return f"{item.section.rsplit(' › ', 1)[-1]}. {item.says}"


def encode_items(
    items: Sequence[Item], embedder: Embedder, step: Callable[[int, int], None] = lambda done, total: None
) -> Vectors:
    """Return the vectors of *items*: their statements in order, then their asks in order, (texts, dimension).

    *step* is told how many texts of how many are encoded.
    """
    texts = [dense_says(item) for item in items] + [ask for item in items for ask in item.asks]
    batches = []
    for start in range(0, len(texts), 1024):
        step(start, len(texts))
        batches.append(embedder.encode(texts[start : start + 1024]))
    step(len(texts), len(texts))
    return np.concatenate(batches)


def make_shelf(items: Sequence[Item], terms: Terms, encoded: Vectors) -> Shelf:
    """Return the shelf of one council's items, in memory; *encoded* is what `encode_items` gives, mapped or not."""
    asks = owners_of(items)
    rows = np.concatenate([_gists(encoded, len(items), asks), encoded])
    vectors = faiss.IndexFlatIP(rows.shape[1])
    vectors.add(rows)
    held = [tokens(lexical_text(item, terms)) for item in items]
    lexical = bm25s.BM25(k1=K1, b=B)
    lexical.index(held, show_progress=False)
    named = terms.named(" ".join(part for item in items for part in (item.section, item.says, *item.asks)))
    stems = [sorted(set(row)) for row in held]
    return shelf_of(tuple(items), vectors, asks, lexical, stems, Counter(stem for row in stems for stem in row), named)


def owners_of(items: Sequence[Item]) -> list[int]:
    """Return the item (its place) of each ask."""
    return [position for position, item in enumerate(items) for _ in item.asks]


def _gists(encoded: Vectors, count: int, asks: Sequence[int]) -> Vectors:
    """Return an item's mean ask, at length 1: what all its ways of asking have in common; its statement without any."""
    sums = encoded[:count].copy()
    sums[sorted(set(asks))] = 0.0
    np.add.at(sums, np.asarray(asks, dtype=np.int64), encoded[count:])
    return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)


def shelf_of(
    items: tuple[Item, ...],
    vectors: faiss.Index,
    asks: Sequence[int],
    lexical: bm25s.BM25,
    stems: Sequence[Sequence[str]],
    counts: Mapping[str, int],
    terms: frozenset[int],
) -> Shelf:
    """Return a shelf of what was built or read; *counts* are how many items hold each stem."""
    return Shelf(
        items=items,
        vectors=vectors,
        rows=_memory(vectors),
        owner=np.array([*range(len(items)), *range(len(items)), *asks], dtype=np.int64),
        lexical=lexical,
        stems=stems,
        weights={stem: float(np.log(1 + len(items) / count)) for stem, count in counts.items()},
        terms=terms,
    )


def _memory(vectors: faiss.Index) -> Vectors:
    """Return a flat index's own vectors, a row each, without a copy; valid as long as the index is."""
    flat: faiss.IndexFlatIP = vectors  # type: ignore[assignment]  # reading one gives what was written
    size = flat.ntotal * flat.d
    return np.asarray(faiss.rev_swig_ptr(flat.get_xb(), size)).reshape(flat.ntotal, flat.d)
