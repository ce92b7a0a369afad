"""How many due dates a second: one by one, in columns, a plain loop, and numpy's own count as the floor.

`python -m benchmarks.bulk` takes a few minutes; `--children 20000` a few seconds. Every contestant's dates are held
against the scalar path's before its time counts. All children are invented, by chance with a fixed seed.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from dateutil.relativedelta import relativedelta

from benchmarks.children import TODAY, as_cases, chosen, invented
from rules import (
    STATUSES,
    Before,
    BulkCalendar,
    Case,
    Limit,
    Rule,
    RuleBook,
    Standings,
    Within,
    clock_end,
    due,
    due_days,
    england,
    obligations,
    recompute,
)
from rules.bulk import Days

ENGLAND = england()
TEN = Within(within=10, unit="working_days")


@dataclass(frozen=True)
class Timed:
    """What one contestant took: wall and processor seconds for so many duties, the best of its rounds."""

    name: str
    duties: int
    wall: float
    processor: float

    @property
    def rate(self) -> float:
        """Duties a second."""
        return self.duties / self.wall


def timed(name: str, duties: int, work: Callable[[], object], rounds: int = 3) -> Timed:
    """Return the best of *rounds* runs of *work*, so that other work on the machine weighs least."""
    found = []
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - wall, time.process_time() - processor))
    return Timed(name, duties, *min(found))


def printed(title: str, rows: Sequence[Timed], floor: str) -> None:
    """Print rates, and each as a multiple of the one named *floor*."""
    base = next(row.rate for row in rows if row.name == floor)
    print(f"\n{title}\n{'':<44}{'duties/s':>14}{'µs each':>12}{'× ' + floor:>34}")
    for row in rows:
        print(f"{row.name:<44}{row.rate:>14,.0f}{1e6 / row.rate:>12.3f}{row.rate / base:>34.4g}")


def plain(limit: Limit, start: date, closed: frozenset[date]) -> date:
    """Return a due date as a script would count it: dateutil for months, a step a day over a set of closed days."""
    back = -1 if isinstance(limit, Before) else 1
    amount = int(getattr(limit, "count", 0)) * back
    if limit.unit == "months":
        return start + relativedelta(months=amount)
    if limit.unit == "years":
        return start + relativedelta(years=amount)
    if limit.unit != "working_days":
        return start + timedelta(days=amount * (7 if limit.unit == "weeks" else 1))
    day, left, step = start, abs(amount), timedelta(days=back)
    while left:
        day += step
        if day.weekday() < 5 and day not in closed:
            left -= 1
    return day


def random_days(size: int, seed: int = 1) -> Days:
    """Return days of the known years, far enough from both ends to be counted from."""
    chance = np.random.default_rng(seed)
    return chance.integers(15_500, 21_300, size).astype("datetime64[D]")  # mid 2012 to April 2028


def ten_working_days(size: int) -> list[Timed]:
    """Time ten working days after a start: the commonest count there is."""
    starts, bulk = random_days(size), BulkCalendar.of(ENGLAND)
    scattered = np.append(starts[1:], np.datetime64("0001-01-01"))  # one slip of the pen, and no look-up pays
    few: list[date] = starts[: size // 50].tolist()
    closed = frozenset(ENGLAND.closed)
    busdays = np.busdaycalendar(holidays=np.array(sorted(closed), dtype="datetime64[D]"))

    def floor() -> Days:  # back from a closed day and then on: the convention; rolling forward is a day late
        return np.busday_offset(starts, TEN.within, roll="backward", busdaycal=busdays)

    expected = [clock_end(TEN, day, ENGLAND) for day in few]
    assert expected == [plain(TEN, day, closed) for day in few]
    assert expected == floor()[: len(few)].tolist()
    assert np.array_equal(due_days(TEN, starts, bulk), floor())
    assert np.array_equal(due_days(TEN, scattered, bulk)[:-1], floor()[1:])
    rows = [
        timed("scalar: rules.clock_end", len(few), lambda: [clock_end(TEN, day, ENGLAND) for day in few]),
        timed("bulk: rules.due_days", size, lambda: due_days(TEN, starts, bulk)),
        timed("bulk: the same, without its look-up by day", size, lambda: due_days(TEN, scattered, bulk)),
        timed("plain loop over a set of closed days", len(few), lambda: [plain(TEN, day, closed) for day in few]),
        timed("numpy.busday_offset", size, floor),
    ]
    return [*rows, *with_holidays(few[:2000], expected)]


def with_holidays(days: Sequence[date], expected: Sequence[date]) -> Iterator[Timed]:
    """Time the holidays package, where it is installed (`pip install -e '.[bench]'`), and say where it differs."""
    try:
        package: Any = importlib.import_module("holidays")
    except ImportError:
        print("The holidays package is not installed, so it is left out: pip install -e '.[bench]'")
        return
    listed = package.country_holidays("GB", subdiv="ENG")
    other = [listed.get_nth_working_day(day, TEN.within) for day in days]
    differing = sum(one != told for one, told in zip(other, expected, strict=False))
    print(f"holidays {package.__version__}: {differing} of {len(days)} dates differ from ours")
    yield timed(
        "holidays: get_nth_working_day", len(days), lambda: [listed.get_nth_working_day(day, 10) for day in days]
    )


def mixed_limits(rules: Sequence[Rule], size: int) -> list[Timed]:
    """Time the bare dates of the rules' own limits: days, weeks, working days, months, both ways."""
    limits = [rule.newest.limit for rule in rules if rule.unit != "hours" and rule.direction != "at_age"]
    bulk, closed = BulkCalendar.of(ENGLAND), frozenset(ENGLAND.closed)
    starts = random_days(size, seed=2)
    few: list[date] = starts[:500].tolist()
    for limit in limits:
        expected = [clock_end(limit, day, ENGLAND) for day in few]
        assert expected == due_days(limit, starts[:500], bulk).tolist() == [plain(limit, day, closed) for day in few]

    def one_by_one() -> None:
        for limit in limits:
            for day in few:
                clock_end(limit, day, ENGLAND)

    def stepping() -> None:
        for limit in limits:
            for day in few:
                plain(limit, day, closed)

    def in_columns() -> None:
        for limit in limits:
            due_days(limit, starts, bulk)

    return [
        timed("scalar: rules.clock_end", len(few) * len(limits), one_by_one),
        timed("bulk: rules.due_days", size * len(limits), in_columns, rounds=1),
        timed("plain loop with dateutil", len(few) * len(limits), stepping),
    ]


def whole_duties(rules: Sequence[Rule], book: RuleBook, children: int) -> list[Timed]:
    """Time duties with their clocks and statuses: each child by itself, then all in columns, held together first."""
    bulk, own = BulkCalendar.of(ENGLAND), RuleBook({rule.id: rule for rule in rules}, book.events, book.facts)
    table = invented(rules, children)
    few = as_cases(table, min(100, children))
    compared = _agreeing(rules, own, few, recompute(rules, table.part(0, len(few)), bulk, TODAY))
    counts = np.zeros(len(STATUSES) + 1, dtype=np.int64)

    def in_columns() -> None:
        counts[:] = 0
        for found in recompute(rules, table, bulk, TODAY):
            counts[:] += np.bincount(found.status + 1, minlength=len(counts))

    def one_by_one() -> None:
        for case in few:
            obligations(case, own, ENGLAND, TODAY)

    def dates_only() -> None:
        for case in few:
            facts = {event.name: event.when for event in case.events}
            for rule in rules:
                due(rule, facts, ENGLAND)

    rows = [
        timed("scalar: rules.due, a date with its working", len(few) * len(rules), dates_only),
        timed("scalar: rules.obligations", len(few) * len(rules), one_by_one),
        timed("bulk: rules.recompute", children * len(rules), in_columns),
    ]
    told = {status.value: int(counts[place + 1]) for place, status in enumerate(STATUSES) if counts[place + 1]}
    print(f"\n{compared:,} duties of {len(few)} children were held against rules.obligations: all the same")
    print(f"{counts[1:].sum():,} duties of {children:,} children: {told}; {counts[0]:,} not started")
    print(f"recompute: {rows[-1].wall:.2f} s, of the processor {rows[-1].processor:.2f} s")
    return rows


def _agreeing(rules: Sequence[Rule], book: RuleBook, cases: Sequence[Case], bulk: Iterable[Standings]) -> int:
    """Return how many duties were the same both ways; an AssertionError where one is not."""
    found = {one.rule_id: one for one in bulk}
    compared = 0
    for rule in rules:
        alone, columns = RuleBook({rule.id: rule}, book.events, book.facts), found[rule.id]
        for number, case in enumerate(cases):
            for one in obligations(case, alone, ENGLAND, TODAY):
                told = (STATUSES[columns.status[number]], columns.due[number].item(), columns.working_days_over[number])
                assert told == (one.status, one.due and one.due.on, one.working_days_over), (rule.id, case)
                compared += 1
    return compared


def peak() -> float:
    """Return the most memory this process has held, in MB (getrusage gives kB, on a Mac bytes)."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Run all and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=400_000)
    parser.add_argument("--rules", type=int, default=30, help="how many of York's rules (at most 40)")
    arguments = parser.parse_args()
    children, book = max(arguments.children, 1000), RuleBook.load()
    rules = chosen(book, arguments.rules)
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}; one thread throughout")
    printed("Ten working days after a start, dates only", ten_working_days(children), "numpy.busday_offset")
    printed(f"The limits of {len(rules)} rules, dates only", mixed_limits(rules, children), "plain loop with dateutil")
    before = peak()
    rows = whole_duties(rules, book, children)
    printed("Whole duties: clock, date, status, working days over", rows, "scalar: rules.obligations")
    print(f"\nPeak memory {peak():,.0f} MB ({before:,.0f} MB before the children were made)")


if __name__ == "__main__":
    main()
