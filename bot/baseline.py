"""What Signpost is measured beside: fixed windows of the raw text, searched as anybody would, with the same encoder."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus import Original
from index import Adapted, Index, Item, encode_items, make_shelf

WORDS, STRIDE = 90, 45  # a window's length and step, in words


def windows(original: Original) -> list[tuple[tuple[int, int], str]]:
    """Return overlapping windows of a document: (1-based inclusive lines, text of about 90 words).

    >>> windows(Original("york", ("one two", "", "three"), "", {}))
    [((1, 3), 'one two three')]
    """
    words = [(word, number) for number, line in enumerate(original.lines, 1) for word in line.split()]
    out = []
    for start in range(0, max(1, len(words) - WORDS + STRIDE), STRIDE):
        part = words[start : start + WORDS]
        out.append(((part[0][1], part[-1][1]), " ".join(word for word, _ in part)))
    return out


def raw_index(whole: Index, original: Original) -> tuple[Index, dict[str, tuple[int, int]]]:
    """Return an index of a document's raw text in windows, with the same encoder, and each window's lines by its id."""
    found = windows(original)
    lines = {f"{original.council}.window-{number}": span for number, (span, _) in enumerate(found)}
    items = [Item(name, original.council, "passage", "", text) for name, (_, text) in zip(lines, found, strict=True)]
    plain = Adapted(whole.embedder.plain, np.eye(whole.embedder.matrix.shape[0], dtype=np.float32))
    shelf = make_shelf(items, whole.terms, encode_items(items, plain))
    return replace(whole, shelves={original.council: shelf}, embedder=plain), lines
