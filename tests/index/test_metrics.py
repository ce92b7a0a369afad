"""The measures against others' figures: ranx's (which follows trec_eval) and scikit-learn's."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from index.metrics import auroc, calibration_error, hit_at, ndcg, reciprocal_rank, risk_coverage
from tests.conftest import ROOT

SCORES = st.lists(st.floats(0, 1, allow_nan=False), min_size=2, max_size=40)


def rows() -> list[dict[str, str]]:
    """Return rankings (1 where a result is right) with what ranx 0.3.21 prints for them."""
    with (ROOT / "tests" / "golden" / "ranking-measures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['ranked']}-of-{row['relevant']}")
def test_rankings_measure_as_ranx_has_it(row: dict[str, str]) -> None:
    """A figure that nobody else's tool would print is no figure."""
    ranked = [mark == "1" for mark in row["ranked"]]
    assert hit_at(ranked, 1) == float(row["hit@1"])
    assert hit_at(ranked, 5) == float(row["hit@5"])
    assert reciprocal_rank(ranked, 10) == pytest.approx(float(row["mrr@10"]), abs=1e-6)
    assert ndcg(ranked, int(row["relevant"]), 10) == pytest.approx(float(row["ndcg@10"]), abs=1e-6)


@given(SCORES, SCORES)
def test_auroc_is_scikit_learns(positive: list[float], negative: list[float]) -> None:
    """Ties count half, there as here."""
    truth = [1] * len(positive) + [0] * len(negative)
    assert auroc(positive, negative) == pytest.approx(roc_auc_score(truth, [*positive, *negative]))


@given(SCORES, st.data())
def test_risk_ends_at_the_share_that_is_wrong(scores: list[float], data: st.DataObject) -> None:
    """With everything answered the risk is the share wrong; coverage grows by one question at a time."""
    right = data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    curve = risk_coverage(scores, right)
    assert [covered for covered, _ in curve] == [n / len(scores) for n in range(1, len(scores) + 1)]
    assert curve[-1][1] == pytest.approx(1 - sum(right) / len(right))


def test_a_probability_that_is_always_true_to_itself_has_no_error() -> None:
    """Three of four right at 0.75 is what 0.75 says."""
    assert calibration_error([0.75] * 4, [True, True, True, False]) == 0
    assert calibration_error([0.75] * 4, [False] * 4) == 0.75
