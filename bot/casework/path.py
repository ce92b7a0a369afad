"""A child's whole path from one date: each duty as if it were done on its last day, and what that starts in turn.

The rules themselves are walked: as of each day the duties are worked out as for a case, the next one is done on its
last day, and so on. Between some events no rule sets a time (`LINKS`); what is taken there is said, and can be given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta

from bot.answers.dates import LONDON
from bot.casework.timeline import day_of
from bot.messages import pictures as say
from rules import Before, BeyondHorizon, Calendar, Case, Due, Event, Obligation, RuleBook, obligations
from rules.rule import Rule

MOST_STEPS = 400
NOON = time(12)
# event → the event on whose day it is taken to be, where no rule of the council sets a time between the two
LINKS: Mapping[str, str] = {
    "referral_accepted": "referral_received",
    "reasonable_cause_identified": "assessment_completed",
    "s47_started": "strategy_discussion_held",
    "cp_plan_agreed": "icpc_held",
    "placement_started": "looked_after_started",
}


@dataclass(frozen=True)
class Step:
    """A duty on its last day: what started it, when, and the date with its working."""

    rule: Rule
    due: Due

    @property
    def start(self) -> date:
        """The day the clock started."""
        return day_of(self.due.start)


@dataclass(frozen=True)
class Path:
    """The steps in the order in which they fall due, what was taken for granted, and how far it goes."""

    council: str
    event: str
    on: date
    until: date
    steps: tuple[Step, ...]
    assumed: tuple[str, ...] = ()


@dataclass
class _Walk:
    """A case on its way: events so far, booked ones, and the steps taken."""

    council: str
    book: RuleBook
    calendar: Calendar
    until: date
    given: Mapping[str, Sequence[date]]
    events: list[Event] = field(default_factory=list)
    steps: dict[tuple[str, date], Step] = field(default_factory=dict)
    assumed: list[str] = field(default_factory=list)

    def title(self, event: str) -> str:
        return self.book.events[event].title

    def has(self, event: str) -> bool:
        return any(one.name == event for one in self.events)

    def happen(self, event: str, when: date) -> None:
        """Let *event* be, and what is taken to be on its day."""
        moment = when if isinstance(when, datetime) else datetime.combine(when, NOON, LONDON)
        one = Event(event, moment.date(), moment)
        if any(known.name == event and known.on == one.on for known in self.events):
            return
        self.events.append(one)
        for linked, other in LINKS.items():
            if other == event and self._free(linked, other):
                self.assumed.append(say.same_day(self.title(linked), self.title(event), linked))
                self.happen(linked, moment)

    def _free(self, linked: str, other: str) -> bool:
        """Whether nothing else says when *linked* is: no day given, and no rule with a number from *other* to it."""
        if linked not in self.book.events or linked in self.given or self.has(linked):
            return False
        rules = (rule for rule in self.book.of(self.council) if rule.amount is not None)
        return not any(other in rule.starts and linked in rule.done_by for rule in rules)

    def open(self, today: date) -> list[Obligation]:
        case = Case("PATH-1", self.council, {}, tuple(self.events))
        return [one for one in obligations(case, self.book, self.calendar, today) if one.status.open and one.due]

    def book_ahead(self, found: Sequence[Obligation], today: date) -> bool:
        """Book what other duties are counted back from, on its own last day; say whether anything was booked."""
        back = {
            event
            for rule in self.book.of(self.council)
            if isinstance(rule.newest.limit, Before)
            for event in rule.starts
        }
        before = len(self.events)
        for one in found:
            assert one.due is not None
            event = one.rule.done_by[0] if one.rule.done_by else ""
            ahead = any(known.name == event and known.on > today for known in self.events)
            if event in back and not ahead and event not in self.given and one.due.on >= today:
                self._keep(one)
                self.happen(event, one.due.at or one.due.on)
        return len(self.events) > before

    def _keep(self, one: Obligation) -> None:
        assert one.due is not None
        if one.due.on <= self.until:
            self.steps.setdefault((one.rule.id, one.due.on), Step(one.rule, one.due))

    def to_the_end(self, today: date) -> None:
        """Walk until nothing is left to do; raises BeyondHorizon where bank holidays are not known."""
        day: date | None = today
        for _ in range(MOST_STEPS):
            day = self.step(day) if day else None

    def step(self, today: date) -> date | None:
        """Do the next duty on its last day; return the day it then is, or None where nothing is left to do."""
        found = self.open(today)
        if self.book_ahead(found, today):
            return today
        for one in found:
            assert one.due is not None
            if not one.rule.done_by or (one.rule.id, one.due.on) in self.steps:
                continue
            if one.due.on > self.until:
                return None
            self._keep(one)
            if one.rule.done_by[0] not in self.given:
                self.happen(one.rule.done_by[0], one.due.at or one.due.on)
            return max(today, min(one.due.on, self.until))
        coming = sorted(event.on for event in self.events if today < event.on <= self.until)
        return coming[0] if coming else None


def path(
    council: str,
    given: Mapping[str, Sequence[date]],
    book: RuleBook,
    calendar: Calendar,
    months: int = 12,
) -> Path:
    """Return the path from the events *given*, by name, for *months* from the first of them.

    An event that is given happens on its days and on no others. Hours are counted from noon where no time is known.

    Raises:
        ValueError: nothing is given.

    >>> from rules import england
    >>> found = path("york", {"icpc_held": [date(2026, 4, 2)]}, RuleBook.load(), england())
    >>> [(step.rule.title, str(step.due.on)) for step in found.steps if step.rule.id == "york.core-group.first"]
    [('First core group', '2026-04-20')]
    """
    if not given:
        raise ValueError("give at least one event")
    first_day, first = min((day_of(day), event) for event, days in given.items() for day in days)
    walk = _Walk(council, book, calendar, first_day + relativedelta(months=months), given)
    for event, days in given.items():
        for day in days:
            walk.happen(event, day)
    ends: list[str] = []
    try:
        walk.to_the_end(first_day)
    except BeyondHorizon:
        ends.append(say.stops_there(calendar.known_to))
    hours = [say.noon()] if any(step.due.at for step in walk.steps.values()) else []
    steps = sorted(walk.steps.values(), key=lambda step: (step.due.sort_key, step.rule.id))
    notes = (*dict.fromkeys(walk.assumed), *hours, *ends, say.until(walk.until))
    return Path(council, first, first_day, walk.until, tuple(steps), notes)
