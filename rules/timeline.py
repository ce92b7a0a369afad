"""A case's events in order, and a rule's clock on them: what started it, met it and ended it.

Only what happened on or before today starts, meets or ends a clock; events after it are plans, which only a limit
`before` looks at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rules.count import london
from rules.limit import Before, Every
from rules.rule import Rule


@dataclass(frozen=True)
class Event:
    """Something that happened, or is booked: the name of an event word, its day, and the moment where it is known.

    >>> Event("icpc_held", date(2026, 4, 2)).when
    datetime.date(2026, 4, 2)
    """

    name: str
    on: date
    at: datetime | None = None

    @property
    def when(self) -> date:
        """The moment where it is known, else the day."""
        return self.at if self.at else self.on

    @property
    def order(self) -> tuple[date, time]:
        """What sorts events: the day, then London's time of day; one without a time comes first."""
        return self.on, london(self.at).time() if self.at else time.min


@dataclass(frozen=True)
class Run:
    """One earlier run of a clock: what started it, and what met it, if anything did."""

    start: Event
    done: Event | None


@dataclass(frozen=True)
class Clock:
    """The run of a rule's clock that counts now. At most one of `done` and `end` is set: which came first.

    `past` holds the earlier runs; `last_done` is the last time at all that the duty was done.
    """

    start: Event
    done: Event | None = None
    end: Event | None = None
    last_done: Event | None = None
    past: tuple[Run, ...] = ()


class Timeline:
    """Events by name and in order, as of one day.

    >>> line = Timeline([Event("icpc_held", date(2026, 4, 2)), Event("rcpc_held", date(2026, 6, 30))], date(2026, 5, 1))
    >>> [event.name for event in line.past(("icpc_held", "rcpc_held"))]
    ['icpc_held']
    """

    def __init__(self, events: Iterable[Event], today: date) -> None:
        self.today = today
        self._by_name: dict[str, list[Event]] = {}
        self.last_past = date.min
        for event in sorted(events, key=lambda event: event.order):
            self._by_name.setdefault(event.name, []).append(event)
            if event.on <= today:
                self.last_past = event.on

    def all(self, names: Collection[str]) -> list[Event]:
        """Return every event of these names, past and planned, in order."""
        found = [self._by_name[name] for name in names if name in self._by_name]
        if len(found) <= 1:
            return found[0] if found else []
        return sorted((event for events in found for event in events), key=lambda event: event.order)

    def past(self, names: Collection[str]) -> list[Event]:
        """Return the events of these names up to today, in order."""
        return [event for event in self.all(names) if event.on <= self.today]

    def latest(self, name: str) -> Event | None:
        """Return the last one that happened, or None."""
        happened = self.past((name,))
        return happened[-1] if happened else None


def clock_of(rule: Rule, line: Timeline) -> Clock | None:
    """Return the clock of *rule* as of the timeline's day, or None where nothing has started it.

    >>> from rules.rule import EXAMPLE
    >>> events = [Event("icpc_held", date(2026, 4, 2)), Event("core_group_held", date(2026, 4, 9))]
    >>> clock_of(Rule.model_validate(EXAMPLE), Timeline(events, date(2026, 5, 1))).done.on
    datetime.date(2026, 4, 9)
    """
    if isinstance(rule.newest.limit, Before):
        return _before(rule, line)
    if isinstance(rule.newest.limit, Every):
        return _series(rule, rule.newest.limit.times, line)
    return _once(rule, line)


def _first(events: Sequence[Event], since: date) -> Event | None:
    return next((event for event in events if event.on >= since), None)


def _once(rule: Rule, line: Timeline) -> Clock | None:
    starts = line.past(rule.starts)
    if not starts:
        return None
    start = starts[-1]
    dones = line.past(set(rule.done_by) - {start.name})
    ends = line.past(rule.ends_by)
    same = [event for event in starts if event.name == start.name]
    since = {now: _since(rule, before, now) for before, now in zip([None, *same], same, strict=False)}
    done, end = _which_first(_first(dones, since[start]), _first(ends, start.on))
    past = []
    for earlier in same[:-1]:
        met, ended = _which_first(_first(dones, since[earlier]), _first(ends, earlier.on))
        if ended is None:
            past.append(Run(earlier, met))
    return Clock(start, done, end, dones[-1] if dones else None, tuple(past))


def _since(rule: Rule, before: Event | None, start: Event) -> date:
    """Return the first day on which what happens meets the run that *start* began; *before* began the one before."""
    if not rule.met_before:
        return start.on
    return min(start.on, before.on + timedelta(days=1)) if before else date.min


def _which_first(done: Event | None, end: Event | None) -> tuple[Event | None, Event | None]:
    if done and end:
        return (done, None) if done.on <= end.on else (None, end)
    return done, end


def _series(rule: Rule, times: int, line: Timeline) -> Clock | None:
    """Return the clock of a recurring rule: from the last one that happened, or the times-th last.

    What ended a series stays ended until something begins a new one: a stray visit after the plan's end does not.
    """
    events = line.past(rule.starts)
    ends = line.past(rule.ends_by)
    begins = set(rule.starts) - set(rule.done_by)
    if ends and begins:
        events = _without_strays(events, ends[-1].on, begins)
    if not events:
        return None
    last_begin = max((place for place, event in enumerate(events) if event.name in begins), default=0)
    run = events[last_begin:]
    dones = line.past(rule.done_by)
    return Clock(
        start=run[-times] if len(run) >= times else run[0],
        end=_first(ends, events[-1].on),
        last_done=dones[-1] if dones else None,
        past=tuple(_past_runs(rule, events, ends, times)),
    )


def _without_strays(events: Sequence[Event], ended: date, begins: Collection[str]) -> list[Event]:
    before = [event for event in events if event.on <= ended]
    after = [event for event in events if event.on > ended]
    begun = next((place for place, event in enumerate(after) if event.name in begins), len(after))
    return [*before, *after[begun:]]


def _past_runs(rule: Rule, events: Sequence[Event], ends: Sequence[Event], times: int) -> Iterable[Run]:
    for start, following in zip(events, events[times:], strict=False):
        between = _first(ends, start.on)
        if following.name in rule.done_by and not (between and between.on <= following.on):
            yield Run(start, following)


def _before(rule: Rule, line: Timeline) -> Clock | None:
    """Return the clock of a limit before a booked day: the next one booked, or else the last that was held."""
    starts = line.all(rule.starts)
    if not starts:
        return None
    place = next((place for place, event in enumerate(starts) if event.on >= line.today), len(starts) - 1)
    dones = line.past(rule.done_by)
    runs = []
    since = date.min
    for start in starts[: place + 1]:
        met = [event for event in dones if since < event.on <= start.on]
        runs.append(Run(start, met[-1] if met else None))
        since = start.on
    current = runs.pop()
    # a booking has no day of its own here, so that only what closed the case last of all ends it
    ends = [event for event in line.past(rule.ends_by) if event.on >= line.last_past]
    end = ends[-1] if ends and not current.done else None
    return Clock(current.start, current.done, end, dones[-1] if dones else None, tuple(runs))
