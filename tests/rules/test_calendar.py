"""The calendar of England and Wales: whole, offline, and refusing what it does not know."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta

from rules import BeyondHorizon, Calendar, england
from rules.calendar import _complete_years, _named
from tests.conftest import ROOT, skip


def built() -> Calendar:
    """Return the calendar read anew from the package, whatever an earlier test has kept of it."""
    return england.__wrapped__()


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 5, 8), "Early May bank holiday (VE day)"),
        (date(2022, 6, 3), "Platinum Jubilee bank holiday"),
        (date(2022, 9, 19), "Bank Holiday for the State Funeral of Queen Elizabeth II"),
        (date(2023, 5, 8), "Bank holiday for the coronation of King Charles III"),
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 8, 31), "Summer bank holiday"),
        (date(2026, 12, 28), "Boxing Day (substitute day)"),
        (date(2026, 4, 4), "Saturday"),
        (date(2026, 4, 5), "Sunday"),
    ],
)
def test_closed_days_are_named(day: date, name: str) -> None:
    """A holiday of England, or a one-off, would be counted as a working day."""
    assert england().reason_closed(day) == name
    assert built().reason_closed(day) == name


def test_the_span_is_that_of_the_whole_list() -> None:
    """Years whose holidays are published would be refused, or the year after them guessed."""
    assert (built().known_from, built().known_to) == (date(2012, 1, 1), date(2028, 12, 31))
    assert built() == england()


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ({"title": "Good Friday", "notes": ""}, "Good Friday"),
        ({"title": "Good Friday"}, "Good Friday"),
        ({"title": "Boxing Day", "notes": "Substitute day"}, "Boxing Day (substitute day)"),
        ({"title": "Jubilee", "notes": "Extra bank holiday"}, "Jubilee (extra bank holiday)"),
    ],
)
def test_a_holidays_note_stands_behind_its_name(event: dict[str, str], name: str) -> None:
    """A worker could not see why the Monday after Christmas is left out."""
    assert _named(event) == name


@pytest.mark.parametrize(
    ("years", "whole"),
    [
        ({2024: (8, 26)}, (2024, 2024)),
        ({2024: (8, 26), 2025: (8, 26)}, (2024, 2025)),
        ({2024: (9, 28), 2025: (8, 26), 2026: (10, 28), 2027: (8, 27)}, (2024, 2027)),
        ({2024: (8, 26), 2025: (8, 26), 2026: (7, 26)}, (2024, 2025)),  # a day is still missing
        ({2024: (8, 26), 2025: (8, 25)}, (2024, 2024)),  # published up to Christmas Day
        ({2024: (8, 26), 2026: (8, 26)}, (2024, 2024)),  # a year is missing between
    ],
)
def test_a_year_half_published_is_not_known(years: dict[int, tuple[int, int]], whole: tuple[int, int]) -> None:
    """The holidays still to be published would pass as working days. Each year: how many days, the last in December."""
    listed = [date(year, 1, day) for year, (number, _) in years.items() for day in range(1, number)]
    listed += [date(year, 12, last) for year, (_, last) in years.items()]
    assert _complete_years(dict.fromkeys(listed, "a holiday")) == whole


def test_the_first_and_the_last_day_of_the_span_are_known() -> None:
    """The last working day of the list would be refused, or the day after it guessed."""
    year = Calendar("the office", {}, date(2026, 1, 1), date(2026, 12, 31))  # a Thursday to a Thursday
    assert year.is_open(date(2026, 1, 1))
    assert year.is_open(date(2026, 12, 31))
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(BeyondHorizon):
            year.is_open(day)


def test_a_closed_day_at_either_end_is_named_whatever_it_is_called() -> None:
    """A day that the council shuts would be left out of the count and not told."""
    shut = england().with_closed({date(2026, 12, 29): "council closed", date(2026, 12, 30): "A council day"})
    told = shut.closed_weekdays_between(date(2026, 12, 29), date(2026, 12, 30))
    assert [day.day for day, _ in told] == [29, 30]
    assert [day.day for day, _ in shut.closed_weekdays_between(date(2026, 12, 26), date(2026, 12, 29))] == [28, 29]


@pytest.mark.parametrize(
    "day", [date(2020, 5, 4), date(2022, 5, 30), date(2026, 3, 17), date(2026, 7, 13), date(2026, 8, 3)]
)
def test_moved_days_and_those_of_other_countries_are_open(day: date) -> None:
    """A Scottish or Irish holiday, or one moved elsewhere, would push a date too late."""
    assert england().is_open(day)


def test_every_known_year_has_its_eight_holidays() -> None:
    """A year with half its holidays published would let the rest pass as working days."""
    calendar = england()
    for year in range(calendar.known_from.year, calendar.known_to.year + 1):
        named = [day for day in calendar.closed if day.year == year]
        assert len(named) >= 8, year
        assert any(day >= date(year, 12, 26) for day in named), year


def test_a_weekday_of_an_unknown_year_is_neither_open_nor_closed() -> None:
    """Christmas Day 2030 would be a working day."""
    with pytest.raises(BeyondHorizon, match="England and Wales"):
        england().is_open(date(2030, 12, 25))
    assert england().reason_closed(date(2030, 12, 28)) == "Saturday"


def test_a_council_may_close_further_days() -> None:
    """A council that shuts between Christmas and New Year would see dates that nobody can keep."""
    shut = england().with_closed({date(2026, 12, 29): "council closed"}, name="York")
    assert shut.reason_closed(date(2026, 12, 29)) == "council closed"
    assert shut.reason_closed(date(2026, 12, 25)) == "Christmas Day"
    assert england().is_open(date(2026, 12, 29))
    assert shut.name == "York"


def test_the_holidays_come_from_the_package_and_no_network_is_at_hand() -> None:
    """A laptop without a network would wait for a download, or get another list than the one tested."""
    program = (
        "import sys\n"
        "sys.addaudithook(lambda event, _: sys.exit('touched ' + event) if event.startswith('socket.') else None)\n"
        "from rules import england\n"
        "england().open_days\n"
        "assert 'requests' not in sys.modules and 'govuk_bank_holidays.bank_holidays' not in sys.modules\n"
        "print('ok')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.strip() == "ok", done.stderr


def test_thirteen_months_of_holidays_are_left_after_the_newest_commit() -> None:
    """Reviews six or twelve months ahead would be refused before anyone noticed that the list runs out.

    Held against the newest commit, not against today, so that an old checkout still passes.
    """
    done = subprocess.run(["git", "log", "-1", "--format=%cs"], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode or not done.stdout.strip():
        skip("this copy has no history, so the age of its list cannot be told")
    newest = date.fromisoformat(done.stdout.strip())
    left = england().known_to
    assert left >= newest + relativedelta(months=13), f"known to {left}: take a newer govuk-bank-holidays"
