"""A case as a time line: what happened, what is due in order, what was met or late, and what is still to be asked.

Pure: the case, the rules, the calendar and the day are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.messages import timelines as say
from bot.nudges.duties import Knowledge, as_case
from bot.store.cases import StoredCase
from bot.wording import title_words
from rules import Calendar, Obligation, Status, obligations
from rules.count import working_days_between

FAR = timedelta(days=400)  # beyond it the year says enough


@dataclass(frozen=True)
class Happening:
    """Something recorded: `booked` where it lies ahead."""

    event: str
    title: str
    on: date
    at: datetime | None
    booked: bool


@dataclass(frozen=True)
class Run:
    """A duty that is over: from when, due when, done when (None: never), and how many working days late."""

    rule: str
    title: str
    start: date | None
    on: date | None
    done: date | None
    late: int = 0
    outcome: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it was done after its day, or never."""
        return self.on is not None and (self.done is None or self.done > self.on)


@dataclass(frozen=True)
class CaseFile:
    """A case as of *today*. `due` has dates, in order; `blocked` waits for an answer; `past` is over, oldest first."""

    ref: str
    council: str
    worker: str | None
    closed: date | None
    today: date
    happened: tuple[Happening, ...]
    due: tuple[Obligation, ...]
    blocked: tuple[Obligation, ...]
    past: tuple[Run, ...]


def case_file(case: StoredCase, services: Knowledge, today: date) -> CaseFile:
    """Return all that is to be told of *case* as of *today*.

    A duty that nothing recordable can meet, and that no answer would help, is left out, as in the digest.

    Raises:
        BeyondHorizon: *today* lies outside the years whose bank holidays are known.
    """
    found = obligations(as_case(case), services.book, services.calendar, today, national="all")
    still = [one for one in found if one.status.open and (one.rule.done_by or one.missing)]
    titles = services.book.events
    return CaseFile(
        ref=case.ref,
        council=case.council,
        worker=case.worker,
        closed=case.closed,
        today=today,
        happened=tuple(
            Happening(
                event.event,
                titles[event.event].title if event.event in titles else event.event.replace("_", " "),
                event.on,
                event.at,
                event.on > today,
            )
            for event in case.events
        ),
        due=tuple(one for one in still if one.due) if not case.closed else (),
        blocked=tuple(one for one in still if one.due is None) if not case.closed else (),
        past=tuple(sorted(_past(found), key=lambda run: (run.start or run.done or date.min, run.on or date.max))),
    )


def _past(found: Iterable[Obligation]) -> Iterator[Run]:
    for one in found:
        for run in one.history:
            yield Run(
                one.rule.id,
                title_words(one.rule),
                run.start,
                run.on,
                run.done,
                run.working_days_late,
                outcome_of(run.on, run.done, run.working_days_late),
            )
        if one.status in (Status.MET, Status.MET_LATE):
            start, on = (day_of(one.due.start), one.due.on) if one.due else (None, None)
            late = one.working_days_over
            words = say.late_by(late) if one.status is Status.MET_LATE else say.met()
            yield Run(one.rule.id, title_words(one.rule), start, on, one.done_on, late, words)


def outcome_of(on: date, done: date | None, late: int) -> str:
    """Return how a run ended, in words.

    >>> outcome_of(date(2026, 4, 20), date(2026, 4, 22), 2), outcome_of(date(2026, 4, 20), None, 0)
    ('late by 2 working days', 'never')
    """
    if done is None:
        return say.NEVER
    return say.late_by(late) if done > on else say.met()


def day_of(when: date) -> date:
    """Return the day of a day or of a moment.

    >>> day_of(datetime(2026, 4, 2, 16, 30))
    datetime.date(2026, 4, 2)
    """
    return when.date() if isinstance(when, datetime) else when


def status_words(one: Obligation, today: date, calendar: Calendar) -> str:
    """Return how an open duty stands, in words: "overdue by 3 working days", "today", "in 4 working days"."""
    if one.status is Status.OVERDUE:
        return say.overdue_by(one.working_days_over)
    if one.due is None:
        return one.question or ""
    if one.status is Status.DUE_TODAY:
        return say.due_today()
    if one.due.on - today > FAR or one.due.on > calendar.known_to:
        return say.due_far(one.due.on)
    return say.due_in(working_days_between(today, one.due.on, calendar))
