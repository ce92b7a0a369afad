"""The clocks of one rule on many cases: what started each, what met it, whether it ended. `rules.timeline`, in bulk.

`rules.timeline.clock_of` is the definition: each function here has its counterpart there, and tests hold the two
together. Earlier runs, the history of a duty, are not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rules.bulk import FIRST, NAT, Bools, Ints
from rules.bulk_cases import CaseTable, Log, merged
from rules.limit import Before, Every
from rules.rule import Rule

_NOTHING = Log(np.empty(0, np.int64))


@dataclass(frozen=True, eq=False)
class Clocks:
    """The running clocks: arrays of one length, a row for each case that has one, in the order of cases.

    `case` is its number; days are since 1970, moments UTC microseconds, NAT where there is none.
    """

    case: Ints
    start: Ints
    start_at: Ints
    done: Ints
    done_at: Ints
    ended: Bools

    @property
    def over(self) -> Bools:
        """Where it was met or ended."""
        met: Bools = self.done != NAT
        return self.ended | met

    def of(self, rows: Bools) -> Clocks:
        """Return these rows only."""
        if rows.all():
            return self
        case, start, start_at, done, done_at = (
            column[rows] for column in (self.case, self.start, self.start_at, self.done, self.done_at)
        )
        return Clocks(case, start, start_at, done, done_at, self.ended[rows])


class Seen:
    """A table of cases as of one day (since 1970), with the logs that rules share made once."""

    def __init__(self, table: CaseTable, today: int) -> None:
        self.table = table
        self.today = today
        self.size = table.size
        self._until = {name: log.until(today) for name, log in table.logs.items()}
        self._past: dict[tuple[str, ...], tuple[Log, Ints]] = {}
        self._latest: dict[str, Ints] = {}

    def all(self, names: Sequence[str]) -> tuple[Log, Ints]:
        """Return every event of these names, past and planned, and where each case begins in it."""
        log = merged([self.table.logs.get(name, _NOTHING) for name in names])
        return log, log.bounds(self.size)

    def past(self, names: Sequence[str]) -> tuple[Log, Ints]:
        """Return the events of these names up to today, and where each case begins among them."""
        wanted = tuple(names)
        if wanted not in self._past:
            log = merged([self._until.get(name, _NOTHING) for name in wanted])
            self._past[wanted] = log, log.bounds(self.size)
        return self._past[wanted]

    def latest(self, name: str) -> Ints:
        """Return the day on which each case last had this event, NAT for never."""
        if name not in self._latest:
            self._latest[name] = _last_days(*self.past((name,)))
        return self._latest[name]

    @cached_property
    def last_past(self) -> Ints:
        """The last day on which anything at all happened on each case, NAT for never."""
        out = np.full(self.size, NAT)
        for name in self.table.logs:
            np.maximum(out, self.latest(name), out=out)
        return out

    def first(self, names: Sequence[str], case: Ints, since: Ints) -> tuple[Ints, Ints]:
        """Return the day and moment of the first of these events on or after a day and up to today; NAT for none."""
        log, bounds = self.past(names)
        place = log.place(case, since)
        return _taken(log, place, place < bounds[case + 1])

    def last(self, names: Sequence[str], case: Ints, until: Ints) -> tuple[Ints, Ints]:
        """Return the day and moment of the last of these events up to and including a day and today; NAT for none."""
        log, bounds = self.past(names)
        place = log.place(case, until + 1) - 1
        return _taken(log, place, place >= bounds[case])


def clocks_of(rule: Rule, seen: Seen) -> Clocks:
    """Return the clock of *rule* on every case that has one, as of the day of *seen*."""
    if isinstance(rule.newest.limit, Before):
        return _before(rule, seen)
    if isinstance(rule.newest.limit, Every):
        return _series(rule, rule.newest.limit.times, seen)
    return _once(rule, seen)


def _once(rule: Rule, seen: Seen) -> Clocks:
    starts, bounds = seen.past(rule.starts)
    case = np.flatnonzero(bounds[1:] > bounds[:-1])
    place = bounds[case + 1] - 1
    start = starts.days(place)
    done, done_at = np.full(len(case), NAT), np.full(len(case), NAT)
    for name, rows in _by_start(rule, starts.names(place)):
        others = [one for one in rule.done_by if one != name]
        since = _since(rule, name, seen, case[rows], start[rows]) if rule.met_before else start[rows]
        done[rows], done_at[rows] = seen.first(others, case[rows], since)
    end, _ = seen.first(rule.ends_by, case, start)
    ended = (end != NAT) & ((done == NAT) | (end < done))
    done[ended] = done_at[ended] = NAT
    return Clocks(case, start, starts.moments(place), done, done_at, ended)


def _by_start(rule: Rule, names: Ints) -> Iterator[tuple[str, Ints | slice]]:
    """Yield the rows of each start, where it matters which it is: what starts a clock does not also meet it."""
    if not rule.met_before and not set(rule.starts) & set(rule.done_by):
        yield "", slice(None)
        return
    for number, name in enumerate(rule.starts):
        yield name, np.flatnonzero(names == number)


def _since(rule: Rule, name: str, seen: Seen, case: Ints, start: Ints) -> Ints:
    """Return the first day on which what happens meets a run that may be met before its start."""
    same, bounds = seen.past((name,))
    before = bounds[case + 1] - 2
    again = before >= bounds[case]
    out = np.full(len(case), FIRST)
    out[again] = np.minimum(start[again], same.days(before[again]) + 1)
    return out


def _series(rule: Rule, times: int, seen: Seen) -> Clocks:
    """Return the clocks of a recurring rule: each from the last one that happened, or the times-th last."""
    events, bounds = seen.past(rule.starts)
    case = np.flatnonzero(bounds[1:] > bounds[:-1])
    low, high = bounds[case], bounds[case + 1]
    last = high - 1
    length = len(events.keys)
    begins = [number for number, name in enumerate(rule.starts) if name not in rule.done_by]
    flags = np.isin(events.names(np.arange(length)), begins)
    places = np.arange(length)
    begun = np.maximum.accumulate(np.where(flags, places, -1))  # the last beginning at or before each place
    if begins:
        last = _without_strays(rule, seen, case, (events, flags, last))
        kept = last >= low
        case, low, last = case[kept], low[kept], last[kept]
    run = np.maximum(begun[last], low)
    start = np.maximum(last - times + 1, run)
    end, _ = seen.first(rule.ends_by, case, events.days(last))
    none = np.full(len(case), NAT)
    return Clocks(case, events.days(start), events.moments(start), none, none, end != NAT)


def _without_strays(rule: Rule, seen: Seen, case: Ints, run: tuple[Log, Bools, Ints]) -> Ints:
    """Return the last place of each case that counts: what follows the last end does only once a series begins anew."""
    events, flags, last = run
    ends, bounds = seen.past(rule.ends_by)
    over = np.flatnonzero(bounds[case + 1] > bounds[case])
    after = events.place(case[over], ends.days(bounds[case[over] + 1] - 1) + 1)
    places = np.append(np.where(flags, np.arange(len(flags)), len(flags)), len(flags))
    anew = np.minimum.accumulate(places[::-1])[::-1]  # the first beginning at or after each place
    out = last.copy()
    out[over] = np.where(anew[after] <= last[over], last[over], np.minimum(after - 1, last[over]))
    return out


def _before(rule: Rule, seen: Seen) -> Clocks:
    """Return the clocks of a limit before a booked day: the next one booked, or else the last that was held."""
    starts, bounds = seen.all(rule.starts)
    case = np.flatnonzero(bounds[1:] > bounds[:-1])
    low, high = bounds[case], bounds[case + 1]
    place = np.minimum(starts.place(case, np.full(len(case), seen.today)), high - 1)
    start = starts.days(place)
    done, done_at = seen.last(rule.done_by, case, start)
    before = place > low
    since = np.where(before, starts.days(np.where(before, place - 1, place)), NAT)
    early = done <= since
    done[early] = done_at[early] = NAT
    # as in `rules.timeline`: only what closed the case last of all ends a booking
    end, _ = seen.last(rule.ends_by, case, np.full(len(case), seen.today))
    ended = (done == NAT) & (end != NAT) & (end >= seen.last_past[case])
    return Clocks(case, start, starts.moments(place), done, done_at, ended)


def _taken(log: Log, place: Ints, found: Bools) -> tuple[Ints, Ints]:
    day, at = np.full(len(place), NAT), np.full(len(place), NAT)
    day[found], at[found] = log.days(place[found]), log.moments(place[found])
    return day, at


def _last_days(log: Log, bounds: Ints) -> Ints:
    out = np.full(len(bounds) - 1, NAT)
    some = np.flatnonzero(bounds[1:] > bounds[:-1])
    out[some] = log.days(bounds[some + 1] - 1)
    return out
