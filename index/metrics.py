"""How good a ranking is: the usual measures over relevance lists (first to last, True where a result is right)."""

from __future__ import annotations

import math
from collections.abc import Sequence


def hit_at(ranked: Sequence[bool], k: int) -> float:
    """Return 1.0 where any of the first *k* is right, else 0.0.

    >>> hit_at([False, True], 1), hit_at([False, True], 3)
    (0.0, 1.0)
    """
    return float(any(ranked[:k]))


def reciprocal_rank(ranked: Sequence[bool], k: int = 10) -> float:
    """Return 1 / the rank of the first right result within *k*, else 0.0 (MRR's summand).

    >>> reciprocal_rank([False, True, True])
    0.5
    """
    return next((1.0 / rank for rank, right in enumerate(ranked[:k], 1) if right), 0.0)


def ndcg(ranked: Sequence[bool], relevant: int, k: int = 10) -> float:
    """Return the normalised discounted cumulative gain at *k* (Järvelin and Kekäläinen 2002), binary gains.

    *relevant* is how many right results there are in all.

    >>> round(ndcg([True, False, True], 2), 4)
    0.9197
    """
    gain = math.fsum(1 / math.log2(rank + 1) for rank, right in enumerate(ranked[:k], 1) if right)
    ideal = math.fsum(1 / math.log2(rank + 1) for rank in range(1, min(relevant, k) + 1))
    return gain / ideal if ideal else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive's score is above a negative's; ties count half.

    >>> auroc([0.9, 0.8], [0.1, 0.8])
    0.875
    """
    pairs = [(p > n) + 0.5 * (p == n) for p in positive for n in negative]
    return sum(pairs) / len(pairs) if pairs else 0.0


def calibration_error(scores: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error: mean gap of confidence and accuracy over *bins* equal bins, by size.

    >>> calibration_error([0.95, 0.95], [True, True])
    0.05
    """
    total = 0.0
    for b in range(bins):
        inside = [
            i for i, score in enumerate(scores) if b / bins <= score < (b + 1) / bins or (b == bins - 1 and score == 1)
        ]
        if inside:
            gap = sum(scores[i] for i in inside) / len(inside) - sum(right[i] for i in inside) / len(inside)
            total += abs(gap) * len(inside) / len(scores)
    return round(total, 6)


def risk_coverage(scores: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """Return (coverage, risk) for every number of answers given, surest first (El-Yaniv and Wiener 2010).

    Coverage is the share of all questions answered, risk the share of those answered that are not *right*.

    >>> risk_coverage([0.9, 0.2, 0.6, 0.4], [True, False, True, True])[1:]
    [(0.5, 0.0), (0.75, 0.0), (1.0, 0.25)]
    """
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    out, wrong = [], 0
    for answered, place in enumerate(order, 1):
        wrong += not right[place]
        out.append((answered / len(order), wrong / answered))
    return out
