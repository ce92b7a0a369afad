"""The words of the working, kind by kind: how-many-ths, short months, changed clocks, skipped days, advice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from rules import Due, due, england
from rules.working import ordinal
from tests.rules.build import make_rule, make_version


def answer(limit: dict[str, Any], start: date, counts: bool = False) -> Due:
    """Return the date of a limit from a start."""
    return due(make_rule(limit=limit, version={"counts_start_day": counts}), {"icpc_held": start}, england())


def test_how_many_ths_are_spelt_as_people_say_them() -> None:
    """A worker who reads of the 22th or the 113rd would not trust the date beside it."""
    said = "1st 2nd 3rd 4th 10th 11th 12th 13th 20th 21st 22nd 23rd 24th 31st 101st 111th 112th 113th 121st"
    for words in said.split():
        assert ordinal(int(words[:-2])) == words


@pytest.mark.parametrize(
    ("limit", "start", "line"),
    [
        ({"within": 1, "unit": "years"}, date(2024, 2, 29), "February 2025 has no 29th, so its last day stands"),
        ({"every": 2, "unit": "months"}, date(2025, 12, 30), "February 2026 has no 30th, so its last day stands"),
        ({"before": 1, "unit": "months"}, date(2026, 3, 30), "February 2026 has no 30th, so its last day stands"),
    ],
)
def test_a_month_too_short_is_named_for_every_kind_of_limit(limit: dict[str, Any], start: date, line: str) -> None:
    """A yearly review from 29 February, or a report due back in February, would look like a slip."""
    assert answer(limit, start).steps[1] == line


@pytest.mark.parametrize(
    ("limit", "start"),
    [
        ({"within": 4, "unit": "years"}, date(2024, 2, 29)),
        ({"within": 1, "unit": "years"}, date(2024, 1, 31)),
        ({"before": 1, "unit": "months"}, date(2026, 1, 31)),  # December has a 31st; February has none
    ],
)
def test_a_month_long_enough_is_not_called_short(limit: dict[str, Any], start: date) -> None:
    """A worker would be told of a day that is missing from a month that has it."""
    assert not any("has no" in line for line in answer(limit, start).working)


def test_hours_as_the_clocks_go_back() -> None:
    """Nobody could see why 24 hours from nine in the morning end at eight."""
    found = answer({"within": 24, "unit": "hours"}, datetime(2026, 10, 24, 9))
    assert found.steps == (
        "Clock starts Sat 24 Oct 2026 09:00 (icpc held)",
        "The clocks go back an hour on the way",
        "Due by Sun 25 Oct 2026 08:00",
        "That is not a working day (Sunday)",
    )


def test_hours_between_two_changes_say_nothing_of_clocks() -> None:
    """Every hour clock would claim that the clocks change."""
    assert len(answer({"within": 24, "unit": "hours"}, datetime(2026, 7, 1, 9)).steps) == 2


@pytest.mark.parametrize(
    ("limit", "start", "counts", "skipped"),
    [
        ({"within": 1, "unit": "working_days"}, date(2026, 4, 3), False, ["Mon 6 Apr not counted: Easter Monday"]),
        (
            {"within": 1, "unit": "working_days"},
            date(2026, 4, 3),
            True,
            ["Fri 3 Apr not counted: Good Friday", "Mon 6 Apr not counted: Easter Monday"],
        ),
        ({"before": 2, "unit": "working_days"}, date(2026, 4, 2), False, []),
        ({"before": 1, "unit": "working_days"}, date(2026, 4, 6), False, ["Fri 3 Apr not counted: Good Friday"]),
        (
            {"before": 1, "unit": "working_days"},
            date(2026, 4, 6),
            True,
            ["Mon 6 Apr not counted: Easter Monday", "Fri 3 Apr not counted: Good Friday"],
        ),
    ],
)
def test_the_start_is_among_the_skipped_days_only_where_it_counts(
    limit: dict[str, Any], start: date, counts: bool, skipped: list[str]
) -> None:
    """A worker checking the count with a finger on the calendar would come out a day apart from it."""
    told = [line for line in answer(limit, start, counts).working if "not counted" in line]
    assert told == skipped


def test_the_day_itself_may_be_the_last_working_day_before() -> None:
    """Whoever hears of something on a Friday, with a day for it, would not be told to act that Friday."""
    found = answer({"within": 1, "unit": "days"}, date(2026, 4, 17))
    assert found.steps[-1] == "That is not a working day (Saturday); the last one before it is Fri 17 Apr 2026"


def test_an_age_says_that_the_day_it_is_reached_decides() -> None:
    """A worker would take the law of the year of birth to decide."""
    versions = [
        make_version({"at_age": {"years": 17}}, "2026-01-01"),
        make_version({"at_age": {"years": 16}}, None),
    ]
    rule = make_rule(starts="born", versions=versions)
    newer = due(rule, {"born": date(2009, 6, 1)}, england())
    older = due(rule, {"born": date(2005, 6, 1)}, england())
    said = "decides, because the age is reached"
    assert newer.steps[1] == f"The version in force from Thu 1 Jan 2026 {said} on or after that day"
    assert older.steps[1] == f"The version in force before Thu 1 Jan 2026 {said} before that day"
