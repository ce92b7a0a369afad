"""Properties that hold of every count, whatever the day."""

from __future__ import annotations

import calendar as months
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rules import BeyondHorizon, Calendar, Every, Unnumbered, Within, clock_end, count, due, england
from tests.rules.build import limit_in_words, make_rule

ENGLAND = england()
DAY = timedelta(days=1)
days = st.dates(date(2012, 6, 1), date(2028, 3, 31))
any_day = st.dates(date(1930, 1, 1), date(2090, 12, 31))
amounts = st.integers(1, 120)
moments = st.datetimes(datetime(2013, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))

thorough = settings(deadline=None, max_examples=300)


def stepped(start: date, amount: int, step: timedelta) -> date:
    """Count working days one at a time, as a person does on a wall calendar."""
    day = start
    while amount:
        day += step
        amount -= ENGLAND.is_open(day)
    return day


def open_days(first: date, last: date) -> int:
    """Count the working days after *first* up to *last*, one at a time."""
    return sum(ENGLAND.is_open(first + DAY * ahead) for ahead in range(1, (last - first).days + 1))


@thorough
@given(days, amounts)
@example(date(2026, 4, 3), 1)
@example(date(2022, 9, 18), 1)
def test_working_days_are_what_a_person_counts_on_a_wall_calendar(start: date, amount: int) -> None:
    """A look-up that is quick but a day out would date every working-day duty wrongly."""
    assert count.working_days_after(start, amount, ENGLAND) == stepped(start, amount, DAY)
    if start.year > 2012:
        assert count.working_days_before(start, amount, ENGLAND) == stepped(start, amount, -DAY)


@thorough
@given(days, amounts)
def test_the_open_days_up_to_the_due_day_are_the_limit(start: date, amount: int) -> None:
    """A worker would get a day more or less than the standard gives."""
    end = count.working_days_after(start, amount, ENGLAND)
    assert open_days(start, end) == amount == count.working_days_between(start, end, ENGLAND)
    assert ENGLAND.is_open(end)


@thorough
@given(days, amounts)
def test_a_longer_limit_or_a_later_start_is_never_due_earlier(start: date, amount: int) -> None:
    """A plan that begins later could fall due before one that began sooner."""
    end = count.working_days_after(start, amount, ENGLAND)
    assert count.working_days_after(start, amount + 1, ENGLAND) > end
    assert count.working_days_after(start + DAY, amount, ENGLAND) >= end


@thorough
@given(days.filter(ENGLAND.is_open), amounts)
def test_forwards_and_back_again_is_the_same_day(start: date, amount: int) -> None:
    """A report date counted back from a conference would not match the conference counted from the report."""
    assert count.working_days_before(count.working_days_after(start, amount, ENGLAND), amount, ENGLAND) == start


@thorough
@given(days, amounts)
def test_a_start_that_counts_is_one_working_day_less_or_none(start: date, amount: int) -> None:
    """ "Beginning with" would give the same day as "after", or a closed day would count as day 1."""
    end = count.working_days_after(start, amount, ENGLAND, counts_start_day=True)
    assert open_days(start - DAY, end) == amount


@thorough
@given(any_day, st.integers(-600, 600))
@example(date(2026, 11, 30), 3)
@example(date(2028, 2, 29), 12)
def test_a_month_ends_on_the_same_day_number_or_on_the_months_last(start: date, amount: int) -> None:
    """A review three months from the 31st would slip into the month after, or be skipped."""
    end = count.months_after(start, amount)
    last = months.monthrange(end.year, end.month)[1]
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == amount
    assert end.day == min(start.day, last)
    assert count.month_shortened(start, amount) == (end.day != start.day)


@thorough
@given(any_day, st.integers(1, 60), st.integers(1, 8))
def test_a_forecast_adds_once_and_never_chains(start: date, amount: int, n: int) -> None:
    """Six-monthly reviews from the 31st would drift to the 28th and stay there."""
    end = clock_end(Every(every=amount, unit="months"), start, ENGLAND, n=n)
    assert end == count.months_after(start, amount * n)


@thorough
@given(moments, st.integers(1, 300))
def test_hours_are_elapsed_time_through_both_clock_changes(start: datetime, amount: int) -> None:
    """A 72-hour clock over the last weekend of March would be an hour out."""
    end = count.hours_after(start, amount)
    assert end.astimezone(UTC) - start == timedelta(hours=amount)
    assert end.tzinfo is count.LONDON
    assert count.hours_after(end, -amount).astimezone(UTC) == start


@thorough
@given(any_day, st.integers(1, 500))
def test_days_that_count_their_start_end_a_day_sooner(start: date, amount: int) -> None:
    """ "26 weeks beginning with" would run a day over."""
    assert count.days_after(start, amount, counts_start_day=True) == start + timedelta(days=amount - 1)
    assert count.days_after(start, -amount, counts_start_day=True) == start - timedelta(days=amount - 1)


@thorough
@given(days, st.integers(1, 60))
def test_the_working_names_every_closed_weekday_on_the_way_and_no_other(start: date, amount: int) -> None:
    """A worker could not check the date by reading why days were left out."""
    found = due(make_rule(limit={"within": amount, "unit": "working_days"}), {"icpc_held": start}, ENGLAND)
    told = [line for line in found.working if "not counted" in line]
    way = [start + DAY * ahead for ahead in range(1, (found.on - start).days + 1)]
    closed = [day for day in way if day.weekday() < 5 and not ENGLAND.is_open(day)]
    assert len(told) == len(closed)
    for line, day in zip(told, closed, strict=True):
        assert line.startswith(f"{day:%a} {day.day} {day:%b}")
        assert line.endswith(f": {ENGLAND.reason_closed(day)}")


@pytest.mark.parametrize(
    ("start", "amount"), [(date(2028, 12, 22), 10), (date(2029, 3, 1), 1), (date(2011, 12, 30), 1)]
)
def test_a_count_that_leaves_the_known_years_is_refused(start: date, amount: int) -> None:
    """An unpublished holiday would pass as a working day and the date would be too early."""
    with pytest.raises(BeyondHorizon, match="31 December 2028"):
        count.working_days_after(start, amount, ENGLAND)
    with pytest.raises(BeyondHorizon):
        clock_end(Within(within=amount, unit="working_days"), start, ENGLAND)


def test_counting_back_past_the_first_known_year_is_refused() -> None:
    """A booked day in 2012 would be counted back over holidays that nobody listed."""
    with pytest.raises(BeyondHorizon):
        count.working_days_before(date(2012, 1, 4), 2, ENGLAND)
    with pytest.raises(BeyondHorizon):
        count.working_days_before(date(2029, 1, 4), 2, ENGLAND)
    with pytest.raises(BeyondHorizon):
        count.working_days_between(date(2011, 1, 4), date(2012, 3, 1), ENGLAND)


def test_a_date_past_the_end_of_all_calendars_is_refused() -> None:
    """A typing slip in a year would end in a crash instead of a sentence."""
    with pytest.raises(BeyondHorizon):
        clock_end(Within(within=1000, unit="years"), date(9500, 1, 1), ENGLAND)


def test_the_first_and_the_last_known_day_can_be_counted_to_and_from() -> None:
    """A worker would be refused a date in the last week of the list, or in its first."""
    year = Calendar("the office", {}, date(2026, 1, 1), date(2026, 12, 31))  # a Thursday to a Thursday
    first, last = year.known_from, year.known_to
    assert count.working_days_after(first, 1, year) == date(2026, 1, 2)
    assert count.working_days_after(date(2026, 12, 30), 1, year) == last
    assert count.working_days_before(last, 1, year) == date(2026, 12, 30)
    assert count.working_days_before(date(2026, 1, 2), 1, year) == first
    assert count.working_days_between(first, last, year) == 260
    assert count.working_days_between(last, first, year) == -260


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        (date(2026, 4, 2), 1, date(2026, 4, 2)),  # a Thursday, itself day 1
        (date(2026, 4, 2), 3, date(2026, 3, 31)),
        (date(2026, 4, 6), 1, date(2026, 4, 2)),  # Easter Monday is no day 1
    ],
)
def test_counting_back_from_a_day_that_counts(start: date, amount: int, end: date) -> None:
    """A report would be asked for a working day too early."""
    assert count.working_days_before(start, amount, ENGLAND, counts_start_day=True) == end


def test_a_number_of_the_date_moves_only_what_comes_again() -> None:
    """A limit that comes once would be stretched to three times its length."""
    start = date(2026, 4, 2)
    assert clock_end(limit_in_words("10 days after"), start, ENGLAND, n=3) == date(2026, 4, 12)
    assert clock_end(limit_in_words("every 10 days"), start, ENGLAND, n=3) == date(2026, 5, 2)


def test_what_has_no_end_is_refused_in_a_sentence() -> None:
    """ "Promptly" must never become a day, nor a day a moment."""
    limit = Unnumbered(none="once")
    assert limit.in_words == "no number given"
    assert limit.amount is None
    with pytest.raises(TypeError, match=r"^a limit without a number has no end$"):
        clock_end(limit, date(2026, 4, 2), ENGLAND)
    with pytest.raises(TypeError, match=r"^hours are counted from a moment, not a day$"):
        clock_end(limit_in_words("24 hours after"), date(2026, 4, 2), ENGLAND)


def test_a_moment_is_read_as_london_reads_it() -> None:
    """A time kept in another zone would be shown an hour out all summer."""
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert count.london(summer).isoformat() == "2026-07-01T13:00:00+01:00"
    assert count.london(summer).tzinfo is count.LONDON
    assert count.london(datetime(2026, 7, 1, 12)).isoformat() == "2026-07-01T12:00:00+01:00"
