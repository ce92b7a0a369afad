"""How many rules stand on many cases, in one call: due dates, statuses and working days over, a rule at a time.

Covered, and equal to what `obligations` says of each rule by itself: every kind of clock, versions, conditions on
facts, windows, what a rule requires, hours with and without their time, and the refusals. Not covered: the working,
other readings and the nudge day, the history of earlier runs, the question that a blocked duty asks, and the drawing
together of rules that repeat one another or disagree: a duty that two places set has two rows here.

>>> from rules.book import RuleBook
>>> from rules.bulk_status import STATUSES
>>> from rules.calendar import england
>>> held = np.array(["2026-04-02", "NaT", "2026-03-02"], dtype="datetime64[D]")
>>> met = np.array(["NaT", "NaT", "2026-03-18"], dtype="datetime64[D]")
>>> table = CaseTable.of_columns(3, {"icpc_held": held, "core_group_held": met})
>>> rule = RuleBook.load()["york.core-group.first"]
>>> (found,) = recompute([rule], table, BulkCalendar.of(england()), date(2026, 4, 14))
>>> found.due
array(['2026-04-20',        'NaT', '2026-03-16'], dtype='datetime64[D]')
>>> [STATUSES[code].value if code >= 0 else None for code in found.status], found.working_days_over.tolist()
(['due_soon', None, 'met_late'], [0, 0, 2])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
from numpy.typing import NDArray

from rules import count
from rules.bulk import (
    EPOCH,
    NAT,
    Bools,
    BulkCalendar,
    Days,
    Ints,
    day_counter,
    due_moments,
    epoch_day,
    months_after,
    to_days,
)
from rules.bulk_applies import applying
from rules.bulk_cases import CaseTable
from rules.bulk_clock import Clocks, Seen, clocks_of
from rules.bulk_london import london_days
from rules.bulk_status import CODE, NO_DUTY, AsOf
from rules.duty import Status
from rules.limit import AtAge, Before, Lasts, Limit, Unnumbered
from rules.rule import Rule, Version


@dataclass(frozen=True, eq=False)
class Standings:
    """How one rule stands on the cases numbered from `first`: arrays of one length, a row a case.

    `due` is datetime64[D], NaT where the duty is blocked or there is none; `at` the moment in UTC, datetime64[us], for
    hour clocks, else NaT. `status` holds places in `STATUSES`, -1 for no duty. `working_days_over` counts from the due
    day to today (overdue) or to the day it was done (met late). `done_on` is what met this run.
    """

    rule_id: str
    first: int
    due: Days
    at: Days
    status: NDArray[np.int8]
    working_days_over: NDArray[np.int32]
    done_on: Days


def recompute(
    rules: Iterable[Rule],
    table: CaseTable,
    calendar: BulkCalendar,
    today: date,
    soon: int = 5,
    chunk: int = 32_768,
) -> Iterator[Standings]:
    """Return how each of *rules* stands on the cases of *table* as of *today*: *chunk* cases at a time, rule by rule.

    Give the rules of the table's one council, or the national ones, of the subjects that are wanted: what `obligations`
    chooses itself. Which national rules a local one is tied to is not looked at, and blocked ones are told like others.
    Rules without a number, and those that only give a length of time, give nothing. What is held at once is the table
    and one chunk's columns. *soon* is how many working days ahead counts as due soon.

    Raises:
        BeyondHorizon: *today* lies outside the years whose bank holidays are known.
        ValueError: *chunk* is below 1.
    """
    day = AsOf.of(calendar, today, soon)
    if chunk < 1:
        raise ValueError("a chunk holds at least one case")
    wanted = [rule for rule in rules if not isinstance(rule.newest.limit, Unnumbered | Lasts)]
    return _chunks(wanted, table, day, chunk)


def _chunks(rules: Sequence[Rule], table: CaseTable, day: AsOf, chunk: int) -> Iterator[Standings]:
    for first in range(0, table.size, chunk):
        seen = Seen(table.part(first, min(first + chunk, table.size)), day.today)
        for rule in rules:
            yield _standing(rule, seen, day, first)


class _Columns:
    """One rule's columns for a chunk of cases, to be filled in."""

    def __init__(self, size: int) -> None:
        self.due, self.at, self.done = (np.full(size, NAT) for _ in range(3))
        self.status = np.full(size, NO_DUTY)
        self.over = np.zeros(size, dtype=np.int32)

    def put(self, case: Ints, status: NDArray[np.int8], over: Ints, done: Ints) -> None:
        """Write the statuses of these cases."""
        self.status[case], self.over[case], self.done[case] = status, over, done


def _standing(rule: Rule, seen: Seen, day: AsOf, first: int) -> Standings:
    columns = _Columns(seen.size)
    clocks = clocks_of(rule, seen)
    applies, unknown = applying(rule, clocks, seen)
    asks = applies & unknown & ~clocks.over  # what is done or over needs no question
    columns.status[clocks.case[asks]] = CODE[Status.BLOCKED]
    clocks = clocks.of(applies & ~asks)
    for version, mine in _by_version(rule, clocks):
        _fill(columns, rule, version, clocks.of(mine), day)
    at = columns.at.view("datetime64[us]")
    return Standings(rule.id, first, to_days(columns.due), at, columns.status, columns.over, to_days(columns.done))


def _counted_from(clocks: Clocks) -> Ints:
    """Return the day that each clock counts from: London's day of the moment where that is known."""
    timed = clocks.start_at != NAT
    return np.where(timed, london_days(clocks.start_at), clocks.start) if timed.any() else clocks.start


def _by_version(rule: Rule, clocks: Clocks) -> Iterator[tuple[Version, Bools]]:
    """Yield each version with the clocks it decides: those that start in its time, or ages reached in it."""
    start = _counted_from(clocks)
    left = np.ones(len(start), dtype=np.bool_)
    for version in rule.versions:
        limit, decides = version.limit, start
        if rule.direction == "at_age":
            if not isinstance(limit, AtAge):
                continue
            decides = months_after(start, limit.at_age.total_months)
        mine = left if version.in_force is None else left & (decides >= epoch_day(version.in_force))
        left = left & ~mine
        if mine.any():
            yield version, mine


def _fill(columns: _Columns, rule: Rule, version: Version, clocks: Clocks, day: AsOf) -> None:
    limit = version.limit
    if isinstance(limit, Unnumbered):
        return  # the version in force on that day sets no date, whatever the newest says
    if limit.unit == "hours":
        timed = clocks.start_at != NAT
        _fill_untimed(columns, rule, limit, clocks.of(~timed), day)
        clocks = clocks.of(timed)
        ends = due_moments(limit, clocks.start_at.view("datetime64[us]")).view(np.int64)
        on = london_days(ends)
        late = np.where(clocks.done_at != NAT, clocks.done_at > ends, clocks.done > on)
        columns.at[clocks.case] = ends
    else:
        on = day_counter(limit, day.calendar, version.counts_start_day)(_counted_from(clocks))
        late = clocks.done > on
    columns.due[clocks.case] = on
    ended = clocks.ended | _passed(rule, limit, clocks, on, day)
    known = on != NAT
    status, over = day.stands(on, clocks.done, late, ended)
    status[~known] = CODE[Status.BLOCKED]  # the horizon: nothing is known of it, not even whether it was met in time
    columns.put(clocks.case, status, np.where(known, over, 0), np.where(known, clocks.done, NAT))


def _passed(rule: Rule, limit: Limit, clocks: Clocks, on: Ints, day: AsOf) -> Bools:
    """Return where it can no longer be met: the booked day is over, or an age that nothing recordable meets."""
    if isinstance(limit, Before):
        return clocks.start < day.today
    if isinstance(limit, AtAge) and not rule.done_by:
        return on < day.today
    return np.zeros(len(on), dtype=np.bool_)


def _fill_untimed(columns: _Columns, rule: Rule, limit: Limit, clocks: Clocks, day: AsOf) -> None:
    """Fill in hour clocks whose day is known but not the time: there is no date, and the doubt is the worker's."""
    starts, places = np.unique(clocks.start, return_inverse=True)
    lasts = [_last_day(limit, start, day.calendar) for start in starts.tolist()]
    last = np.array(lasts, dtype=np.int64)[places]
    met = clocks.done != NAT
    late = met & (clocks.done > last)
    status = np.where(met, CODE[Status.MET], CODE[Status.BLOCKED])
    over_and_done_with = clocks.ended | _passed(rule, limit, clocks, last, day) & ~met
    status[late], status[over_and_done_with] = CODE[Status.MET_LATE], CODE[Status.ENDED]
    over = np.where(late, day.calendar.working_days(last, clocks.done), 0)
    columns.put(clocks.case, status, over, clocks.done)


def _last_day(limit: Limit, start: int, calendar: BulkCalendar) -> int:
    """Return the latest day on which hours from an unknown time of day can be up; few days differ, so one by one."""
    moment = datetime.combine(date.fromordinal(start + EPOCH), time.max)
    end = count.clock_end(limit, moment, calendar.calendar)
    assert isinstance(end, datetime)
    return epoch_day(end.date())
