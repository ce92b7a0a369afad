"""Vectors kept between builds by what was encoded, so that a changed entry costs its own texts and no others.

Beside the index lie ``encoded.npy`` (a vector a row) and ``encoded.keys`` (sha256 of each row's text, in the same
order, after a line that names the encoder). Another encoder, or a damaged file, is as if there were none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embed import Embedder, Vectors

KEY = 32  # bytes of a sha256


class Remembered:
    """An encoder that asks `plain` only for texts that *folder* does not hold; for all, if *fresh*.

    `save` keeps those asked for, no others.
    int8 scales follow the batch, so a text keeps the vector of the batch it was first in; they differ by less than a
    rounding of the weights does.
    """

    def __init__(self, plain: Embedder, folder: Path, fresh: bool = False) -> None:
        self._plain, self._folder = plain, folder
        self._held = {} if fresh else _read(folder, plain.name)
        self._used: dict[bytes, Vectors] = {}
        self.encoded = 0

    @property
    def name(self) -> str:
        """The encoder's own name."""
        return self._plain.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.encode`."""
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._held}
        if new:
            self.encoded += len(new)
            self._held.update(zip(new, self._plain.encode(list(new.values())), strict=True))
        self._used.update((key, self._held[key]) for key in keys)
        return np.asarray([self._held[key] for key in keys], dtype=np.float32)

    def save(self) -> None:
        """Keep what was asked for since the start, whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "encoded.keys").unlink(missing_ok=True)  # without it the other counts for nothing
        _replace(self._folder / "encoded.npy", np.asarray(list(self._used.values()), dtype=np.float32))
        path = self._folder / "encoded.keys"
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(self.name.encode() + b"\n" + b"".join(self._used))
        part.replace(path)


def _replace(path: Path, rows: Vectors) -> None:
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.save(file, rows)
    part.replace(path)


def _read(folder: Path, name: str) -> dict[bytes, Vectors]:
    try:
        made_by, _, keys = (folder / "encoded.keys").read_bytes().partition(b"\n")
        rows = np.load(folder / "encoded.npy")
    except (OSError, ValueError):
        return {}
    if made_by.decode() != name or len(keys) != KEY * len(rows):
        return {}
    return {keys[place * KEY : (place + 1) * KEY]: row for place, row in enumerate(rows)}
