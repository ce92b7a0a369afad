"""Fitting what decides between an answer and a refusal, on questions with and without answers.

The threshold comes from probabilities that each question was given by models fitted without it, so that the shares are
not flattered by having been fitted on them: without any question of its council where there are several, for that is
what the next council will be like; else in five folds. It is the one at which the worse of two shares is least: good
questions refused, and questions answered that the documents do not answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.ask import lines_of
from bot.evaluation import Asked, right, words_of
from bot.services import Services
from index import Calibration, Found, features, fit, logistic, search
from index.metrics import auroc

FOLDS = 5


@dataclass(frozen=True)
class Fitted:
    """The model, and how it does on questions it had not seen: AUROC, and shares refused at its threshold."""

    calibration: Calibration
    auroc: float
    answerable_refused: float
    unanswerable_refused: float


@dataclass(frozen=True)
class Judged:
    """A question as judged by a model fitted without its part.

    `score` is the probability given, `answered` whether the documents answer it, `right` whether what came first does.
    """

    council: str
    score: float
    answered: bool
    right: bool


def judged(questions: Sequence[Asked], services: Services) -> list[Judged]:
    """Return each of *questions* with the probability from a model fitted without its council."""
    found = [_found(asked, services) for asked in questions]
    scores = _scores([features(one) for one in found], questions)
    return [
        Judged(asked.council, score, bool(asked.gold), _right_first(asked, one, services))
        for asked, one, score in zip(questions, found, scores, strict=True)
    ]


def _scores(rows: Sequence[tuple[float, ...]], questions: Sequence[Asked]) -> list[float]:
    """Return the probability of each question, its features in *rows*, from a model fitted without its part."""
    return _unseen(rows, [bool(asked.gold) for asked in questions], _parts(questions))


def _right_first(asked: Asked, found: Found, services: Services) -> bool:
    return bool(found.hits) and right(asked, lines_of(found.hits[0].item.id, services))


def fitted(questions: Sequence[Asked], services: Services, fitted_on: str) -> Fitted:
    """Return the model fitted on all of *questions*; threshold and figures are of models fitted without each part."""
    rows = [features(_found(asked, services)) for asked in questions]
    answered = [bool(asked.gold) for asked in questions]
    unseen = _scores(rows, questions)
    yes = [score for score, good in zip(unseen, answered, strict=True) if good]
    no = [score for score, good in zip(unseen, answered, strict=True) if not good]
    threshold = balanced(yes, no)
    weights, bias = fit(rows, answered)
    return Fitted(
        Calibration(weights, bias, threshold, services.index.weights, services.library.fingerprint, fitted_on),
        auroc(yes, no),
        sum(score < threshold for score in yes) / len(yes),
        sum(score < threshold for score in no) / len(no),
    )


def balanced(yes: Sequence[float], no: Sequence[float]) -> float:
    """Return the threshold at which the worse of both errors is least; of several the lowest, to four places.

    >>> balanced([0.9, 0.8, 0.4], [0.1, 0.3, 0.7])
    0.3001
    """

    def worse(threshold: float) -> float:
        refused = sum(score < threshold for score in yes) / len(yes)
        answered = sum(score >= threshold for score in no) / len(no)
        return max(refused, answered)

    return min((round(score + 0.0001, 4) for score in sorted(no)), key=worse)


def _found(asked: Asked, services: Services) -> Found:
    return search(services.index, words_of(asked, services), (asked.council,), k=20)


def _parts(questions: Sequence[Asked]) -> list[int]:
    """Return which part each question belongs to: its council where there are several, else one of five folds."""
    councils = sorted({asked.council for asked in questions})
    if len(councils) > 1:
        return [councils.index(asked.council) for asked in questions]
    return [place % FOLDS for place in range(len(questions))]


def _unseen(rows: Sequence[tuple[float, ...]], answered: Sequence[bool], parts: Sequence[int]) -> list[float]:
    """Return each question's probability from a model fitted on the other parts."""
    out = [0.0] * len(rows)
    for part in set(parts):
        rest = [place for place, mine in enumerate(parts) if mine != part]
        weights, bias = fit([rows[place] for place in rest], [answered[place] for place in rest])
        for place in (place for place, mine in enumerate(parts) if mine == part):
            out[place] = logistic(weights, bias, rows[place])
    return out
