"""How likely it is that the best hit answers the question: a small logistic model over a handful of features.

Fitted by `signpost eval --fit` on questions with and without answers, and kept with the digest of the encoder that the
features came from: another encoder's scores mean something else, so its calibration is refused.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import StaleIndex
from index.search import Found

FEATURES = ("ask", "gist", "bm25", "covered", "agreement", "support", "elsewhere", "foreign", "length")
SHIPPED = Path(__file__).parent / "calibration.json"


def features(found: Found) -> tuple[float, ...]:
    """Return the features of a search's best hit, in the order of `FEATURES`; each about 0 to 1, `length` to 4.

    `ask`, `gist`: cosines of the best with its nearest ask and with all of them. `bm25`: its score, in tens. `covered`:
    share of the question's rare words that it holds. `agreement`: of the two rankings. `support`: mean nearest-ask
    cosine of the next four.
    `elsewhere`: by how much another council's best comes nearer, as it does where only that one treats the subject.
    `foreign`: terms of the field that the council's documents never name, two at most: a question on private fostering
    is not answered by what comes nearest. `length`: log of the words asked, since long questions are never so near.
    """
    if not found.hits:
        return (0.0,) * len(FEATURES)
    best, rest = found.hits[0], found.hits[1:5]
    return (
        best.ask,
        best.gist,
        best.bm25 / 10,
        best.covered,
        found.agreement,
        sum(hit.ask for hit in rest) / len(rest) if rest else 0.0,
        found.elsewhere,
        min(2, found.foreign) / 2,
        math.log1p(found.length),
    )


def logistic(weights: Sequence[float], bias: float, row: Sequence[float]) -> float:
    """Return the probability (0 to 1) that a logistic model gives to a row of features.

    >>> logistic((1.0, 2.0), -2.0, (0.0, 1.0))
    0.5
    """
    total = bias + math.fsum(w * x for w, x in zip(weights, row, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True)
class Calibration:
    """The fitted model: `weights` a feature, `bias`, the `threshold` below which an answer is refused.

    `encoder` is the sha256 of the model's weights; `library` of the digest and rules it was fitted on.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float
    encoder: str
    library: str
    fitted_on: str

    def probability(self, found: Found) -> float:
        """Return the probability (0 to 1) that the best hit answers the question; 0 where nothing was found."""
        if not found.hits:
            return 0.0
        return logistic(self.weights, self.bias, features(found))

    @classmethod
    def none_yet(cls, encoder: str) -> Calibration:
        """Return a model that refuses nothing: what a new one is fitted and measured with."""
        return cls((0.0,) * len(FEATURES), 0.0, 0.0, encoder, "", "nothing")

    def save(self, path: Path = SHIPPED) -> None:
        """Write the model as JSON, one feature a line, so that a change can be read."""
        data = asdict(self) | {"weights": dict(zip(FEATURES, self.weights, strict=True))}
        path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def load_calibration(encoder: str, path: Path = SHIPPED) -> Calibration:
    """Return the kept model.

    Raises:
        StaleIndex: it was fitted with another encoder or other features.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["encoder"] != encoder or tuple(data["weights"]) != FEATURES:
        raise StaleIndex("The refusal threshold was fitted with another encoder; run `signpost eval --fit FILE…`.")
    return Calibration(**{**data, "weights": tuple(data["weights"].values())})


def fit(rows: Sequence[Sequence[float]], answered: Sequence[bool]) -> tuple[tuple[float, ...], float]:
    """Return weights and bias of a ridge logistic regression (scikit-learn), both outcomes weighted alike.

    *rows* are feature tuples, *answered* whether the question is one that the documents answer. Deterministic.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, class_weight="balanced"))
    model.fit(rows, answered)
    scale, last = model[0], model[1]
    weights = last.coef_[0] / scale.scale_
    bias = float(last.intercept_[0] - (weights * scale.mean_).sum())
    return tuple(round(float(weight), 5) for weight in weights), round(bias, 5)
