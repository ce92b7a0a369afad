"""The figures that are kept: what finding and refusing reached, with what, so that a drop is seen when it comes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.services import Services

KEPT = ("signpost", "answers")
REFUSALS = ("unanswerable refused", "answerable refused", "auroc", "calibration error", "wrong council")
LOWER_IS_BETTER = {"answerable refused", "calibration error", "wrong council", "refused"}
SLACK = 0.0101  # one question in a hundred: a processor's rounding may turn one over, a worse ranking turns several


def fingerprints(services: Services) -> dict[str, str]:
    """Return what the figures rest on: sha256 of the library, of the rules, and of the encoder's weights."""
    return {
        "library": services.library.fingerprint,
        "rules": services.book.fingerprint,
        "encoder": services.index.weights,
    }


def flat(report: dict[str, Any]) -> dict[str, float]:
    """Return the figures of a report that are kept, by a readable name.

    >>> flat({"signpost": {"all": {"hit@1": 0.96, "n": 100}}, "answers": {}, "auroc": 0.99})
    {'signpost, all: hit@1': 0.96, 'auroc': 0.99}
    """
    out = {
        f"{part}, {kind}: {name}": value
        for part in KEPT
        for kind, row in report[part].items()
        for name, value in row.items()
        if name not in ("n", "answer@1")  # answer@1 needs the document, which not every machine has
    }
    return out | {name: report[name] for name in REFUSALS if report.get(name) is not None}


def keep(path: Path, reports: dict[str, dict[str, Any]], services: Services) -> None:
    """Write the figures of each file of questions, with the fingerprints of what they were measured with."""
    figures = {name: {key: round(value, 4) for key, value in flat(report).items()} for name, report in reports.items()}
    whole = {"measured with": fingerprints(services), "figures": figures}
    path.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def drops(kept: dict[str, float], now: dict[str, float]) -> list[str]:
    """Return a line for each figure that is worse than it was, by more than one question in a hundred.

    >>> drops({"all: hit@1": 0.96, "answerable refused": 0.02}, {"all: hit@1": 0.9, "answerable refused": 0.02})
    ['all: hit@1 was 0.96 and is 0.9']
    """
    worse = []
    for name, before in kept.items():
        after = now.get(name)
        lower = name.rpartition(": ")[2] in LOWER_IS_BETTER
        if after is None or (after - before > SLACK if lower else before - after > SLACK):
            worse.append(f"{name} was {before} and is {after}")
    return worse
