"""The national register: evidence for every rule, its versions, and how it stands beside the councils' own."""

from __future__ import annotations

from datetime import date

import pytest

from rules import Case, Event, RuleBook, Status, due, england, obligations
from rules.due import Fact
from rules.obligations import National
from tests.rules.build import make_book, make_rule

BOOK = RuleBook.load()
NATIONAL = BOOK.of("england")
ICPC = Event("icpc_held", date(2026, 4, 2))


def test_every_national_rule_has_its_law_and_its_evidence() -> None:
    """A number from general knowledge would stand beside one that was read."""
    assert len(NATIONAL) >= 70
    for rule in NATIONAL:
        assert rule.level in ("statute", "statutory-guidance")
        for version in rule.versions:
            assert version.source.law, rule.id
            assert version.source.evidence in ("provision", "page"), rule.id
            assert version.source.lines is None


@pytest.mark.parametrize(
    ("rule", "event", "start", "on"),
    [
        ("england.core-group.first", "icpc_held", date(2026, 4, 2), date(2026, 4, 20)),
        ("england.icpc.held", "strategy_discussion_held", date(2026, 4, 1), date(2026, 4, 24)),
        ("england.icpc.held", "strategy_discussion_held", date(2026, 12, 18), date(2027, 1, 13)),
        ("england.assessment.complete", "referral_received", date(2026, 3, 2), date(2026, 5, 7)),
        ("england.cla-review.first", "looked_after_started", date(2026, 5, 2), date(2026, 6, 2)),
        ("england.referral.decision", "referral_received", date(2026, 5, 1), date(2026, 5, 5)),
        ("england.rcpc.first", "icpc_held", date(2026, 11, 30), date(2027, 2, 28)),
        ("england.proceedings.26-weeks", "care_proceedings_started", date(2026, 3, 2), date(2026, 8, 30)),
        ("england.visit.first-week", "placement_started", date(2026, 4, 7), date(2026, 4, 14)),
    ],
)
def test_the_worked_dates(rule: str, event: str, start: date, on: date) -> None:
    """Dates worked out by hand from the law; the third skips Christmas, the last but one begins with the day itself."""
    assert due(BOOK[rule], {event: start}, england()).on == on


@pytest.mark.parametrize(
    ("start", "limit"),
    [
        (date(2020, 4, 23), "every 6 weeks"),
        (date(2020, 4, 24), None),
        (date(2020, 9, 24), None),
        (date(2020, 9, 25), "every 6 weeks"),
    ],
)
def test_the_relaxations_of_2020_are_versions_of_their_own(start: date, limit: str | None) -> None:
    """A visit of that summer is judged by the law of that summer."""
    version = BOOK["england.visit.first-year"].on(start)
    assert (version.limit.in_words if version.limit.amount is not None else None) == limit


def duties(facts: dict[str, Fact], *events: Event, today: date) -> dict[str, Status]:
    """Return how each duty stands, national ones too."""
    found = obligations(Case("YK-1", "york", facts, events), BOOK, england(), today, national="all")
    return {one.rule.id: one.status for one in found}


def test_a_local_duty_shows_the_national_date_beside_it() -> None:
    """The council's number is a promise, the law's is a duty: a manager sees both."""
    case = Case("YK-1", "york", {}, (Event("looked_after_started", date(2026, 5, 2)),))
    found = {one.rule.id: one for one in obligations(case, BOOK, england(), date(2026, 5, 5))}
    first = found["york.cla-review.first"]
    assert first.due is not None
    assert any(line.startswith("Nationally within 20 working days (SI 2010/959 reg 33(1))") for line in first.due.steps)


def test_what_the_law_asks_besides_is_there_when_asked_for() -> None:
    """York's document says nothing of private fostering; the regulations do."""
    events = (Event("private_fostering_notified", date(2026, 5, 5)),)
    assert "private_fostering_notified" in BOOK.events
    found = duties({}, *events, today=date(2026, 5, 6))
    assert any(name.startswith("england.private-fostering.") for name in found)
    assert not obligations(Case("YK-1", "york", {}, events), BOOK, england(), date(2026, 5, 6))


def test_a_tied_national_rule_does_not_nag_twice() -> None:
    """One core group, one line."""
    found = duties({}, Event("icpc_held", date(2026, 4, 2)), today=date(2026, 4, 3))
    assert "york.core-group.first" in found
    assert "england.core-group.first" not in found


def test_a_placement_of_the_relaxed_summer_is_no_fault() -> None:
    """A version without a number must not stop the rest of the case from being worked out."""
    events = (Event("looked_after_started", date(2020, 5, 1)), Event("placement_started", date(2020, 5, 1)))
    assert duties({}, *events, today=date(2020, 6, 1))


HEALTH = make_rule(
    "england.health.initial", {"within": 20, "unit": "working_days"}, topic="health assessment", done_by="report_shared"
)


@pytest.mark.parametrize(
    ("local", "asked", "shown"),
    [
        ({}, "where_silent", True),  # the register knows core groups only
        ({"starts": "rcpc_held", "done_by": "report_shared"}, "where_silent", False),  # it numbers that act
        ({"starts": "rcpc_held", "done_by": "report_shared"}, "all", True),
        ({"done_by": "report_shared"}, "all", False),  # the same act from the same start: its own number stands
        ({}, "tied", False),
    ],
)
def test_where_the_council_is_silent_the_law_can_speak(local: dict[str, str], asked: National, shown: bool) -> None:
    """A council whose document says nothing of health assessments would never be reminded of one."""
    book = make_book(make_rule(**local), HEALTH)
    found = obligations(Case("YK-1", "york", {}, (ICPC,)), book, england(), date(2026, 4, 3), national=asked)
    assert ("england.health.initial" in {one.rule.id for one in found}) is shown


def test_a_local_rule_without_a_number_leaves_the_date_to_the_law() -> None:
    """A document that says "promptly" would hide the twenty working days behind it."""
    promptly = make_rule(limit={"none": "once"}, version={"wording": "promptly"}, shortens="england.health.initial")
    book = make_book(promptly, HEALTH)
    found = obligations(Case("YK-1", "york", {}, (ICPC,)), book, england(), date(2026, 4, 3), national="where_silent")
    assert [one.rule.id for one in found] == ["england.health.initial"]
