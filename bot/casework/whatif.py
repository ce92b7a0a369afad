"""What would change on a case if something had happened, or had happened on another day: pure, nothing is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.casework.timeline import day_of
from bot.casework.vocabulary import Vocabulary
from bot.messages import timelines as say
from bot.nudges.duties import Knowledge, as_case
from bot.store.cases import CaseEvent, StoredCase
from bot.wording import title_words
from rules import Obligation, obligations


@dataclass(frozen=True)
class Change:
    """An event added on *new*, or moved there from *old*; a moment where the hour matters."""

    event: str
    new: date
    old: date | None = None


@dataclass(frozen=True)
class Difference:
    """A duty that would change. None: it is not there."""

    rule: str
    title: str
    before: Obligation | None
    after: Obligation | None


class NothingToMove(Exception):
    """The event that is to be moved is not recorded on that day."""


def changed(case: StoredCase, changes: Sequence[Change], words: Vocabulary, today: date) -> StoredCase:
    """Return *case* as it would be. What is booked ahead is moved where its event is given once more.

    Raises:
        NothingToMove: an event that is to be moved is not there.

    >>> from rules import RuleBook
    >>> case = StoredCase(1, "YK-1", 1, "york", None, None, {}, (CaseEvent("rcpc_held", date(2026, 12, 1)),))
    >>> words = Vocabulary(RuleBook.load(), "york")
    >>> later = [Change("rcpc_held", date(2026, 12, 8))]
    >>> [str(event.on) for event in changed(case, later, words, date(2026, 11, 25)).events]
    ['2026-12-08']
    """
    events = list(case.events)
    for change in changes:
        old = change.old or _booked(events, change, words, today)
        if old is not None:
            there = [event for event in events if event.event == change.event and event.on == old]
            if not there:
                raise NothingToMove(say.not_recorded(words.title(change.event), old))
            events.remove(there[0])
        at = change.new if isinstance(change.new, datetime) else None
        events.append(CaseEvent(change.event, day_of(change.new), at))
    return replace(case, events=tuple(sorted(events, key=lambda event: event.on)))


def _booked(events: Sequence[CaseEvent], change: Change, words: Vocabulary, today: date) -> date | None:
    if change.event not in words.booked or day_of(change.new) <= today:
        return None
    return next((event.on for event in events if event.event == change.event and event.on > today), None)


def as_of(changes: Sequence[Change], words: Vocabulary, today: date) -> date:
    """Return the day to look from: today, or the day of a change to come that is nothing booked, once it is there."""
    ahead = [day_of(change.new) for change in changes if change.event not in words.booked]
    return max([today, *ahead])


def differences(before: StoredCase, after: StoredCase, services: Knowledge, today: date) -> list[Difference]:
    """Return every duty that stands otherwise on *after* than on *before*, by due date.

    Raises:
        BeyondHorizon: *today* lies outside the years whose bank holidays are known.
    """
    first, second = _standing(before, services, today), _standing(after, services, today)
    return [
        Difference(duty.rule.id, title_words(duty.rule), first.get(duty.rule.id), second.get(duty.rule.id))
        for duty in sorted((first | second).values(), key=lambda duty: duty.sort_key)
        if _stands(first.get(duty.rule.id)) != _stands(second.get(duty.rule.id))
    ]


def _standing(case: StoredCase, services: Knowledge, today: date) -> dict[str, Obligation]:
    found = obligations(as_case(case), services.book, services.calendar, today, national="all")
    return {one.rule.id: one for one in found}


def _stands(one: Obligation | None) -> object:
    if one is None:
        return None
    return one.status, one.due and (one.due.on, one.due.at), one.done_on, one.question, one.nudge_on


def told_change(change: Change, words: Vocabulary, case: StoredCase, today: date) -> str:
    """Return a change in words."""
    old = change.old or _booked(case.events, change, words, today)
    title = words.title(change.event)
    return say.moved(title, old, day_of(change.new)) if old else say.added(title, day_of(change.new))
