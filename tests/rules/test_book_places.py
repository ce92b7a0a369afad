"""Places of a document that set the same duty: which are told of each other, on which clock, and with which date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from rules import BadRuleFile, EventWord, RuleBook, due, england, nationally
from tests.rules.build import make_book, make_rule, make_version

A, B, C = "york.plan.one", "york.plan.two", "york.plan.three"
START = {"icpc_held": date(2026, 2, 2)}


def told(one: dict[str, Any], other: dict[str, Any], n: int = 1) -> date | None:
    """Return the date that is told of another place beside the n-th date of one."""
    book = make_book(make_rule(A, one, disagrees_with=[B]), make_rule(B, other, disagrees_with=[A]))
    (reading,) = book.due(A, START, england(), n).others
    return reading.on


def test_only_the_councils_asked_for_are_read(tmp_path: Path) -> None:
    """One council's broken file would keep another's team from its dates."""
    for council, text in (("york", "[]\n"), ("leeds", "[1")):
        (tmp_path / council).mkdir()
        (tmp_path / council / "one.yaml").write_text(text, encoding="utf-8")
    assert len(RuleBook.load(tmp_path, councils=["york"])) == 0
    with pytest.raises(BadRuleFile, match=r"^leeds/one\.yaml: "):
        RuleBook.load(tmp_path)


def test_a_place_that_repeats_another_disagrees_with_whatever_that_does() -> None:
    """Asked on the page that repeats the ten days, nobody would hear of the five days elsewhere."""
    one = make_rule(A, disagrees_with=[B])
    two = make_rule(B, {"within": 5, "unit": "days"}, disagrees_with=[A, C])
    again = make_rule(C, restates=A)
    book = make_book(one, two, again)
    assert book.disagreeing(again) == (two,)
    assert book.disagreeing(two) == (one, again)
    assert make_book(one, again).disagreeing(again) == ()  # a book without that rule is no error
    back = make_rule(A, disagrees_with=[B, C])
    assert make_book(back, two, again).disagreeing(again) == (two,)  # nothing disagrees with itself


@pytest.mark.parametrize(
    ("one", "other", "on"),
    [
        ({"within": 10, "unit": "days"}, {"by_day": 5, "unit": "days"}, date(2026, 2, 7)),
        ({"by_day": 5, "unit": "days"}, {"within": 10, "unit": "days"}, date(2026, 2, 12)),
        ({"within": 10, "unit": "days"}, {"lasts": 5, "unit": "days"}, date(2026, 2, 7)),
        ({"lasts": 5, "unit": "days"}, {"within": 10, "unit": "days"}, date(2026, 2, 12)),
        ({"within": 10, "unit": "days"}, {"before": 5, "unit": "days"}, None),
        ({"by_day": 10, "unit": "days"}, {"every": 5, "unit": "days"}, None),
        ({"every": 5, "unit": "days"}, {"lasts": 10, "unit": "days"}, None),
    ],
)
def test_places_on_the_same_kind_of_clock_are_told_with_their_date(
    one: dict[str, Any], other: dict[str, Any], on: date | None
) -> None:
    """ "By day 5" beside "within 10 days" would be told without its date; a day counted back, with a wrong one."""
    assert told(one, other) == on


def test_the_nth_date_is_told_beside_the_others_nth() -> None:
    """The second review would be shown beside the other page's first."""
    assert told({"every": 6, "unit": "months"}, {"every": 5, "unit": "months"}, 2) == date(2026, 12, 2)


def test_a_place_that_comes_once_is_told_beside_one_that_came_again_until_it_was_changed() -> None:
    """Looking back at a second review would fail because both pages have since made it a single one."""
    versions = [
        make_version({"within": 10, "unit": "days"}, "2026-06-01"),
        make_version({"every": 10, "unit": "days"}, None),
    ]
    one = make_rule(A, versions=versions, disagrees_with=[B])
    book = make_book(one, make_rule(B, {"within": 5, "unit": "days"}, disagrees_with=[A]))
    found = book.due(A, START, england(), 2)
    assert (found.on, [other.on for other in found.others]) == (date(2026, 2, 22), [date(2026, 2, 7)])


def test_the_earlier_of_the_nth_dates_leads() -> None:
    """From 1 February a month ends before thirty days do; by the sixth time round it is the other way about."""
    book = make_book(
        make_rule(A, {"every": 1, "unit": "months"}, disagrees_with=[B]),
        make_rule(B, {"every": 30, "unit": "days"}, disagrees_with=[A]),
    )
    start = {"icpc_held": date(2026, 2, 1)}
    assert [book.headline(A, start, england(), n).rule_id for n in (1, 6)] == [A, B]
    assert book.headline(A, start, england(), 6).on == date(2026, 7, 31)


def test_a_place_on_another_clock_hides_none_of_those_after_it() -> None:
    """The five days on page three would not lead because page two counts back from a booked day."""
    book = make_book(
        make_rule(A, disagrees_with=[B, C]),
        make_rule(B, {"before": 2, "unit": "days"}, disagrees_with=[A]),
        make_rule(C, {"within": 5, "unit": "days"}, disagrees_with=[A]),
    )
    assert book.headline(A, START, england()).rule_id == C


def test_another_place_says_what_it_said_on_that_day() -> None:
    """A conference of last year would be held against another page's new number."""
    versions = [
        make_version({"within": 3, "unit": "days"}, "2026-06-01"),
        make_version({"within": 5, "unit": "days"}, None),
    ]
    book = make_book(make_rule(A, disagrees_with=[B]), make_rule(B, versions=versions, disagrees_with=[A]))
    assert book.due(A, START, england()).steps[-1] == "Another place says within 5 days (lines 550–553): Sat 7 Feb 2026"


def test_another_place_in_hours_keeps_its_moment() -> None:
    """The other page's noon would be shown as midnight."""
    hours = ({"within": 24, "unit": "hours"}, {"within": 48, "unit": "hours"})
    book = make_book(make_rule(A, hours[0], disagrees_with=[B]), make_rule(B, hours[1], disagrees_with=[A]))
    (other,) = book.due(A, {"icpc_held": datetime(2026, 7, 1, 12)}, england()).others
    assert other.at is not None
    assert (other.on, other.at.isoformat()) == (date(2026, 7, 3), "2026-07-03T12:00:00+01:00")


def test_the_book_names_events_in_its_own_words() -> None:
    """A worker would read "icpc held" where the library says "initial child protection conference"."""
    title = "initial child protection conference"
    words = {"icpc_held": EventWord(title=title, question="When was it?")}
    book = replace(make_book(make_rule(A)), events=words)
    for found in (book.due(A, START, england()), book.headline(A, START, england())):
        assert found.working[0] == f"Clock starts Mon 2 Feb 2026 ({title}), day 0"


LAW = "england.core-group.first"


@pytest.mark.parametrize(
    ("limit", "start", "sentence", "on", "at"),
    [
        (
            {"within": 10, "unit": "days"},
            date(2026, 2, 2),
            "Nationally within 10 days (lines 550–553): Thu 12 Feb 2026",
            date(2026, 2, 12),
            None,
        ),
        (
            {"within": 24, "unit": "hours"},
            datetime(2026, 7, 1, 12),
            "Nationally within 24 hours (lines 550–553): Thu 2 Jul 2026 12:00",
            date(2026, 7, 2),
            "2026-07-02T12:00:00+01:00",
        ),
    ],
)
def test_what_the_law_says_beside_a_local_rule(
    limit: dict[str, Any], start: date, sentence: str, on: date, at: str | None
) -> None:
    """The day that the law sets would be missing, or lose its hour or its source."""
    rule = make_rule(LAW, limit)
    found = nationally(rule, due(rule, {"icpc_held": start}, england()))
    assert (found.sentence, found.on, found.at.isoformat() if found.at else None) == (sentence, on, at)
    assert (found.why, found.rule_id) == ("Standard 4, lines 550–553", LAW)
    bare = nationally(rule, None)
    assert (bare.sentence, bare.on, bare.at) == (sentence.split(": ")[0], None, None)
    assert (bare.why, bare.rule_id) == ("Standard 4, lines 550–553", LAW)


def test_what_the_law_says_without_a_number_is_quoted() -> None:
    """ "As soon as practicable" would be told as "no number given"."""
    rule = make_rule(LAW, {"none": "once"}, {"wording": "as soon as practicable"})
    assert nationally(rule, None).sentence == "Nationally “as soon as practicable” (lines 550–553)"


def test_the_law_of_the_day_is_told_and_not_the_newest() -> None:
    """A conference of last year would be held against a limit that came later."""
    versions = [
        make_version({"within": 3, "unit": "days"}, "2026-06-01"),
        make_version({"within": 5, "unit": "days"}, None),
    ]
    rule = make_rule(LAW, versions=versions)
    assert nationally(rule, due(rule, START, england())).sentence.startswith("Nationally within 5 days ")
    assert nationally(rule, None).sentence.startswith("Nationally within 3 days ")
