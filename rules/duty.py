"""What a case is made of, and what a duty on it looks like: plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rules.due import Due, Fact, Reading
from rules.rule import Rule
from rules.timeline import Event


@dataclass(frozen=True)
class Case:
    """A case: its opaque reference, whose standards hold, flat facts, and what happened or is booked.

    A fact named like an event and holding a day ("born": 2010-05-31, as a date or in ISO) counts as that event.

    >>> Case("YK-0417", "york", {"born": "2010-05-31"}, (Event("icpc_held", date(2026, 4, 2)),)).ref
    'YK-0417'
    """

    ref: str
    council: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    events: tuple[Event, ...] = ()


class Status(StrEnum):
    """How a duty stands.

    >>> [status.value for status in Status if not status.open]
    ['met', 'met_late', 'ended']
    """

    MET = "met"
    MET_LATE = "met_late"
    UPCOMING = "upcoming"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    ENDED = "ended"

    @property
    def open(self) -> bool:
        """Whether there is something still to do or to ask."""
        return self not in (Status.MET, Status.MET_LATE, Status.ENDED)


@dataclass(frozen=True)
class Past:
    """An earlier run of a duty: when it started, was due and was done (None: never), and how many working days late.

    >>> Past(date(2026, 1, 5), date(2026, 1, 25), done=date(2026, 1, 27), working_days_late=2).late
    True
    """

    start: date
    on: date
    done: date | None
    working_days_late: int = 0

    @property
    def late(self) -> bool:
        """Whether it was done after its day, or never."""
        return self.done is None or self.done > self.on


@dataclass(frozen=True)
class Obligation:
    """One duty on one case, as of a day.

    `due` is None where it is blocked: then `question` is what to ask, and `missing` names the event or fact, or is None
    where nothing that a person knows would help. `done_on` is what met this run, `last_done` the last time at all.
    `working_days_over` counts from the due day to today (overdue) or to the day it was done (met late). `disagreeing`
    are the dates of other places that set the same duty; `restated_by` the ids of rules that only repeat this one.
    `nudge_on` is the earliest day of all readings: the day to act by; None once there is nothing to do.
    """

    rule: Rule
    case_ref: str
    due: Due | None
    status: Status
    working_days_over: int = 0
    done_on: date | None = None
    last_done: date | None = None
    question: str | None = None
    missing: str | None = None
    needs_time: bool = False
    restated_by: tuple[str, ...] = ()
    disagreeing: tuple[Reading, ...] = ()
    nudge_on: date | None = None
    history: tuple[Past, ...] = ()

    @property
    def sort_key(self) -> tuple[bool, float, str]:
        """What sorts duties: by the moment due, those without a date last, then by rule."""
        return self.due is None, self.due.sort_key.timestamp() if self.due else 0.0, self.rule.id


def same_act(one: Rule, other: Rule) -> bool:
    """Return whether two rules ask for the same act: started and met by the same events, once or again and again alike.

    >>> from rules.book import RuleBook
    >>> book = RuleBook.load()
    >>> same_act(book["york.core-group.first"], book["england.core-group.first"])
    True
    >>> same_act(book["york.core-group.first"], book["york.core-group.next"])
    False
    """
    return (
        one.recurring == other.recurring
        and bool(set(one.starts) & set(other.starts))
        and bool(set(one.done_by) & set(other.done_by))
    )
