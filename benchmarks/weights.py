"""The weights of the ranking, by cross-validation over councils: `python -m benchmarks.weights`.

A grid of `lexical` and `ask` (see `index.Weights`) is scored by MRR@10 on the development questions of all councils but
one; the best is then asked the questions of the one left out. What is shipped is the best over all councils, read off
the last line; the lines above say what that promises for a council it was not chosen on.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bot.commands.ask import lines_of
from bot.evaluation import Asked, read_questions, right, words_of
from bot.services import Services, load_services
from bot.settings import Settings
from index import Weights, prepare, search
from index.metrics import hit_at, reciprocal_rank

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"
LEXICAL = [round(0.05 * step, 2) for step in range(2, 13)]
ASK = [0.0, 0.15, 0.3, 0.45]
Setting = tuple[float, float]


@dataclass(frozen=True)
class Ranked:
    """One question's relevance under every setting."""

    council: str
    by: dict[Setting, list[bool]]


def ranked(asked: Asked, services: Services) -> Ranked:
    """Return the rankings of one question."""
    query = prepare(services.index, words_of(asked, services))  # encoded once for all settings
    out = {}
    for lexical, ask in product(LEXICAL, ASK):
        found = search(services.index, query, (asked.council,), k=10, weights=Weights(lexical, ask))
        out[lexical, ask] = [right(asked, lines_of(hit.item.id, services)) for hit in found.hits]
    return Ranked(asked.council, out)


def score(rows: list[Ranked], setting: Setting) -> float:
    """Return the mean over councils of their MRR@10, so that each counts alike."""
    councils = sorted({row.council for row in rows})
    return statistics.mean(
        statistics.mean(reciprocal_rank(row.by[setting]) for row in rows if row.council == council)
        for council in councils
    )


def main() -> None:
    """Print the best setting without each council, what it does there, and the best over all."""
    services = load_services(Settings.from_env(), fitting=True)
    asked = [one for path in sorted(GOLDEN.glob("*-development.jsonl")) for one in read_questions(path) if one.gold]
    rows = [ranked(one, services) for one in asked]
    settings = list(product(LEXICAL, ASK))
    for council in sorted({row.council for row in rows}):
        rest = [row for row in rows if row.council != council]
        mine = [row for row in rows if row.council == council]
        best = max(settings, key=lambda setting: score(rest, setting))
        first = statistics.mean(hit_at(row.by[best], 1) for row in mine)
        told = f"lexical {best[0]:.2f} ask {best[1]:.2f}: MRR {score(mine, best):.4f} first {first:.3f}"
        print(f"without {council:<11} {told}")
    best = max(settings, key=lambda setting: score(rows, setting))
    print(f"all                 lexical {best[0]:.2f} ask {best[1]:.2f}: MRR {score(rows, best):.4f}")


if __name__ == "__main__":
    main()
