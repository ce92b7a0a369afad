"""All that applies to a case: each duty with its date and how it stands. Pure; today is given.

>>> from rules.calendar import england
>>> case = Case("YK-0417", "york", events=(Event("icpc_held", date(2026, 4, 2)),))
>>> found = obligations(case, RuleBook.load(), england(), date(2026, 4, 14))
>>> [(one.due.on.isoformat(), one.status.value) for one in found if one.rule.id == "york.core-group.first"]
[('2026-04-20', 'due_soon')]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from rules.book import RuleBook, nationally
from rules.calendar import Calendar
from rules.due import read_moment
from rules.duty import Case, Obligation, Status, same_act
from rules.folder import NATIONAL
from rules.rule import Rule
from rules.standing import View, standing
from rules.timeline import Event, Timeline
from rules.together import together

National = Literal["tied", "where_silent", "all"]


def obligations(
    case: Case,
    book: RuleBook,
    calendar: Calendar,
    today: date,
    soon: int = 5,
    subjects: Collection[str] = ("child",),
    national: National = "tied",
) -> list[Obligation]:
    """Return every dated duty of *case* as of *today*, by due date: open, met, late, ended or blocked.

    *soon* is how many working days ahead counts as due soon. *subjects* says whose clocks are wanted: a child's, a
    worker's (supervision, appraisal) or the service's (audit).

    What happened on or before today starts, meets and ends clocks. For a limit `before`, the next booked day starts
    it; what is done after the last such day and by this one meets it. A duty is met by the first `done_by` on or after
    its start, unless an `ends_by` came first. A recurring duty runs from the last one; earlier runs are its history.
    Rules without a number, and those that only give a length of time, set no date and are left out.

    A local rule that is tied to a national one shows its date too; where that is earlier, it is the day to act by.
    *national* says what the law asks besides: "all" adds the national rules that no local duty on the case says the
    time of, where all that they turn on is known; "where_silent" those of them for an act that the council's register
    sets no number for at all.

    Raises:
        BeyondHorizon: *today* lies outside the years whose bank holidays are known.
    """
    if not calendar.known_from <= today <= calendar.known_to:
        raise calendar.beyond()
    view = View(
        ref=case.ref,
        line=Timeline((*case.events, *facts_as_events(case, book)), today),
        facts=case.facts,
        events=book.events,
        words=book.facts,
        calendar=calendar,
        today=today,
        soon=soon,
    )
    local = book.of(case.council)
    found = [one for rule in local if rule.subject in subjects if (one := standing(rule, view))]
    if national != "tied" and case.council != NATIONAL:
        besides = (rule for rule in book.of(NATIONAL) if rule.subject in subjects and not _covered(rule, found))
        if national == "where_silent":
            besides = (rule for rule in besides if not _treated(rule, local))
        asked = [standing(rule, view) for rule in besides]
        found += [one for one in asked if one and one.status is not Status.BLOCKED]
    return [_beside_national(one, book, view) for one in together(found, book)]


def _covered(law: Rule, found: Collection[Obligation]) -> bool:
    """Return whether a local duty on the case says when this is due: one that is tied to it, or of the same act."""
    return any(one.rule.shortens == law.id or same_act(one.rule, law) for one in found)


def _treated(law: Rule, local: Collection[Rule]) -> bool:
    """Return whether the council's register numbers what *law* asks for, whomever it asks it of and from whatever."""
    return any(rule.amount is not None and set(rule.done_by) & set(law.done_by) for rule in local)


def _beside_national(one: Obligation, book: RuleBook, view: View) -> Obligation:
    """Return a local duty with the date of the national rule it is tied to; the earlier of the two is to act by."""
    rule = book.rules.get(one.rule.shortens or "")
    law = standing(rule, view) if rule and one.due else None
    if law is None or law.due is None or one.due is None:
        return one
    told = nationally(law.rule, law.due)
    lines = (*one.due.steps, told.sentence, one.due.working[-1])
    days = [day for day in (one.nudge_on, law.nudge_on) if day]
    return replace(
        one,
        due=replace(one.due, working=lines, others=(*one.due.others, told)),
        nudge_on=min(days) if one.status.open and days else None,
    )


def facts_as_events(case: Case, book: RuleBook) -> Iterator[Event]:
    """Yield the facts of *case* that are days of events, as events."""
    for name, value in case.facts.items():
        when = read_moment(value) if name in book.events else None
        if isinstance(when, datetime):
            yield Event(name, when.date(), when)
        elif when:
            yield Event(name, when)
