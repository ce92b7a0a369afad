"""`python -m bot.training OUT [--leave COUNCIL,…]`: tune the encoder on the library's own asks (`make train`).

Writes OUT/encoder.onnx (int8), its tokenizer, and about.json: the base model, the recipe, the library it learned from
and the file's sha256. `--leave` leaves councils out, to measure what the encoder is worth for one it never saw.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.items import items_of
from corpus import Library
from index import Item
from index.embed import verified_model
from index.export import export_encoder
from index.shelf import dense_says
from index.tune import Asked, Recipe, tune
from rules import RuleBook


def parts_of(library: Library, book: RuleBook, leave: Sequence[str] = ()) -> list[list[Asked]]:
    """Return what is learned from: the entries of each council, and apart from them its rules.

    Apart, because an entry and a rule on the same words would be each other's wrong answer; and without rules that say
    again what another says.
    """
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items_of(library, book):
        repeats = item.kind == "rule" and book[item.id].restates is not None
        if item.council not in leave and len(item.asks) > 1 and not repeats:
            groups.setdefault((item.council, item.kind), []).append(item)
    return [[Asked(dense_says(item), item.asks) for item in mine] for mine in groups.values()]


def main(argv: Sequence[str] | None = None) -> None:
    """Tune, export, and say what was made of what."""
    parser = argparse.ArgumentParser(prog="python -m bot.training", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--leave", default="", help="councils to leave out, with commas")
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    given = parser.parse_args(argv)
    leave = [name for name in given.leave.split(",") if name]
    library, book, recipe = Library.load(), RuleBook.load(), Recipe(steps=given.steps)
    parts = parts_of(library, book, leave)
    base, digest = verified_model()
    new = Path(tempfile.mkdtemp(prefix="encoder-"))
    try:
        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("tuning the encoder", total=recipe.steps)
            tune(
                base, parts, new / "model", recipe,
                lambda step, _, loss: bar.update(task, completed=step, description=f"tuning, loss {loss:.2f}"),
            )  # fmt: skip
        export_encoder(new / "model", new / "encoder")
        about = {
            "base": {"model": "sentence-transformers/all-MiniLM-L6-v2", "sha256": digest, "licence": "Apache-2.0"},
            "recipe": asdict(recipe),
            "left out": leave,
            "learned from": {
                "library": library.fingerprint,
                "rules": book.fingerprint,
                "items": sum(map(len, parts)),
                "asks": sum(len(item.asks) for part in parts for item in part),
            },
            "sha256": hashlib.sha256((new / "encoder" / "encoder.onnx").read_bytes()).hexdigest(),
        }
        (new / "encoder" / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
        given.out.mkdir(parents=True, exist_ok=True)
        for file in (new / "encoder").iterdir():
            shutil.copyfile(file, given.out / file.name)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    print(f"The encoder is in {given.out}.")


if __name__ == "__main__":
    main()
