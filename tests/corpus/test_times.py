"""Time words are found as the documents write them, so that no timescale is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.rulebook import unregistered
from corpus import Library, time_expressions
from rules import RuleBook


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("within ten working days of", "ten working days"),
        ("a maximum of 45 days", "45 days"),
        ("at 15 ¾ years", "15 ¾ years"),
        ("within 24hours", "24hours"),
        ("28 day (20 wd) review", "28 day"),
        ("every six weeks", "six weeks"),
        ("once a year", "a year"),
        ("must meet monthly", "monthly"),
        ("By day 5 the", "day 5"),
        ("should be seen as soon as a case", "as soon as"),
        ("told immediately", "immediately"),
    ],
)
def test_each_way_of_saying_it(text: str, words: str) -> None:
    """One form that is not seen is a limit nobody registers."""
    assert words in [one.words for one in time_expressions([text])]


@pytest.mark.parametrize("text", ["day to day work", "the 7 standards", "a monthlong tour", "Section 47", "page 12"])
def test_what_is_no_time(text: str) -> None:
    """A check that cries at every number is switched off."""
    assert time_expressions([text]) == []


def test_every_time_expression_of_york_is_a_rule_or_listed_as_none(york_original: Path) -> None:
    """The register is whole, held against the document itself and not against anybody's list."""
    lines = york_original.read_text(encoding="utf-8").split("\n")
    digest = Library.load().digest("york")
    assert len(time_expressions(lines)) > 90
    assert unregistered(RuleBook.load().of("york"), digest.not_duties, lines) == []
    assert unregistered((), digest.not_duties, lines) != []
