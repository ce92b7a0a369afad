"""From a stored case to its duties: the one place where the bot asks the rules what applies."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.nudges.plan import Duty
from bot.store.cases import StoredCase
from bot.wording import title_words
from rules import Calendar, Case, Event, Obligation, RuleBook, obligations


class Knowledge(Protocol):
    """What nudges need of `bot.services.Services`: the rules and the calendar."""

    @property
    def book(self) -> RuleBook:
        """The rule book."""
        ...

    @property
    def calendar(self) -> Calendar:
        """The working days."""
        ...


def duties_of(case: StoredCase, services: Knowledge, today: date) -> list[Duty]:
    """Return what is still to be done or asked on *case*, by due date.

    A duty that nothing recordable can meet, and that no fact would help, is left out: there is nothing to do about it.
    """
    found = obligations(as_case(case), services.book, services.calendar, today, national="where_silent")
    duties = [_duty(case, one, services.book) for one in found if one.status.open]
    return [duty for duty in duties if duty.events or duty.missing]


def as_case(case: StoredCase) -> Case:
    """Return a stored case as the rules know it."""
    events = tuple(Event(event.event, event.on, event.at) for event in case.events)
    return Case(case.ref, case.council, case.facts, events)


def met_duty(case: StoredCase, rule_id: str, due: date | None, services: Knowledge) -> Duty:
    """Return a duty that is no longer open, for a message that spoke of it; also where its rule has gone since."""
    rule = services.book.rules.get(rule_id)
    return Duty(
        case_id=case.id,
        case_ref=case.ref,
        rule=rule_id,
        title=title_words(rule) if rule else rule_id,
        due=due,
        worker=case.worker,
        events=rule.done_by if rule else (),
    )


def day_of(case: StoredCase, duty: Duty) -> date | None:
    """Return the day on which something last happened that can meet *duty*; None where nothing has."""
    days = [event.on for event in case.events if event.event in duty.events]
    return days[-1] if days else None


def _duty(case: StoredCase, one: Obligation, book: RuleBook) -> Duty:
    return Duty(
        case_id=case.id,
        case_ref=case.ref,
        rule=one.rule.id,
        title=title_words(one.rule),
        due=one.due.on if one.due else None,
        at=one.due.at if one.due else None,
        nudge_on=one.nudge_on,
        question=one.question,
        missing=one.missing if one.missing in book.events else None,
        needs_time=one.needs_time,
        worker=case.worker,
        events=one.rule.done_by,
        working=one.due.working if one.due else (),
    )
