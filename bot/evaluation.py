"""Finding and refusing, measured: the product's own ranking beside its halves and beside the raw text, in one run."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.answers import answer
from bot.answers.answer import query_of
from bot.answers.asker import Asker
from bot.answers.choose import overlap
from bot.answers.contract import Answer, Kind
from bot.baseline import raw_index
from bot.commands.ask import lines_of
from bot.services import Services
from index import Weights, search
from index.metrics import auroc, calibration_error, hit_at, ndcg, reciprocal_rank

ASKED_ON = datetime(2026, 11, 22, 12)
WITHIN = 600  # characters of a shown quotation that a right answer's words must stand in


@dataclass(frozen=True)
class Asked:
    """One question of a set: `gold` spans of lines that answer it (none: the document does not)."""

    id: str
    kind: str
    text: str
    council: str
    gold: tuple[tuple[int, int], ...]
    must_contain: tuple[str, ...]


def read_questions(path: Path, council: str = "york") -> list[Asked]:
    """Return the questions of *path*: JSON lines, or one object with a list under ``questions``."""
    text = path.read_text(encoding="utf-8")
    rows: list[dict[str, Any]]
    rows = (
        json.loads(text)["questions"]
        if path.suffix == ".json"
        else [json.loads(r) for r in text.split("\n") if r.strip()]
    )
    return [
        Asked(
            row["id"],
            row["type"],
            row["q"],
            row.get("council", council),
            tuple((span[0], span[1]) for span in row.get("gold_lines") or ()),
            tuple(row.get("must_contain") or ()),
        )
        for row in rows
    ]


def right(asked: Asked, lines: tuple[int, int]) -> bool:
    """Return whether *lines* touch a place that answers the question."""
    return any(overlap(lines, span) for span in asked.gold)


def ranking(asked: Asked, services: Services, weights: Weights) -> list[bool]:
    """Return the relevance of the search's first twenty."""
    found = search(services.index, words_of(asked, services), (asked.council,), k=20, weights=weights)
    return [hit.item.council == asked.council and right(asked, lines_of(hit.item.id, services)) for hit in found.hits]


def words_of(asked: Asked, services: Services) -> str:
    """Return the words of a question that are searched for."""
    return query_of(asked.text, Asker(asked.council, ASKED_ON), services)


def raw_rankings(questions: Sequence[Asked], services: Services) -> dict[str, list[bool]]:
    """Return the relevance of plain fusion over fixed windows of the raw text, by question id; read-in councils only.

    A window is right where it shares a line with a place that answers, as an entry is.
    """
    out = {}
    for council, original in services.originals.items():
        raw, lines = raw_index(services.index, original)
        for asked in (one for one in questions if one.council == council):
            found = search(raw, words_of(asked, services), (council,), k=20, weights=Weights(lexical=0.5))
            out[asked.id] = [right(asked, lines[hit.item.id]) for hit in found.hits]
    return out


def shown_places(given: Answer) -> list[tuple[int, int]]:
    """Return the places of an answer in the order a judge reads them: the citation, then see also."""
    return [cited.lines for cited in given.citations[:1]] + [one.lines for one in given.see_also]


def measure(questions: Sequence[Asked], services: Services, beside: bool = True) -> dict[str, Any]:
    """Return every figure for *questions*: rankings by kind, answers, refusals, calibration.

    With *beside*, the ranking's halves and the raw text stand beside it.
    """
    answerable = [asked for asked in questions if asked.gold]
    report: dict[str, Any] = {"questions": len(questions), "answerable": len(answerable)}
    rankings = {"signpost": Weights()}
    if beside:
        rankings |= {"bm25 alone": Weights(lexical=1.0), "dense alone": Weights(lexical=0.0)}
    for name, weights in rankings.items():
        report[name] = by_kind(answerable, lambda asked, w=weights: figures(ranking(asked, services, w)))  # type: ignore[misc]
    raw = raw_rankings(answerable, services) if beside else {}
    if raw:
        read_in = [asked for asked in answerable if asked.id in raw]
        report["raw text, fused"] = by_kind(read_in, lambda asked: figures(raw[asked.id]))
    given = {asked.id: answer(asked.text, Asker(asked.council, ASKED_ON), services) for asked in questions}
    report["answers"] = by_kind(answerable, lambda asked: answer_figures(asked, given[asked.id]))
    report |= refusals(questions, given)
    return report


def figures(ranked: Sequence[bool]) -> dict[str, float]:
    """Return a ranking's measures."""
    return {
        "hit@1": hit_at(ranked, 1),
        "hit@3": hit_at(ranked, 3),
        "hit@5": hit_at(ranked, 5),
        "mrr@10": reciprocal_rank(ranked),
        "ndcg@10": ndcg(ranked, max(1, sum(ranked))),
    }


def answer_figures(asked: Asked, given: Answer) -> dict[str, float]:
    """Return whether the answer's own place is right (1), among the first five (5), and holds the right words."""
    places = shown_places(given)
    quote = (given.citations[0].quote or "") if given.citations else ""
    first = [right(asked, place) for place in places]
    holds = bool(quote) and all(word.lower() in quote[:WITHIN].lower() for word in asked.must_contain)
    return {
        "cited@1": hit_at(first, 1) if given.citations else 0.0,
        "cited@5": hit_at(first, 5) if given.citations else 0.0,
        "answer@1": float(holds),
        "refused": float(given.kind is Kind.NONE),
    }


def by_kind(questions: Sequence[Asked], of: Callable[[Asked], dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return the mean of *of* over all questions and over each kind."""
    rows = [(asked.kind, of(asked)) for asked in questions]
    kinds = ["all", *sorted({kind for kind, _ in rows})]
    out = {}
    for kind in kinds:
        mine = [row for name, row in rows if kind in ("all", name)]
        out[kind] = {key: round(sum(row[key] for row in mine) / len(mine), 4) for key in mine[0]} | {"n": len(mine)}
    return out


def refusals(questions: Sequence[Asked], given: dict[str, Answer]) -> dict[str, Any]:
    """Return the shares refused, how well confidence separates, and the calibration error."""
    yes = [given[asked.id] for asked in questions if asked.gold]
    no = [given[asked.id] for asked in questions if not asked.gold]
    refused = (Kind.NONE, Kind.OUT_OF_SCOPE)
    scores = [_score(one) for one in (*yes, *no)]
    truth = [True] * len(yes) + [False] * len(no)
    return {
        "unanswerable refused": round(sum(one.kind in refused for one in no) / len(no), 4) if no else None,
        "answerable refused": round(sum(one.kind in refused for one in yes) / len(yes), 4) if yes else None,
        "auroc": round(auroc(scores[: len(yes)], scores[len(yes) :]), 4) if yes and no else None,
        "calibration error": calibration_error(scores, truth),
        "wrong council": sum(
            any(c.council not in (a.council, "england") for c in given[a.id].citations) for a in questions
        ),
    }


def _score(given: Answer) -> float:
    """Return the probability that an answer claims: none where it declined to look."""
    return 0.0 if given.kind is Kind.OUT_OF_SCOPE else given.confidence
