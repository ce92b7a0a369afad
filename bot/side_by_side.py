"""The councils' registers side by side: one duty a row, a council a column, every cell with its lines. Pure.

A duty is named by one rule of any council; the others are found by the events that start and meet it, as comparisons
in answers are (`bot.answers.compare`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.compare import counterparts, national_counterpart, of_any_phase, same_phase
from bot.messages import side_by_side as say
from bot.wording import amount_words
from rules import Rule, RuleBook

DUTIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Referral and assessment",
        (
            "england.referral.acknowledged",
            "york.assessment.allocation",
            "york.assessment.child-seen",
            "york.assessment.complete",
            "york.assessment.progress-review-10wd",
            "york.assessment.update-annual",
        ),
    ),
    (
        "Child in need",
        (
            "york.cin-meeting.after-decision",
            "leeds.cin-meeting.next",
            "york.cin-visit.next",
            "york.cin-review.next",
            "york.cin-plan.copies",
        ),
    ),
    (
        "Strategy discussion and section 47",
        (
            "york.strategy-discussion.one-working-day",
            "york.s47.child-seen-24h",
            "york.s47.complete-15wd",
        ),
    ),
    (
        "Child protection",
        (
            "york.icpc.after-strategy",
            "york.icpc.transfer-in",
            "york.conference-report.to-family-3wd",
            "york.conference-report.to-chair-within-3wd",
            "leeds.cp-plan.outline-2wd",
            "york.core-group.first",
            "york.core-group.next",
            "halton.cp-plan.updated-7-days",
            "york.cp-visit.first",
            "york.cp-visit.next",
            "york.rcpc.first",
            "york.rcpc.next",
        ),
    ),
    (
        "Children in care",
        (
            "york.cla-visit.first-week",
            "york.cla-visit.first-year",
            "york.cla-visit.permanent",
            "york.placement-planning.within-5-working-days",
            "york.care-plan.recorded",
            "leeds.iro.appointed-5-days",
            "york.health-assessment.requested",
            "halton.health-assessment.initial",
            "halton.health-assessment.under-5",
            "halton.health-assessment.5-and-over",
            "york.pep.meeting",
            "york.permanence.four-month-review",
            "york.cla-review.first",
            "york.cla-review.second",
            "york.cla-review.next",
            "york.cla-review-report.to-iro",
        ),
    ),
    (
        "Care leavers",
        (
            "york.pathway.assessment-start",
            "york.pathway.plan-post-16",
            "york.pathway.review-next",
            "york.care-leaver-visit.next",
        ),
    ),
    (
        "Private fostering",
        (
            "leeds.private-fostering-visit.first",
            "leeds.private-fostering-visit.first-year",
            "leeds.private-fostering-visit.later-years",
        ),
    ),
    (
        "Foster carers",
        ("halton.foster-carers.supervision-6-weeks", "durham.foster-carers.annual-review"),
    ),
    (
        "Recording and supervision",
        (
            "york.recording.significant-events",
            "york.recording.other-records",
            "york.case-summary.three-monthly",
            "durham.chronology.6-weeks",
            "york.supervision.others",
            "york.supervision.casework-child-protection",
            "york.supervision.casework-child-in-need",
            "halton.supervision.recorded-1-week",
            "leeds.observation.annual",
            "leeds.appraisal.annual",
        ),
    ),
)
TITLES = {  # where a rule's own title speaks of one council's document
    "york.placement-planning.within-5-working-days": "Placement planning meeting",
    "york.s47.complete-15wd": "Section 47 enquiry completed",
    "york.s47.child-seen-24h": "Child seen in the enquiry",
    "york.icpc.transfer-in": "Conference for a child on a plan who moves here",
    "york.assessment.progress-review-10wd": "Review of the assessment at day 10",
    "york.assessment.complete": "Assessment completed",
    "york.recording.other-records": "Recording of other work and visits",
    "york.permanence.four-month-review": "Permanence plan",
    "york.pathway.plan-post-16": "Pathway plan after coming into care at 16 or later",
}
INSTEAD = {  # where a document sets one limit for a first step and another for the whole, both are its answer
    ("york.assessment.complete", "leeds"): ("leeds.assessment.brief-10wd", "leeds.assessment.full-45wd"),
}


@dataclass(frozen=True)
class Cell:
    """What one council says of a duty: limits with their places, the one to go by first; none: silence."""

    limits: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """A duty: its title, a cell a council in the order asked for, and the national one."""

    title: str
    cells: tuple[Cell, ...]
    national: Cell


def rows(names: Sequence[str], councils: Sequence[str], book: RuleBook) -> list[Row]:
    """Return a row for each rule of *names*; a rule that is not loaded is left out.

    >>> (row,) = rows(["york.core-group.first"], ["york"], RuleBook.load())
    >>> row.title, row.cells[0].limits
    ('First core group', (('10 working days', '551–553'),))
    """
    out = []
    for name in names:
        anchor = book.rules.get(name)
        if anchor is None:
            continue
        law = national_counterpart(anchor, book)
        cells = tuple(_cell(_theirs(anchor, council, book)) for council in councils)
        out.append(Row(TITLES.get(name, anchor.title), cells, _cell([law] if law else [])))
    return out


def _theirs(anchor: Rule, council: str, book: RuleBook) -> list[Rule]:
    """Return the council's rules for the duty; those without a number only where there is none with one."""
    named = INSTEAD.get((anchor.id, council), ())
    if named:
        return [book[name] for name in named if name in book]
    found = [one for one in counterparts(anchor, council, book) if set(one.done_by) & set(anchor.done_by)]
    kept = [rule for rule in found if same_phase(rule, anchor)] or [rule for rule in found if of_any_phase(rule)]
    numbered = [rule for rule in kept if rule.amount is not None]
    return [rule for rule in numbered if rule.direction == anchor.direction] or numbered or kept


def _cell(rules: Sequence[Rule]) -> Cell:
    limits: dict[str, list[str]] = {}
    for rule in rules:
        limits.setdefault(_limit(rule), []).append(
            rule.newest.source.place.removeprefix("lines ").removeprefix("line ")
        )
    return Cell(tuple((limit, ", ".join(places)) for limit, places in limits.items()))


def _limit(rule: Rule) -> str:
    if rule.amount is None or rule.unit is None:
        return f"“{rule.newest.wording}”"
    much = amount_words(rule.amount, rule.unit)
    times = getattr(rule.newest.limit, "times", 1) or 1
    return say.limit(rule.direction, much, times)


def markdown(councils: Mapping[str, str], book: RuleBook) -> str:
    """Return the page: a table a part of the work, the councils (id → name) as columns."""
    return "\n".join(_page(councils, book)) + "\n"


def _page(councils: Mapping[str, str], book: RuleBook) -> Iterator[str]:
    yield from say.opening(list(councils.values()))
    for part, names in DUTIES:
        yield f"\n## {part}\n"
        yield f"| | {' | '.join(councils.values())} | {say.NATIONALLY} |"
        yield "| --- |" + " --- |" * (len(councils) + 1)
        for row in rows(names, list(councils), book):
            yield f"| {row.title} | {' | '.join(_words(cell) for cell in (*row.cells, row.national))} |"


def _words(cell: Cell) -> str:
    return "; ".join(f"{limit} ({place})" for limit, place in cell.limits) or say.SILENT
