"""Sketches: what ties an entry to a passage without containing it.

A sketch is the `SIZE` smallest hashes of the passage's three-word shingles (bottom-k min-wise sampling: Broder, "On the
resemblance and containment of documents", 1997). Two sketches estimate how alike two passages are; the words cannot be
got back from them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

SIZE = 12
SHINGLE = 3
_WORD = re.compile(r"[a-z0-9]+")


def _hash(shingle: Sequence[str]) -> str:
    return blake2b(" ".join(shingle).encode(), digest_size=4).hexdigest()


def shingles(text: str) -> list[str]:
    """Return the hashes, in order, of the text's runs of three words (fewer where it is shorter).

    Case, punctuation and white space, line ends too, make no difference.

    >>> shingles("Within 10\\n\\n working days.") == shingles("within 10 working DAYS")
    True
    """
    words = _WORD.findall(text.lower().replace("’", "").replace("'", ""))
    if not words:
        return []
    return [_hash(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


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
