"""Days and times in cells: read for certain, or refused with what to do."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from bot.casework.days import Unclear, read_clock, read_day
from bot.casework.rows import Cell
from tests.bot.casework.conftest import TODAY


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ("2026-04-02", None),
        ("02/04/2026", None),
        ("2.4.2026", None),
        ("2/4/26", None),
        ("2 April 2026", None),
        ("2nd of April 2026", None),
        ("Thu 2 Apr 2026", None),
        ("02-Apr-2026", None),
        (date(2026, 4, 2), None),
        (datetime(2026, 4, 2), None),
        (datetime(2026, 4, 2, 16, 30), time(16, 30)),
        ("2026-04-02T16:30", time(16, 30)),
        ("2026-04-02 16:30:00", time(16, 30)),
        ("02/04/2026 16:30", time(16, 30)),
    ],
)
def test_the_ways_systems_write_a_day(cell: Cell, clock: time | None) -> None:
    """An export that must be rewritten by hand is not imported."""
    assert read_day(cell, TODAY, "en-GB") == (date(2026, 4, 2), clock)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("31/06/2026", "there is no 31 June"),
        ("29 February 2026", "there is no 29 February"),
        ("04/13/2026", "day first"),
        ("Mon 2 April 2026", "is a Thursday"),
        ("yesterday", "is not a date"),
        ("2 April", "is not a date"),
        ("April 2026", "is not a date"),
        ("46114", "is a number, not a date"),
        (46114.0, "is a number, not a date"),
        ("#N/A", "is not a date"),
        ("2 April 2026 and 3 April 2026", "is not a date"),
        ("0000-00-00", "there is no"),
        (True, "is not a date"),
    ],
)
def test_what_is_not_certainly_a_day_is_refused(cell: Cell, says: str) -> None:
    """A day that was guessed is a wrong due date that nobody sees."""
    with pytest.raises(Unclear) as fault:
        read_day(cell, TODAY, "en-GB")
    assert says in str(fault.value)
    assert fault.value.todo


def test_a_day_that_reads_two_ways_is_asked_back_outside_england() -> None:
    """3 April and 4 March are a month apart."""
    with pytest.raises(Unclear, match="could be 3 April or 4 March"):
        read_day("03/04/2026", TODAY, None)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("16:30", "2026-04-02T16:30:00+01:00"),
        ("4.30pm", "2026-04-02T16:30:00+01:00"),
        ("16:30:15", "2026-04-02T16:30:15+01:00"),
        (time(9), "2026-04-02T09:00:00+01:00"),
        ("2026-04-02T15:30:00+00:00", "2026-04-02T16:30:00+01:00"),
    ],
)
def test_a_time_of_day_is_londons(cell: Cell, moment: str) -> None:
    """An hour's difference is a missed 24 hour limit."""
    assert read_clock(cell, date(2026, 4, 2)).isoformat() == moment


@pytest.mark.parametrize(
    ("cell", "on", "says"),
    [
        ("01:30", date(2026, 3, 29), "the clocks went forward"),
        ("25:00", date(2026, 4, 2), "is not a time"),
        ("soon", date(2026, 4, 2), "is not a time"),
        ("2026-04-03T10:00:00+01:00", date(2026, 4, 2), "the time is of Fri 3 Apr 2026"),
        ("2026-04-02T10:00:00", date(2026, 4, 2), "is not a time"),
    ],
)
def test_an_hour_that_was_not_is_refused(cell: Cell, on: date, says: str) -> None:
    """No deadline hangs on an hour that never was."""
    with pytest.raises(Unclear, match=says):
        read_clock(cell, on)


def test_of_an_hour_that_comes_twice_the_first_is_taken() -> None:
    """A limit counted from the second would end an hour late."""
    assert read_clock("01:30", date(2026, 10, 25)).isoformat() == "2026-10-25T01:30:00+01:00"
