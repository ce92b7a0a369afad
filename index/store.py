"""The index on disk: an immutable, fingerprinted folder that every process loads read-only.

    header.json      mark (of what it was built from), weights, sha256 of every other file
    items.json       the Items in order
    vectors/COUNCIL.faiss, bm25/COUNCIL/    one of each for a council, so that filtering happens before ranking
    encoder/         encoder.onnx and tokenizer.json: the one shipped, or exported from SIGNPOST_MODEL
    adapter.npy      the matrix that its vectors are mapped by

Building writes a new folder and renames it into place, so a reader never sees half an index.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import bm25s
import faiss
import numpy as np

from index.adapt import Adapted, learn, mapped
from index.embed import OnnxEmbedder, encoder_source, shipped_digest
from index.errors import CorruptIndex, StaleIndex
from index.export import export_encoder
from index.item import Item
from index.remember import Remembered
from index.shelf import K1, B, Shelf, encode_items, lexical_text, make_shelf, owners_of, shelf_of
from index.text import Speller, Terms, words

FORMAT = 6
Progress = Callable[[str, int, int], None]  # what, done, of how many


@dataclass(frozen=True)
class Index:
    """A loaded index: `shelves` by council, the encoder, and how questions' words are mended.

    `mark` is the fingerprint of what it was built from, `weights` the sha256 of the encoder's weights.
    """

    mark: str
    weights: str
    shelves: Mapping[str, Shelf]
    embedder: Adapted
    terms: Terms
    speller: Speller


def version() -> str:
    """Return what decides an index's form besides its items: goes into the caller's fingerprint."""
    return f"{FORMAT} {K1} {B} {shipped_digest()}"


def build(
    items: Sequence[Item],
    terms: Sequence[Sequence[str]],
    out: Path,
    *,
    mark: str,
    model: str | None = None,
    extra: Mapping[str, bytes] | None = None,
    fresh: bool = False,
    progress: Progress = lambda what, done, total: None,
) -> None:
    """Build the index of *items* at *out*, which is replaced whole at the end.

    Texts that the last build beside it encoded are not encoded again, unless *fresh*.

    *mark* is the fingerprint of what it was built from; `load` refuses another. *extra* files are kept beside the index
    under the same digests.

    Raises:
        ModelMissing: no encoder, or not the one that was shipped.
        ValueError: two items have the same id.
    """
    twice = sorted(id for id, count in Counter(item.id for item in items).items() if count > 1)
    if twice:
        raise ValueError(f"Two items of the index have the same id: {', '.join(twice)}.")
    folder, weights = encoder_source(model)
    out.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="index-", dir=out.parent))
    try:
        if model:
            progress("exporting the encoder", 0, 1)
            export_encoder(folder, new / "encoder")
            progress("exporting the encoder", 1, 1)
        else:
            shutil.copytree(folder, new / "encoder")
        known = Terms(terms)
        plain = Remembered(OnnxEmbedder(new / "encoder", weights), out.parent, fresh)
        shelves = {council: [item for item in items if item.council == council] for council in _councils(items)}
        encoded = {
            council: encode_items(mine, plain, partial(progress, f"reading {council}"))
            for council, mine in shelves.items()
        }
        plain.save()
        progress("learning from the asks", 0, 1)
        asked = [(encoded[name][len(mine) :], np.array(owners_of(mine))) for name, mine in shelves.items()]
        matrix = learn([(vectors, owners) for vectors, owners in asked if len(owners)])
        np.save(new / "adapter.npy", matrix)
        progress("learning from the asks", 1, 1)
        for council, mine in shelves.items():
            _write_shelf(council, make_shelf(mine, known, mapped(encoded[council], matrix)), new)
        _write_json(new / "items.json", [asdict(item) for item in items])
        _write_json(new / "terms.json", known.groups)
        vocabulary = {word for item in items for word in words(lexical_text(item, known))}
        _write_json(new / "vocabulary.json", sorted(vocabulary))
        for name, data in (extra or {}).items():
            (new / name).write_bytes(data)
        _write_json(new / "header.json", {"mark": mark, "weights": weights, "files": _digests(new)})
        _swap(new, out)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, out: Path) -> None:
    old = out.with_name(out.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _councils(items: Sequence[Item]) -> list[str]:
    return sorted({item.council for item in items})


def _write_shelf(council: str, shelf: Shelf, new: Path) -> None:
    (new / "vectors").mkdir(exist_ok=True)
    faiss.write_index(shelf.vectors, str(new / "vectors" / f"{council}.faiss"))
    shelf.lexical.save(str(new / "bm25" / council), show_progress=False)
    counts = Counter(stem for held in shelf.stems for stem in held)
    _write_json(new / "bm25" / council / "stems.json", {"held": shelf.stems, "counts": counts})
    _write_json(new / "bm25" / council / "terms.json", sorted(shelf.terms))


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "header.json")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def mark_of(folder: Path) -> str | None:
    """Return the mark of the index at *folder*, or None where there is no whole index."""
    try:
        header = json.loads((folder / "header.json").read_text(encoding="utf-8"))
        return str(header["mark"]) if header["files"] == _digests(folder) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load(folder: Path, mark: str | None = None) -> Index:
    """Load the index at *folder*; *mark*, if given, is what it must have been built from.

    Raises:
        CorruptIndex: a file is missing or its digest differs.
        StaleIndex: it was built from something else.
    """
    try:
        header = json.loads((folder / "header.json").read_text(encoding="utf-8"))
        if mark is not None and header["mark"] != mark:
            raise StaleIndex("The index was built from another library or version; run `signpost build`.")
        if header["files"] != _digests(folder):
            raise CorruptIndex("The index is damaged: a file differs from its digest; run `signpost build`.")
        return _load(folder, header)
    except (OSError, KeyError, TypeError, ValueError, RuntimeError) as fault:
        raise CorruptIndex(f"The index is damaged ({type(fault).__name__}); run `signpost build`.") from fault


def _load(folder: Path, header: Mapping[str, str]) -> Index:
    items = [Item(**{**row, "asks": tuple(row["asks"])}) for row in json.loads((folder / "items.json").read_bytes())]
    plain = OnnxEmbedder(folder / "encoder", header["weights"])
    return Index(
        mark=header["mark"],
        weights=header["weights"],
        shelves={council: _read_shelf(folder, council, items) for council in _councils(items)},
        embedder=Adapted(plain, np.load(folder / "adapter.npy")),
        terms=Terms(json.loads((folder / "terms.json").read_bytes())),
        speller=Speller(json.loads((folder / "vocabulary.json").read_bytes())),
    )


def _read_shelf(folder: Path, council: str, items: Sequence[Item]) -> Shelf:
    mine = tuple(item for item in items if item.council == council)
    stems = json.loads((folder / "bm25" / council / "stems.json").read_bytes())
    vectors = faiss.read_index(str(folder / "vectors" / f"{council}.faiss"))
    asks = owners_of(mine)
    terms = frozenset(json.loads((folder / "bm25" / council / "terms.json").read_bytes()))
    lexical = bm25s.BM25.load(str(folder / "bm25" / council))
    return shelf_of(mine, vectors, asks, lexical, stems["held"], stems["counts"], terms)
