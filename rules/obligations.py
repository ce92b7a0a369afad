"""All that applies to a case: each duty with its date and how it stands. Pure; today is given.

>>> from rules.calendar import england
>>> case = Case("YK-0417", "york", events=(Event("icpc_held", date(2026, 4, 2)),))
>>> found = obligations(case, RuleBook.load(), england(), date(2026, 4, 14))
>>> [(one.due.on.isoformat(), one.status.value) for one in found if one.rule.id == "york.core-group.first"]
[('2026-04-20', 'due_soon')]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from rules.book import RuleBook
from rules.calendar import Calendar
from rules.due import read_moment
from rules.duty import Case, Obligation
from rules.standing import View, standing
from rules.timeline import Event, Timeline
from rules.together import together


def obligations(
    case: Case,
    book: RuleBook,
    calendar: Calendar,
    today: date,
    soon: int = 5,
    subjects: Collection[str] = ("child",),
) -> list[Obligation]:
    """Return every dated duty of *case* as of *today*, by due date: open, met, late, ended or blocked.

    *soon* is how many working days ahead counts as due soon. *subjects* says whose clocks are wanted: a child's, a
    worker's (supervision, appraisal) or the service's (audit).

    What happened on or before today starts, meets and ends clocks. For a limit `before`, the next booked day starts
    it; what is done after the last such day and by this one meets it. A duty is met by the first `done_by` on or after
    its start, unless an `ends_by` came first. A recurring duty runs from the last one; earlier runs are its history.
    Rules without a number, and those that only give a length of time, set no date and are left out.

    Raises:
        BeyondHorizon: *today* lies outside the years whose bank holidays are known.
    """
    if not calendar.known_from <= today <= calendar.known_to:
        raise calendar.beyond()
    view = View(
        ref=case.ref,
        line=Timeline((*case.events, *_facts_as_events(case, book)), today),
        facts=case.facts,
        events=book.events,
        words=book.facts,
        calendar=calendar,
        today=today,
        soon=soon,
    )
    found = (standing(rule, view) for rule in book.of(case.council) if rule.subject in subjects)
    return together((one for one in found if one), book)


def _facts_as_events(case: Case, book: RuleBook) -> Iterator[Event]:
    for name, value in case.facts.items():
        when = read_moment(value) if name in book.events else None
        if isinstance(when, datetime):
            yield Event(name, when.date(), when)
        elif when:
            yield Event(name, when)
