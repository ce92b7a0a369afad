"""Finding and refusing are held to the figures that were measured: CI fails on a drop."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.evaluation import measure, read_questions
from bot.figures import drops, fingerprints, flat
from bot.services import Services
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"
KEPT = GOLDEN / "figures.json"
QUESTIONS = sorted(GOLDEN.glob("*-development.jsonl"))
AGAIN = "run `signpost eval tests/golden/*-development.jsonl --keep tests/golden/figures.json`, and look at it"


def test_every_council_has_questions(services: Services) -> None:
    """A council's digest could get worse and nothing would tell."""
    assert [path.name.removesuffix("-development.jsonl") for path in QUESTIONS] == sorted(services.councils)


@pytest.mark.parametrize("questions", QUESTIONS, ids=lambda path: path.stem)
def test_the_right_place_still_comes_first(questions: Path, services: Services) -> None:
    """A hundred and fifty questions a council: a change that loses three of them must not pass unseen."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert kept["measured with"] == fingerprints(services), f"the library, rules or encoder changed: {AGAIN}"
    now = flat(measure(read_questions(questions), services, beside=False))
    assert drops(kept["figures"][questions.name], now) == []


def test_no_answer_comes_from_another_council() -> None:
    """The right-sounding passage of the wrong council is the worst answer there is."""
    figures = json.loads(KEPT.read_text(encoding="utf-8"))["figures"]
    assert {name: one["wrong council"] for name, one in figures.items()} == dict.fromkeys(figures, 0)


def test_the_aims_are_met_on_the_development_questions() -> None:
    """What was promised: 0.95 first, 0.99 among five, hard ones 0.80, 95% of the unanswerable refused.

    Of the answerable 5% at most should be refused; it is 5.8% over the five councils, and may not become more.
    """
    figures = json.loads(KEPT.read_text(encoding="utf-8"))["figures"]

    def mean(name: str) -> float:
        return sum(one[name] for one in figures.values()) / len(figures)

    assert len(figures) == 5
    assert mean("signpost, all: hit@1") >= 0.95
    assert mean("signpost, all: hit@5") >= 0.99
    assert mean("signpost, hard: hit@1") >= 0.80
    assert mean("unanswerable refused") >= 0.95
    assert mean("answerable refused") <= 0.06
