"""The log of changes: what was the law in which summer."""

from __future__ import annotations

from datetime import date

from rules import RuleBook, changes
from tests.rules.build import make_rule, make_version


def test_changes_are_told_newest_first_with_what_they_replaced() -> None:
    """A manager looking back must see which number held when, and where it stands."""
    rule = make_rule(
        title="Visit",
        versions=[
            make_version({"within": 5, "unit": "days"}, "2021-01-01"),
            make_version({"none": "once"}, "2020-04-24", wording="when it can be done"),
            make_version({"within": 10, "unit": "days"}, None),
        ],
    )
    assert [one.in_words for one in changes([rule])] == [
        "1 January 2021: Visit: within 5 days (lines 550–553); before: “when it can be done”",
        "24 April 2020: Visit: “when it can be done” (lines 550–553); before: within 10 days",
    ]
    for since in (date(2020, 12, 1), date(2021, 1, 1)):  # a change on the very day is one since then
        assert [one.on for one in changes([rule], since=since)] == [date(2021, 1, 1)]
    assert changes([rule], since=date(2021, 1, 2)) == []


def test_changes_of_one_day_are_in_the_order_of_their_rules() -> None:
    """A list that shuffles from day to day cannot be held against the one of last month."""
    version = make_version({"within": 5, "unit": "days"}, "2021-01-01")
    rules = [make_rule(name, versions=[version]) for name in ("york.plan.two", "york.plan.one")]
    assert [one.rule_id for one in changes(rules)] == ["york.plan.one", "york.plan.two"]


def test_the_summer_of_2020_stands_in_the_log() -> None:
    """Duties of that summer are judged by what was law then."""
    days = {one.on for one in changes(RuleBook.load().of("england"))}
    assert {date(2020, 4, 24), date(2020, 9, 25), date(2015, 4, 1)} <= days
