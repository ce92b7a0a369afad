"""The columns and the scalar path come to the same: dates, moments, statuses and refusals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules import (
    STATUSES,
    AtAge,
    Before,
    BeyondHorizon,
    BulkCalendar,
    ByDay,
    Case,
    CaseTable,
    Event,
    Every,
    Lasts,
    Limit,
    RuleBook,
    RulesError,
    Span,
    Unnumbered,
    Within,
    clock_end,
    due_days,
    due_moments,
    england,
    obligations,
    recompute,
    statuses,
)
from rules.bulk import Days
from tests.rules.build import make_book, make_rule, read_table, read_when, version_in_words

ENGLAND = england()
BULK = BulkCalendar.of(ENGLAND)
GOLDEN = [*read_table("due.csv"), *read_table("due-edges.csv")]
DAY_UNITS: tuple[Any, ...] = ("days", "working_days", "weeks", "months", "years")
thorough = settings(deadline=None, max_examples=400)

amounts = st.one_of(st.integers(1, 60), st.integers(1, 1000))
limits: st.SearchStrategy[Limit] = st.one_of(
    st.builds(Within, within=amounts, unit=st.sampled_from(DAY_UNITS)),
    st.builds(ByDay, by_day=amounts, unit=st.sampled_from(DAY_UNITS)),
    st.builds(Before, before=amounts, unit=st.sampled_from(DAY_UNITS)),
    st.builds(Every, every=amounts, unit=st.sampled_from(DAY_UNITS)),
    st.builds(Lasts, lasts=amounts, unit=st.sampled_from(DAY_UNITS)),
    st.builds(AtAge, at_age=st.builds(Span, years=st.integers(1, 30), months=st.integers(0, 11))),
)
starts = st.one_of(
    st.dates(date(2011, 11, 1), date(2029, 2, 28)),
    st.dates(date(1930, 1, 1), date(2090, 12, 31)),
    st.dates(),
    st.sampled_from([date(2028, 2, 29), date(2026, 11, 30), date(2026, 4, 3), ENGLAND.known_from, ENGLAND.known_to]),
)


def column(days: Sequence[date | None]) -> Days:
    """Return days as a column."""
    return np.array(days, dtype="datetime64[D]")


def one_by_one(limit: Limit, days: Sequence[date | None], counts: bool, n: int) -> list[date | None]:
    """Return what the scalar path gives for each start, None where it refuses."""
    out: list[date | None] = []
    for day in days:
        try:
            out.append(None if day is None else clock_end(limit, day, ENGLAND, counts, n))
        except BeyondHorizon:
            out.append(None)
    return out


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["case"])
def test_every_golden_row_gives_its_date_in_a_column(row: dict[str, str]) -> None:
    """A region's report would show another day than the one that was signed off."""
    version = version_in_words(row["limit"])
    start, expected = read_when(row["start"]), read_when(row["due"])
    if isinstance(start, datetime):
        moment = np.array([in_utc(start)], dtype="datetime64[m]")
        assert due_moments(version.limit, moment, int(row["n"])).tolist() == [in_utc(expected)]
        return
    days = column([None, start, *[start] * 9])
    found = due_days(version.limit, days, BULK, version.counts_start_day, int(row["n"]))
    assert found.tolist() == [None, *[expected] * 10], row["why"]


def in_utc(when: date) -> datetime:
    """Return a moment of a golden table, London's where it names no zone, as numpy holds it: UTC without saying so."""
    assert isinstance(when, datetime)
    aware = clock_end(Within(within=1, unit="hours"), when - timedelta(hours=1), ENGLAND) if not when.tzinfo else when
    assert isinstance(aware, datetime)
    return aware.astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    "row",
    [row for name in ("york", "manchester", "halton", "leeds", "durham") for row in read_table(f"due-{name}.csv")],
    ids=lambda row: f"{row['rule'].split('.')[0]}: {row['case']}",
)
def test_each_councils_own_rules_give_the_dates_worked_out_by_hand(row: dict[str, str]) -> None:
    """A region's report would date a council's duties otherwise than its document does."""
    rule = RuleBook.load()[row["rule"]]
    start, expected = read_when(row["start"]), read_when(row["due"])
    if row["n"] != "1":  # a forecast: recompute gives the next one only
        version = rule.newest
        found = due_days(version.limit, column([start]), BULK, version.counts_start_day, int(row["n"]))
        assert found.tolist() == [expected], row["why"]
        return
    at = start if isinstance(start, datetime) else None
    on = start.date() if isinstance(start, datetime) else start
    needed = [Event(name, on) for name in rule.requires]
    if rule.window:  # it opens that day, or did so long ago that the day is in it: sixteen that day
        years = rule.window.from_.years if rule.window.from_ else 0
        needed.append(Event(rule.window.of, on.replace(year=on.year - years)))
    events = (Event(row["event"], on, at), *needed)
    table = CaseTable.of_cases([Case("YK-0417", rule.council, dict(rule.applies_when), events)], RuleBook.load())
    (standing,) = recompute([rule], table, BULK, max(on, ENGLAND.known_from))
    assert standing.due.tolist() == [expected.date() if isinstance(expected, datetime) else expected], row["why"]
    assert standing.at.tolist() == [in_utc(expected) if at else None]


@thorough
@given(limits, st.lists(st.one_of(st.none(), starts), max_size=12), st.booleans(), st.integers(1, 9))
@example(Within(within=10, unit="working_days"), [date(2026, 4, 3), None, date(2026, 4, 4)], True, 1)
@example(Before(before=3, unit="months"), [date(2026, 5, 31), date(1, 1, 1)], True, 1)
@example(Within(within=1, unit="months"), [date(9999, 12, 1), date(9999, 11, 30)], True, 1)
def test_a_column_is_what_counting_one_by_one_gives(
    limit: Limit, days: list[date | None], counts: bool, n: int
) -> None:
    """A manager's report and the answer to the worker would name two different days."""
    expected = one_by_one(limit, days, counts, n)
    assert due_days(limit, column(days), BULK, counts, n).tolist() == expected
    crowded = [day for day in days if day and 1900 < day.year < 2100]
    if crowded:  # many starts within few years are counted a day at a time and looked up
        first = min(crowded)
        near = [first + timedelta(days=ahead % 29) for ahead in range(80)]
        found = due_days(limit, column([None, *near]), BULK, counts, n).tolist()
        assert found == [None, *one_by_one(limit, near, counts, n)]


@thorough
@given(
    st.one_of(
        st.builds(Within, within=amounts, unit=st.just("hours")),
        st.builds(Before, before=amounts, unit=st.just("hours")),
        st.builds(Every, every=amounts, unit=st.just("hours")),
    ),
    st.lists(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), max_size=8),
    st.integers(1, 9),
    st.sampled_from(["s", "ms", "us"]),
)
def test_hours_in_a_column_are_elapsed_time(limit: Limit, moments: list[datetime], n: int, unit: str) -> None:
    """A return interview over the clock change would be an hour out in the report."""
    moments = [moment.replace(microsecond=0) for moment in moments]
    given_moments = np.array([*moments, None], dtype=f"datetime64[{unit}]")
    ends = [clock_end(limit, moment.replace(tzinfo=UTC), ENGLAND, n=n) for moment in moments]
    found = due_moments(limit, given_moments, n)
    assert found.dtype == given_moments.dtype
    assert found.tolist() == [*(in_utc(end) for end in ends), None]


def test_a_hundred_thousand_random_counts_agree() -> None:
    """A rare start, met once in a region of children, would be a day out and never be seen in a small test."""
    chance = random.Random(20260402)
    kinds = (Within, ByDay, Before, Every, Lasts)
    first, last = date(2011, 6, 1).toordinal(), date(2029, 6, 30).toordinal()
    compared = refused = 0
    for _ in range(1000):
        kind = chance.choice(kinds)
        limit = kind.model_validate({kind.key: chance.randint(1, 130), "unit": chance.choice(DAY_UNITS)})
        counts, n = chance.random() < 0.3, chance.randint(1, 4)
        days = [date.fromordinal(chance.randint(first, last)) for _ in range(100)]
        expected = one_by_one(limit, days, counts, n)
        assert due_days(limit, column(days), BULK, counts, n).tolist() == expected, (limit, counts, n)
        compared += len(days)
        refused += expected.count(None)
    assert compared == 100_000
    assert 1_000 < refused < 20_000  # both ends of the known years are among them


@pytest.mark.parametrize("shape", [(0,), (0, 3), (2, 3), (2, 0)])
def test_any_shape_comes_back_in_its_shape(shape: tuple[int, ...]) -> None:
    """A table of events a child and a round would be refused, or come back as a row."""
    limit = Within(within=1, unit="weeks")
    days = np.full(shape, np.datetime64("2026-04-02"))
    assert np.array_equal(due_days(limit, days, BULK), days + 7)


def test_what_is_no_day_clock_or_no_date_is_refused() -> None:
    """A column of numbers would be read as days since 1970, or an hour clock counted from midnight."""
    days, week, hours = column([date(2026, 4, 2)]), Within(within=1, unit="weeks"), Within(within=24, unit="hours")
    with pytest.raises(TypeError, match="due_moments"):
        due_days(hours, days, BULK)
    with pytest.raises(TypeError, match="no end"):
        due_days(Unnumbered(none="once"), days, BULK)
    with pytest.raises(TypeError, match="datetime64"):
        due_days(week, np.array([1.5]), BULK)
    with pytest.raises(TypeError, match="datetime64"):
        due_moments(hours, days)
    with pytest.raises(TypeError, match="due_days"):
        due_moments(week, days.astype("datetime64[s]"))
    with pytest.raises(RulesError, match="1 or more"):
        due_days(week, days, BULK, n=0)


@thorough
@given(starts, st.one_of(st.none(), starts), st.dates(ENGLAND.known_from, ENGLAND.known_to), st.integers(0, 20))
def test_bare_statuses_are_what_a_case_says(due_on: date, done: date | None, today: date, soon: int) -> None:
    """A column of due days would be called late where the case is not."""
    codes, over = statuses(column([due_on, None]), column([done, None]), BULK, today, soon)
    assert (codes[1], over[1]) == (-1, 0)
    first = (due_on - timedelta(days=7)) if due_on.year > 1 else None
    if first is None or first > today or (done and not first <= done <= today):
        return
    met = (Event("core_group_held", done),) if done else ()
    rule = make_rule(limit={"within": 7, "unit": "days"})
    case = Case("YK-0417", "york", {}, (Event("icpc_held", first), *met))
    (expected,) = obligations(case, make_book(rule), ENGLAND, today, soon)
    assert (STATUSES[codes[0]], over[0]) == (expected.status, expected.working_days_over)
