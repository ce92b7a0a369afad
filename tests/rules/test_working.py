"""The working: exact text, in its order, so that a worker can check a date by reading it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from rules import Due, EventWord, MissingFact, NoNumber, NotInForce, Rule, RulesError, due, england
from tests.rules.build import make_rule, make_version

EVENTS = {
    "icpc_held": EventWord(
        title="initial child protection conference",
        question="When was the initial child protection conference held?",
        words=("icpc",),
    ),
    "missing_found": EventWord(title="missing child's return", question="When did the child come back?"),
}


def answer(rule: Rule, start: Any, n: int = 1) -> Due:  # noqa: ANN401  # whatever a caller may hold as a fact
    """Return when *rule* is due from its first start."""
    return due(rule, {rule.starts[0]: start}, england(), n, events=EVENTS)


def test_working_days_over_easter() -> None:
    """Nobody could see why the tenth working day is the eighteenth by the calendar."""
    assert answer(make_rule(), date(2026, 4, 2)).working == (
        "Clock starts Thu 2 Apr 2026 (initial child protection conference), day 0",
        "Fri 3 Apr not counted: Good Friday",
        "Mon 6 Apr not counted: Easter Monday",
        "Due by the end of Mon 20 Apr 2026",
        "Source: Standard 4, lines 550–553",
    )


def test_working_days_into_the_next_year_name_it() -> None:
    """A holiday in January would read as one in the year that is ending."""
    rule = make_rule(limit={"within": 15, "unit": "working_days"})
    assert answer(rule, date(2026, 12, 18)).working == (
        "Clock starts Fri 18 Dec 2026 (initial child protection conference), day 0",
        "Fri 25 Dec not counted: Christmas Day",
        "Mon 28 Dec not counted: Boxing Day (substitute day)",
        "Fri 1 Jan 2027 not counted: New Year’s Day",
        "Due by the end of Wed 13 Jan 2027",
        "Source: Standard 4, lines 550–553",
    )


def test_a_shortened_month_that_ends_on_a_sunday() -> None:
    """A worker would think that the date is a slip, or that it rolls to the Monday."""
    rule = make_rule(limit={"within": 3, "unit": "months"})
    assert answer(rule, date(2026, 11, 30)).working == (
        "Clock starts Mon 30 Nov 2026 (initial child protection conference), day 0",
        "February 2027 has no 30th, so its last day stands",
        "Due by the end of Sun 28 Feb 2027",
        "That is not a working day (Sunday); the last one before it is Fri 26 Feb 2027",
        "Source: Standard 4, lines 550–553",
    )


def test_counted_back_over_easter() -> None:
    """A report would be a day late if the holidays before the conference were not told."""
    rule = make_rule(limit={"before": 3, "unit": "working_days"})
    assert answer(rule, date(2026, 4, 7)).working == (
        "Counted back from Tue 7 Apr 2026 (initial child protection conference), day 0",
        "Mon 6 Apr not counted: Easter Monday",
        "Fri 3 Apr not counted: Good Friday",
        "Due by the end of Tue 31 Mar 2026",
        "Source: Standard 4, lines 550–553",
    )


def test_hours_as_the_clocks_go_forward() -> None:
    """Nobody could see why 72 hours from nine in the evening end at ten."""
    rule = make_rule(limit={"within": 72, "unit": "hours"}, starts="missing_found")
    found = answer(rule, datetime(2026, 3, 27, 21))
    assert found.working == (
        "Clock starts Fri 27 Mar 2026 21:00 (missing child's return)",
        "The clocks go forward an hour on the way",
        "Due by Mon 30 Mar 2026 22:00",
        "Source: Standard 4, lines 550–553",
    )
    assert found.at is not None
    assert found.at.isoformat() == "2026-03-30T22:00:00+01:00"
    assert found.on == date(2026, 3, 30)


def test_the_other_reading_stands_in_the_working_with_its_date_and_why() -> None:
    """A choice made silently between days and working days is a wrong date waiting."""
    reading = {"what": "unit", "why": "The line says only days.", "other": {"within": 5, "unit": "working_days"}}
    found = answer(make_rule(limit={"within": 5, "unit": "days"}, unclear=[reading]), date(2026, 4, 2))
    assert found.working[1:] == (
        "Due by the end of Tue 7 Apr 2026",
        "It could also mean within 5 working days: Mon 13 Apr 2026. The line says only days.",
        "Source: Standard 4, lines 550–553",
    )
    assert [(other.on, other.rule_id) for other in found.others] == [(date(2026, 4, 13), None)]
    assert found.steps == found.working[:-1]


def test_what_the_text_leaves_open_without_a_number_is_told_too() -> None:
    """A worker would take a natural reading for the text's own."""
    rule = make_rule(unclear=[{"what": "start", "why": "No start is named."}])
    assert "Left open by the text: No start is named." in answer(rule, date(2026, 4, 13)).working
    assert not rule.firm


def test_the_nth_date_says_which_it_is() -> None:
    """The second review would look like the first."""
    rule = make_rule(limit={"every": 6, "unit": "months"})
    assert (
        answer(rule, date(2026, 3, 31), 2).working[-2] == "The 2nd from that start is due by the end of Wed 31 Mar 2027"
    )
    assert answer(rule, date(2026, 3, 31)).working[1] == "September 2026 has no 31st, so its last day stands"


@pytest.mark.parametrize(
    ("changes", "start", "line"),
    [
        (
            {"limit": {"at_age": {"years": 17, "months": 6}}, "starts": "born"},
            date(2008, 2, 29),
            "Due on Fri 29 Aug 2025, at the age of 17 years 6 months",
        ),
        (
            {"limit": {"lasts": 24, "unit": "hours"}},
            datetime(2026, 7, 1, 9),
            "More than 24 hours is past Thu 2 Jul 2026 09:00; this is a length of time, not a deadline",
        ),
        (
            {"limit": {"every": 1, "unit": "years", "times": 2}},
            date(2026, 4, 14),
            "Due by the end of Wed 14 Apr 2027, 2 of them",
        ),
        (
            {"limit": {"within": 26, "unit": "weeks"}, "version": {"counts_start_day": True}},
            date(2026, 3, 2),
            "Due by the end of Sun 30 Aug 2026",
        ),
    ],
)
def test_other_kinds_say_what_they_are(changes: Mapping[str, Any], start: date, line: str) -> None:
    """An age, a threshold or a pair of visits would read like an ordinary deadline."""
    assert line in answer(make_rule(**changes), start).working


def test_a_counted_start_is_called_day_one() -> None:
    """Nobody could see whether the first day is in the count."""
    rule = make_rule(limit={"within": 26, "unit": "weeks"}, version={"counts_start_day": True})
    assert answer(rule, date(2026, 3, 2)).working[0].endswith(", day 1: the text counts it")


def test_advice_is_not_given_where_the_last_working_day_is_before_the_start() -> None:
    """A worker told on a Saturday would be advised to have acted on the Friday."""
    found = answer(make_rule(limit={"within": 1, "unit": "days"}), date(2026, 4, 18))
    assert found.on == date(2026, 4, 19)
    assert found.falls_on_closed_day == "Sunday"
    assert found.working[2] == "That is not a working day (Sunday)"


def test_a_calendar_date_past_the_known_years_is_given_with_a_warning() -> None:
    """An eighteenth birthday in 2035 is certain; whether it is a bank holiday is not."""
    rule = make_rule(limit={"at_age": {"years": 18}}, starts="born")
    found = answer(rule, date(2017, 5, 7))
    assert (found.on, found.falls_on_closed_day) == (date(2035, 5, 7), None)
    assert any("published to Sun 31 Dec 2028" in line for line in found.working)


VERSIONS = [
    make_version({"within": 8, "unit": "working_days"}, "2026-04-01"),
    make_version({"within": 10, "unit": "working_days"}, "2020-01-01"),
]


def test_the_version_in_force_on_the_start_day_decides() -> None:
    """A conference held the day before a change would be given the new limit."""
    rule = make_rule(versions=VERSIONS)
    before, after = answer(rule, date(2026, 3, 31)), answer(rule, date(2026, 4, 1))
    assert (before.on, after.on) == (date(2026, 4, 16), date(2026, 4, 15))
    line = "The version in force from Wed 1 Apr 2026 decides, because the clock starts on or after that day"
    assert after.working[1] == line
    with pytest.raises(NotInForce, match="not in force on 31 December 2019"):
        answer(rule, date(2019, 12, 31))


def test_a_version_in_force_throughout_says_when_a_newer_one_took_over() -> None:
    """The old limit would be given without a word of the new one."""
    rule = make_rule(versions=[VERSIONS[0], make_version({"within": 10, "unit": "working_days"}, None)])
    line = "The version in force before Wed 1 Apr 2026 decides, because the clock starts before that day"
    assert answer(rule, date(2026, 3, 31)).working[1] == line


def test_an_age_goes_by_the_version_of_the_day_it_is_reached() -> None:
    """A child born before a change would keep the old age for eighteen years."""
    versions = [
        make_version({"at_age": {"years": 17}}, "2026-01-01"),
        make_version({"at_age": {"years": 16}}, "2020-01-01"),
    ]
    rule = make_rule(starts="born", versions=versions)
    assert answer(rule, date(2009, 6, 1)).on == date(2026, 6, 1)
    assert answer(rule, date(2005, 6, 1)).on == date(2021, 6, 1)
    with pytest.raises(NotInForce):
        answer(rule, date(1990, 1, 1))


@pytest.mark.parametrize("fact", [None, True, "early May", "02/04/2026", 20260402])
def test_a_start_that_is_not_a_date_is_asked_for(fact: object) -> None:
    """A date guessed from words that could be read two ways is a wrong date."""
    with pytest.raises(MissingFact) as missing:
        answer(make_rule(), fact)
    assert (missing.value.event, missing.value.needs_time) == ("icpc_held", False)
    assert missing.value.question == "When was the initial child protection conference held?"


@pytest.mark.parametrize("fact", ["2026-04-02", "2026-04-02T10:00", datetime(2026, 4, 2, 10)])
def test_a_start_may_be_iso_text_or_a_moment(fact: object) -> None:
    """A stored date would have to be typed again."""
    assert answer(make_rule(), fact).on == date(2026, 4, 20)


def test_an_hour_clock_asks_for_the_time_of_day() -> None:
    """Midnight taken for granted could end a clock most of a day early."""
    rule = make_rule(limit={"within": 24, "unit": "hours"})
    with pytest.raises(
        MissingFact, match="At what time of day was this: initial child protection conference"
    ) as missing:
        answer(rule, date(2026, 4, 2))
    assert missing.value.needs_time


def test_the_latest_of_several_starts_the_clock() -> None:
    """A visit clock would run from the start of the plan however often the child was seen."""
    rule = make_rule(limit={"every": 20, "unit": "days"}, starts=["cp_visit_held", "cp_plan_agreed"])
    found = due(rule, {"cp_visit_held": date(2026, 6, 1), "cp_plan_agreed": date(2026, 5, 1)}, england())
    assert (found.start_event, found.start, found.on) == ("cp_visit_held", date(2026, 6, 1), date(2026, 6, 21))
    assert found.working[0] == "Clock starts Mon 1 Jun 2026 (cp visit held), day 0"


def test_no_number_is_said_and_not_filled_in() -> None:
    """ "Promptly" would become a number that the document does not hold."""
    rule = make_rule(limit={"none": "recurring"}, version={"wording": "promptly"})
    with pytest.raises(NoNumber, match="only “promptly”") as refusal:
        answer(rule, date(2026, 4, 2))
    assert refusal.value.wording == "promptly"


@pytest.mark.parametrize("n", [0, -1])
def test_a_how_many_th_below_one_is_refused(n: int) -> None:
    """The nought-th review would be the day of the last one."""
    with pytest.raises(RulesError, match="give 1 or more"):
        answer(make_rule(limit={"every": 6, "unit": "months"}), date(2026, 4, 2), n)


def test_a_second_date_of_something_that_comes_once_is_refused() -> None:
    """The second core group would be given the first one's limit twice over, or once."""
    with pytest.raises(RulesError, match="comes once"):
        answer(make_rule(), date(2026, 4, 2), 2)


def test_another_reading_that_gives_no_date_is_told_without_one() -> None:
    """A reading in hours, or past the known years, would take the whole answer down with it."""
    readings = [
        {"what": "unit", "why": "Hours may be meant.", "other": {"within": 72, "unit": "hours"}},
        {"what": "unit", "why": "Working days may be meant.", "other": {"within": 900, "unit": "working_days"}},
    ]
    found = answer(make_rule(limit={"within": 3, "unit": "days"}, unclear=readings), date(2026, 4, 13))
    assert found.on == date(2026, 4, 16)
    assert found.steps[2:] == (
        "It could also mean within 72 hours. Hours may be meant.",
        "It could also mean within 900 working days. Working days may be meant.",
    )


def test_advice_names_no_working_day_where_none_is_known() -> None:
    """The first days of 2012 would be searched for a working day in 2011."""
    found = answer(make_rule(limit={"within": 1, "unit": "days"}), date(2011, 12, 31))
    assert found.working[2] == "That is not a working day (Sunday)"
