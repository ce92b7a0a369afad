"""Sketches: what ties an entry to a passage without containing it.

A sketch is the `SIZE` smallest hashes of the passage's three-word shingles (bottom-k min-wise sampling: Broder, "On the
resemblance and containment of documents", 1997). Two sketches estimate how alike two passages are; the words cannot be
got back from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

SIZE = 12
SHINGLE = 3
_WORD = re.compile(r"[a-z0-9]+")


def _hash(shingle: Sequence[str]) -> str:
    return blake2b(" ".join(shingle).encode(), digest_size=4).hexdigest()


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "").replace("'", ""))


def shingles(text: str) -> list[str]:
    """Return the hashes, in order, of the text's runs of three words (fewer where it is shorter).

    Case, punctuation and white space, line ends too, make no difference.

    >>> shingles("Within 10\\n\\n working days.") == shingles("within 10 working DAYS")
    True
    """
    words = _words(text)
    if not words:
        return []
    return [_hash(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


@dataclass(frozen=True)
class Shingled:
    """Where each shingle of a document stands: hash → (first, last) 1-based lines of its words."""

    places: Mapping[str, Sequence[tuple[int, int]]]


def shingled(lines: Sequence[str]) -> Shingled:
    """Return the places of all shingles of *lines*, over line ends; a line of fewer than three words is one besides.

    >>> shingled(["within ten", "", "working days"]).places[shingles("within ten working")[0]]
    [(1, 3)]
    """
    words = [(word, number) for number, line in enumerate(lines, 1) for word in _words(line)]
    out: dict[str, list[tuple[int, int]]] = {}
    for i in range(len(words) - SHINGLE + 1):
        run = words[i : i + SHINGLE]
        out.setdefault(_hash([word for word, _ in run]), []).append((run[0][1], run[-1][1]))
    for number, line in enumerate(lines, 1):
        if 0 < len(_words(line)) < SHINGLE:
            out.setdefault(_hash(_words(line)), []).append((number, number))
    return Shingled(out)


def sketch(text: str) -> str:
    """Return the sketch of *text*: up to 12 hashes of 8 hex digits, ascending, with a space between.

    >>> len(sketch("one two three four five").split())
    3
    """
    return " ".join(sorted(set(shingles(text)))[:SIZE])


def likeness(one: str, text: str) -> float:
    """Return the share (0 to 1) of the sketch's hashes that *text* holds: 1.0 where the passage stands unchanged.

    >>> likeness(sketch("a visit within ten working days"), "There is a visit within ten working days of it")
    1.0
    """
    wanted = set(one.split())
    return len(wanted & set(shingles(text))) / len(wanted) if wanted else 0.0
