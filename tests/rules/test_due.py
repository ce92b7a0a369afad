"""One rule's date at its corners: which start, which version, the n-th date, what is asked, and other readings."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rules import BeyondHorizon, Due, MissingFact, NoNumber, NotInForce, RulesError, Version, Within, due, england
from rules.due import Fact, read_moment
from tests.rules.build import make_rule, make_version

VISIT = make_rule("york.cp-visit.next", {"every": 20, "unit": "days"}, starts=["cp_visit_held", "cp_plan_agreed"])
HOURS = make_rule("york.missing.interview", {"within": 72, "unit": "hours"}, starts="missing_found")
AGE = make_rule(
    "york.pathway.plan",
    starts="born",
    versions=[
        make_version({"at_age": {"years": 17}}, "2026-01-01"),
        make_version({"at_age": {"years": 16}}, "2020-01-01"),
        make_version({"at_age": {"years": 15}}, "2018-01-01"),
    ],
)


def read_again(unclear: list[dict[str, object]], limit: dict[str, object], start: date, n: int = 1) -> Due:
    """Return the date of a rule whose words can be read in other ways."""
    return due(make_rule(limit=limit, unclear=unclear), {"icpc_held": start}, england(), n)


@pytest.mark.parametrize(
    ("visit", "agreed", "event"),
    [
        (date(2026, 5, 1), date(2026, 6, 1), "cp_plan_agreed"),
        (date(2026, 6, 1), date(2026, 5, 1), "cp_visit_held"),
        (date(2026, 6, 1), datetime(2026, 5, 1, 10), "cp_visit_held"),
        (date(2026, 6, 1), datetime(2026, 6, 1, 10), "cp_plan_agreed"),  # on one day the one with a time
        (datetime(2026, 6, 1, 16), datetime(2026, 6, 1, 10), "cp_visit_held"),
        (datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 10), "cp_plan_agreed"),
    ],
)
def test_the_latest_start_is_the_later_by_the_calendar_and_the_clock(visit: date, agreed: date, event: str) -> None:
    """The next visit would be counted from the one before last, or from whichever name comes first."""
    found = due(VISIT, {"cp_visit_held": visit, "cp_plan_agreed": agreed}, england())
    assert found.start_event == event


def test_a_start_without_words_of_its_own_is_asked_for_by_its_name() -> None:
    """A rule whose event has no words yet would be asked for in a programmer's spelling."""
    with pytest.raises(MissingFact, match=r"^On what day was this: icpc held\?$"):
        due(make_rule(), {}, england())


def test_a_day_in_iso_is_a_day_and_no_midnight() -> None:
    """Hours would be counted from a midnight that nobody wrote down."""
    assert type(read_moment("2026-04-02")) is date
    with pytest.raises(MissingFact, match=r"^At what time of day was this: missing found\?$") as missing:
        due(HOURS, {"missing_found": "2026-04-02"}, england())
    assert (missing.value.rule_id, missing.value.event) == ("york.missing.interview", "missing_found")


def test_hours_past_the_end_of_all_calendars_are_refused() -> None:
    """A typing slip in a year would end in a crash instead of a sentence."""
    with pytest.raises(BeyondHorizon, match="known from 1 January 2012"):
        due(HOURS, {"missing_found": datetime(9999, 12, 30, 12)}, england())


@pytest.mark.parametrize(
    ("limit", "start", "n", "end"),
    [
        ({"every": 6, "unit": "months"}, date(2026, 3, 31), 2, "2027-03-31"),
        ({"every": 24, "unit": "hours"}, datetime(2026, 7, 1, 9), 1, "2026-07-02T09:00:00+01:00"),
        ({"every": 24, "unit": "hours"}, datetime(2026, 7, 1, 9), 3, "2026-07-04T09:00:00+01:00"),
    ],
)
def test_the_nth_date_and_its_number(limit: dict[str, object], start: Fact, n: int, end: str) -> None:
    """The third check of the day after tomorrow would be given as tomorrow's."""
    found = due(make_rule(limit=limit), {"icpc_held": start}, england(), n)
    assert ((found.at or found.on).isoformat(), found.n) == (end, n)


def test_every_refusal_names_its_rule() -> None:
    """A manager who is told that there is no date could not look up which rule says so."""
    word = make_rule("york.plan.word", {"none": "once"}, {"wording": "promptly"})
    with pytest.raises(NoNumber) as refusal:
        due(word, {"icpc_held": date(2026, 4, 2)}, england())
    assert (refusal.value.rule_id, refusal.value.wording) == ("york.plan.word", "promptly")
    with pytest.raises(RulesError, match=r"^n is the how-many-th date: give 1 or more\.$"):
        due(VISIT, {"cp_visit_held": date(2026, 4, 2)}, england(), 0)


@pytest.mark.parametrize(
    ("born", "on"),
    [
        (date(2009, 1, 1), date(2026, 1, 1)),  # 17 on the first day of the newest version
        (date(2008, 12, 31), date(2024, 12, 31)),  # 17 a day too early for it, so 16
        (date(2004, 1, 1), date(2020, 1, 1)),
        (date(2003, 12, 31), date(2018, 12, 31)),
        (date(2003, 1, 1), date(2018, 1, 1)),
    ],
)
def test_the_first_day_of_a_version_belongs_to_it(born: date, on: date) -> None:
    """A child who reaches the age on the day of the change would be held to the old law."""
    assert due(AGE, {"born": born}, england()).on == on


def test_an_age_before_the_first_version_says_when_that_began() -> None:
    """The refusal would name a day of some other version, or the child's birthday."""
    with pytest.raises(NotInForce) as refusal:
        due(AGE, {"born": date(2000, 5, 1)}, england())
    assert str(refusal.value) == (
        "york.pathway.plan was not in force on 1 May 2000: its first version begins on 1 January 2018,"
        " so there is no date."
    )


def test_an_age_that_an_older_version_left_without_a_number() -> None:
    """A version that gives no age decides nothing for a birthday that another version covers."""
    rule = make_rule(
        starts="born",
        versions=[
            make_version({"at_age": {"years": 16}}, "2015-01-01"),
            make_version({"none": "once"}, "2012-01-01", wording="in good time"),
            make_version({"at_age": {"years": 17}}, None),
        ],
    )
    assert due(rule, {"born": date(2008, 2, 29)}, england()).on == date(2024, 2, 29)
    assert due(rule, {"born": date(1994, 1, 1)}, england()).on == date(2011, 1, 1)


def test_each_reading_keeps_its_reason_whatever_stands_before_it() -> None:
    """A second reading, with the earlier date, would be lost behind a first that has none."""
    unclear: list[dict[str, object]] = [
        {"what": "start", "why": "No start is named."},
        {"what": "unit", "why": "Hours may be meant.", "other": {"within": 72, "unit": "hours"}},
        {"what": "unit", "why": "Working days may be meant.", "other": {"within": 2, "unit": "working_days"}},
    ]
    found = read_again(unclear, {"within": 3, "unit": "days"}, date(2026, 4, 13))
    assert [(one.why, one.on, one.at) for one in found.others] == [
        ("No start is named.", None, None),
        ("Hours may be meant.", None, None),
        ("Working days may be meant.", date(2026, 4, 15), None),
    ]


def test_a_reading_in_hours_keeps_its_moment() -> None:
    """The other reading would be shown as a whole day, and end that night instead of at ten."""
    unclear: list[dict[str, object]] = [{"what": "amount", "why": "?", "other": {"within": 48, "unit": "hours"}}]
    found = read_again(unclear, {"within": 24, "unit": "hours"}, datetime(2026, 4, 13, 10))
    (other,) = found.others
    assert other.at is not None
    assert (other.on, other.at.isoformat()) == (date(2026, 4, 15), "2026-04-15T10:00:00+01:00")


@pytest.mark.parametrize(("n", "on"), [(1, date(2026, 9, 2)), (2, date(2027, 2, 2))])
def test_another_reading_of_what_comes_again_is_of_the_same_time_round(n: int, on: date) -> None:
    """The second review would be shown beside the other reading's first."""
    unclear: list[dict[str, object]] = [{"what": "amount", "why": "?", "other": {"every": 5, "unit": "months"}}]
    found = read_again(unclear, {"every": 6, "unit": "months"}, date(2026, 4, 2), n)
    assert [one.on for one in found.others] == [on]


def test_another_reading_that_comes_once_is_not_multiplied() -> None:
    """A reading of five months in all would be told as ten beside the second review."""
    unclear: list[dict[str, object]] = [{"what": "wording", "why": "?", "other": {"within": 5, "unit": "months"}}]
    found = read_again(unclear, {"every": 6, "unit": "months"}, date(2026, 4, 2), 2)
    assert [one.on for one in found.others] == [date(2026, 9, 2)]


def test_another_reading_counts_the_start_as_its_rule_does() -> None:
    """Two readings of "beginning with" would differ by a day that neither of them means."""
    rule = make_rule(
        limit={"within": 26, "unit": "weeks"},
        version={"counts_start_day": True},
        unclear=[{"what": "amount", "why": "?", "other": {"within": 2, "unit": "weeks"}}],
    )
    found = due(rule, {"icpc_held": date(2026, 3, 2)}, england())
    assert [one.on for one in found.others] == [date(2026, 3, 15)]


def test_a_limit_made_in_code_is_taken_as_it_stands() -> None:
    """A rule put together in a test or a script would be refused as if it named no limit."""
    limit = Within(within=5, unit="days")
    data = make_version({"within": 1, "unit": "days"}, None) | {"limit": limit}
    assert Version.model_validate(data).limit == limit
