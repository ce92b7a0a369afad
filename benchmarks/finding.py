"""Signpost's finding beside what anybody could pick instead, in one run: `python -m benchmarks.finding [--write]`.

The questions are the repository's, with the lines that answer them (`tests/golden/*-development.jsonl`, on which the
weights and the refusal were fitted, and `*-trial.jsonl`, on which nothing was). Every contestant is told the council,
and is right where its first result touches a line that answers. The peers search the raw text in overlapping windows of
90 words: BM25 (bm25s), dense (the same tuned encoder), both fused half and half, and txtai's hybrid index
(`pip install -e '.[bench]'`; left out, and said, where it is not installed). Signpost's halves alone stand beside it.

With `--write` the table and the curve of risk against coverage are written to docs/finding.md and docs/finding.svg.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.baseline import raw_index, windows
from bot.evaluation import Asked, ranking, read_questions, right
from bot.fitting import Judged, judged
from bot.services import Services, load_services
from bot.settings import Settings
from index import Weights, search
from index.embed import verified_model
from index.metrics import calibration_error, hit_at, reciprocal_rank, risk_coverage

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
DOCS = ROOT / "docs"
Ranking = Callable[[Asked], list[bool]]  # relevance of the first ten


@dataclass(frozen=True)
class Score:
    """A contestant's means over questions: right first, among five, reciprocal rank, hard ones first; ms a question."""

    name: str
    first: float
    five: float
    rank: float
    hard: float
    took: float


def scored(name: str, questions: Sequence[Asked], rank: Ranking) -> Score:
    """Return how *rank* does on *questions*, each timed; the first is asked once before, so that nothing is cold."""
    rank(questions[0])
    rows, took = [], []
    for asked in questions:
        began = time.perf_counter()
        rows.append(rank(asked))
        took.append((time.perf_counter() - began) * 1000)
    hard = [hit_at(row, 1) for asked, row in zip(questions, rows, strict=True) if asked.kind == "hard"]
    return Score(
        name,
        statistics.mean(hit_at(row, 1) for row in rows),
        statistics.mean(hit_at(row, 5) for row in rows),
        statistics.mean(reciprocal_rank(row) for row in rows),
        statistics.mean(hard),
        statistics.median(took),
    )


def own(services: Services, weights: Weights) -> Ranking:
    """Return Signpost's search with *weights*."""
    return lambda asked: ranking(asked, services, weights)


def raw(services: Services, weights: Weights) -> Ranking:
    """Return the search of the raw text in windows, question as typed, with the plain encoder."""
    shelves = {council: raw_index(services.index, original) for council, original in services.originals.items()}

    def rank(asked: Asked) -> list[bool]:
        index, lines = shelves[asked.council]
        found = search(index, asked.text, (asked.council,), k=10, weights=weights)
        return [right(asked, lines[hit.item.id]) for hit in found.hits]

    return rank


def txtai(services: Services) -> Ranking:
    """Return txtai's hybrid index over the same windows, one index a council, its weights as it ships."""
    from txtai import Embeddings

    folder, _ = verified_model()
    shelves = {}
    for council, original in services.originals.items():
        found = windows(original)
        index = Embeddings(path=str(folder), hybrid=True, content=False)
        index.index((str(number), text, None) for number, (_, text) in enumerate(found))
        shelves[council] = index, [span for span, _ in found]

    def rank(asked: Asked) -> list[bool]:
        index, spans = shelves[asked.council]
        return [right(asked, spans[int(number)]) for number, _ in index.search(asked.text, 10)]

    return rank


def contestants(services: Services) -> Iterator[tuple[str, Ranking]]:
    """Yield each contestant's name and ranking."""
    yield "Signpost", own(services, Weights())
    yield "its entries, BM25 alone", own(services, Weights(lexical=1.0))
    yield "its entries, dense alone", own(services, Weights(lexical=0.0))
    yield "raw text, BM25", raw(services, Weights(lexical=1.0))
    yield "raw text, dense", raw(services, Weights(lexical=0.0))
    yield "raw text, fused", raw(services, Weights(lexical=0.5))
    if importlib.util.find_spec("txtai"):
        yield "txtai, hybrid", txtai(services)
    else:
        print("txtai is not installed and is left out: pip install -e '.[bench]'", file=sys.stderr)


def table(services: Services, sets: dict[str, list[Asked]]) -> str:
    """Return a Markdown table a set of questions: a contestant a row."""
    lines = []
    ranks = list(contestants(services))
    for title, questions in sets.items():
        answerable = [one for one in questions if one.gold and one.council in services.originals]
        councils = sorted({one.council for one in answerable})
        lines += [
            f"## {title}",
            "",
            f"{len(answerable)} questions that {len(councils)} councils' documents answer.",
            "",
        ]
        lines += [
            "| | first | among five | MRR@10 | hard first | ms a question |",
            "| --- | --: | --: | --: | --: | --: |",
        ]
        for name, rank in ranks:
            s = scored(name, answerable, rank)
            lines.append(f"| {s.name} | {s.first:.3f} | {s.five:.3f} | {s.rank:.3f} | {s.hard:.3f} | {s.took:.1f} |")
        lines.append("")
    return "\n".join(lines)


def refusing(services: Services, questions: Sequence[Asked]) -> tuple[str, list[Judged]]:
    """Return what a refusal fitted without the council judged does, in words, and each question's judgement."""
    every = judged(questions, services)
    risk = risk_coverage([one.score for one in every], [one.right for one in every])
    error = calibration_error([one.score for one in every], [one.answered for one in every])
    rows = [min(risk, key=lambda point: abs(point[0] - share)) for share in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)]
    lines = ["| share of all questions answered | of those, answered wrongly or not to be answered |", "| --: | --: |"]
    lines += [f"| {covered:.0%} | {wrong:.1%} |" for covered, wrong in rows]
    lines += ["", f"Calibration error of the probability (ten bins): {error:.3f}.", ""]
    return "\n".join(lines), every


def curve(every: Sequence[Judged], path: Path) -> None:
    """Draw risk against coverage, one line a council and one for all, to *path*."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "signpost"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.2))
    for council in ["", *sorted({one.council for one in every})]:
        mine = [one for one in every if council in ("", one.council)]
        points = risk_coverage([one.score for one in mine], [one.right for one in mine])
        axes.plot(
            [x for x, _ in points], [y for _, y in points], label=council.title() or "all", lw=1 if council else 2.5
        )
    axes.set_xlabel("share of questions answered")
    axes.set_ylabel("of those, wrong or not to be answered")
    axes.set_title("Risk against coverage, each council judged by a refusal fitted on the others")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Print the tables; with ``--write``, write them and the curve to docs/."""
    services = load_services(Settings.from_env())
    development = [one for path in sorted(GOLDEN.glob("*-development.jsonl")) for one in read_questions(path)]
    held_out = [one for path in sorted(GOLDEN.glob("*-trial.jsonl")) for one in read_questions(path)]
    sets = {"Held out: nothing was fitted on these": held_out, "Development questions": development}
    told, every = refusing(services, development)
    whole = f"# Finding, beside what else there is\n\n{(__doc__ or '').split(chr(10) * 2)[1]}\n\n"
    whole += f"{table(services, sets)}\n## Refusing\n\n{told}\n![Risk against coverage](finding.svg)\n"
    print(whole)
    if "--write" in sys.argv[1:]:
        (DOCS / "finding.md").write_text(whole, encoding="utf-8")
        curve(every, DOCS / "finding.svg")


if __name__ == "__main__":
    main()
