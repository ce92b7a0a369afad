"""The encoder that is shipped: the file its recipe's record names, tuned from the published model, and repeatable."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import ModelMissing, OnnxEmbedder, SentenceEmbedder, embed, shipped, verified_model
from index.embed import WEIGHTS_SHA256
from index.export import export_encoder
from index.tune import Asked, Recipe, pairs, tune

TEXTS = ["when is the first core group", "do I see the child alone", "dad wants to read the report before conference"]
SMALL = Recipe(steps=2, batch=4, run=2, warm=1)


def made() -> dict[str, object]:
    """Return the shipped encoder's record."""
    record: dict[str, object] = json.loads((embed.SHIPPED / "about.json").read_text(encoding="utf-8"))
    return record


def test_the_file_is_the_one_that_the_recipe_made() -> None:
    """An encoder of unknown making decides what a worker is told."""
    folder, digest = shipped()
    record = made()
    assert digest == record["sha256"] == hashlib.sha256((folder / "encoder.onnx").read_bytes()).hexdigest()
    assert record["recipe"] == asdict(Recipe())
    assert record["left out"] == []
    assert isinstance(record["base"], dict)
    assert record["base"]["sha256"] == WEIGHTS_SHA256 == verified_model()[1]
    assert (folder / "NOTICE").is_file()


def test_another_file_in_its_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-downloaded encoder must not answer."""
    (tmp_path / "about.json").write_text(json.dumps(made()))
    monkeypatch.setattr(embed, "SHIPPED", tmp_path)
    with pytest.raises(ModelMissing, match="install Signpost again"):
        shipped()
    (tmp_path / "encoder.onnx").write_bytes(b"half")
    with pytest.raises(ModelMissing, match="has sha256"):
        shipped()


def test_it_encodes_without_what_it_was_made_with() -> None:
    """Answers must not wait for PyTorch, nor need it installed."""
    vectors = OnnxEmbedder(*shipped()).encode(TEXTS)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_an_exported_encoder_agrees_with_the_model_it_came_from(tmp_path: Path) -> None:
    """An int8 encoder that drifted would quietly rank other entries first."""
    folder, digest = verified_model()
    export_encoder(folder, tmp_path)
    full = SentenceEmbedder(folder, digest).encode(TEXTS)
    fast = OnnxEmbedder(tmp_path, digest).encode(TEXTS)
    assert float((full * fast).sum(1).min()) > 0.98


def test_tuning_twice_gives_the_same_weights(tmp_path: Path) -> None:
    """A recipe whose outcome is chance is no recipe."""
    part = [Asked(f"Statement {n} is made.", (f"ask {n}", f"the other way to ask {n}")) for n in range(8)]
    losses: list[float] = []
    for name in ("one", "other"):
        tune(verified_model()[0], [part], tmp_path / name, SMALL, lambda step, total, loss: losses.append(loss))
    one, other = (tmp_path / name / "model.safetensors" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
    assert losses[:2] == losses[2:]
    assert one.read_bytes() != (verified_model()[0] / "model.safetensors").read_bytes()


@given(st.integers(3, 60), st.integers(0, 10_000))
def test_a_batch_has_each_item_once_and_never_an_ask_with_itself(count: int, seed: int) -> None:
    """The same item twice in a batch would be its own wrong answer."""
    part = [Asked(f"Statement {n}.", (f"{n} a", f"{n} b", f"{n} c")) for n in range(count)]
    batch = pairs(part, Recipe(batch=16, run=4), random.Random(seed))
    owners = [one.split()[0] for one, _ in batch]
    assert len(owners) == len(set(owners))
    assert all(one != other for one, other in batch)
    assert all(
        other.split()[0] == owner or other == f"Statement {owner}."
        for owner, (_, other) in zip(owners, batch, strict=True)
    )
