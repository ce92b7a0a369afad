"""An encoder of the field: the packaged MiniLM tuned on the library's own ways of asking (`make train`).

Two ways of asking for the same item, or an ask and its statement, must come nearer to each other than to those of the
other items in the batch, both ways round (InfoNCE; van den Oord et al. 2018; Henderson et al. 2017 for negatives within
a batch). A batch is of one council and made of runs of neighbours in its document, so that an item's hardest rivals,
the siblings of its section, are among them. No question that Signpost is measured on is seen.

Imports PyTorch; takes half an hour on two cores. What it writes is a sentence-transformers folder, which
`index.export` makes the shipped int8 file of.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SIDE = ("modules.json", "sentence_bert_config.json", "config_sentence_transformers.json", "tokenizer.json")
Told = Callable[[int, int, float], None]  # step, of how many, loss


@dataclass(frozen=True)
class Recipe:
    """What decides the outcome besides the texts: all of it is kept with the encoder."""

    steps: int = 450
    batch: int = 64  # pairs a step
    run: int = 4  # neighbours in the document that go into a batch together
    rate: float = 5e-5
    warm: int = 60  # steps until the rate is reached; it then falls to nothing
    scale: float = 20.0  # of the cosines
    says: float = 0.3  # share of pairs that are an ask and its statement, not two asks
    length: int = 64  # tokens
    seed: int = 20261125


@dataclass(frozen=True)
class Asked:
    """One item to learn from: its statement and its ways of asking, two or more."""

    says: str
    asks: tuple[str, ...]


def pairs(part: Sequence[Asked], recipe: Recipe, chance: random.Random) -> list[tuple[str, str]]:
    """Return a batch's pairs of *part*, the items of one council in the order of its document; runs may overlap.

    >>> part = [Asked(f"Statement {n}.", (f"ask {n}", f"other {n}")) for n in range(9)]
    >>> batch = pairs(part, Recipe(batch=4, run=2), random.Random(1))
    >>> len(batch) <= 4, all(one != other for one, other in batch)
    (True, True)
    """
    starts = chance.sample(range(len(part)), min(len(part), recipe.batch // recipe.run))
    places = dict.fromkeys((start + step) % len(part) for start in starts for step in range(recipe.run))
    out = []
    for place in places:
        item = part[place]
        one, other = chance.sample(item.asks, 2)
        out.append((one, item.says if chance.random() < recipe.says else other))
    return out


def tune(base: Path, parts: Sequence[Sequence[Asked]], out: Path, recipe: Recipe, told: Told) -> None:
    """Tune the model in *base* on *parts*, one a council, and write it to *out*.

    Parts are drawn by their size. Deterministic for one machine and number of threads.
    """
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    tokenizer = AutoTokenizer.from_pretrained(str(base))
    model = AutoModel.from_pretrained(str(base))
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.01)
    sizes = [len(part) for part in parts]
    for step in range(recipe.steps):
        for group in optimiser.param_groups:
            group["lr"] = recipe.rate * _share(step, recipe)
        batch = pairs(chance.choices(parts, sizes)[0], recipe, chance)
        ones = _encode([one for one, _ in batch], model, tokenizer, recipe.length)
        others = _encode([other for _, other in batch], model, tokenizer, recipe.length)
        scores, right = recipe.scale * ones @ others.T, torch.arange(len(batch))
        loss = torch.nn.functional.cross_entropy(scores, right) + torch.nn.functional.cross_entropy(scores.T, right)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        told(step + 1, recipe.steps, float(loss.detach()) / 2)
    model.eval()
    model.save_pretrained(str(out))
    tokenizer.save_pretrained(str(out))
    for name in SIDE:
        if (base / name).is_file():
            shutil.copyfile(base / name, out / name)
    if (base / "1_Pooling").is_dir():
        shutil.copytree(base / "1_Pooling", out / "1_Pooling", dirs_exist_ok=True)


def _share(step: int, recipe: Recipe) -> float:
    """Return the share of the rate at a step: up in a line, then down in a line."""
    return min((step + 1) / recipe.warm, (recipe.steps - step) / max(1, recipe.steps - recipe.warm))


def _encode(texts: Sequence[str], model: Any, tokenizer: Any, length: int) -> Any:  # noqa: ANN401  # PyTorch's own
    """Return unit vectors, in order; texts of like length go through together, so that little is padding."""
    import torch

    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    rows: list[Any] = [None] * len(texts)
    size = max(1, len(texts) // 4)
    for start in range(0, len(order), size):
        places = order[start : start + size]
        tokens = tokenizer(
            [texts[place] for place in places], padding=True, truncation=True, max_length=length, return_tensors="pt"
        )
        with torch.autocast("cpu", torch.bfloat16):
            states = model(**tokens).last_hidden_state
        keep = tokens["attention_mask"].unsqueeze(-1).float()
        means = (states.float() * keep).sum(1) / keep.sum(1).clamp(min=1e-9)
        for place, row in zip(places, torch.nn.functional.normalize(means, dim=-1), strict=True):
            rows[place] = row
    return torch.stack(rows)
