"""York's register holds every timescale that a careful reader of the document found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rules import Rule, RuleBook
from tests.conftest import ROOT, skip

READER = ROOT.parent / "shared" / "eval" / "york-timescales.json"


@pytest.fixture(scope="module")
def reader() -> dict[str, Any]:
    """The careful reader's list."""
    if not READER.is_file():
        skip("the reader's list is not beside the project (../shared/eval/york-timescales.json)")
    return dict(json.loads(READER.read_text(encoding="utf-8")))


def matching(row: dict[str, Any], rules: list[Rule]) -> list[Rule]:
    """Return the rules on the row's lines with its number and unit (or without a number, as it is)."""
    first, last = row["lines"]
    wanted = (row["amount"], row["unit"] if row["amount"] is not None else None)
    return [
        rule
        for rule in rules
        if rule.newest.source.lines[0] <= last
        and first <= rule.newest.source.lines[1]
        and (rule.amount, rule.unit) == wanted
    ]


def test_every_line_of_the_readers_list_is_a_rule(reader: dict[str, Any]) -> None:
    """A timescale that is in no rule is one that nobody is warned of."""
    rules = list(RuleBook.load().of("york"))
    missing = [row["id"] for row in reader["timescales"] if not matching(row, rules)]
    assert len(reader["timescales"]) == 143
    assert missing == []


def test_every_disagreement_the_reader_saw_is_recorded(reader: dict[str, Any]) -> None:
    """A number chosen silently is a wrong date waiting."""
    book = RuleBook.load()
    rules = list(book.of("york"))
    rows = {row["id"]: row for row in reader["timescales"]}
    silent = []
    for row in rows.values():
        for other in row["conflicts_with"]:
            here, there = matching(row, rules), matching(rows[other], rules)
            tied = any(two.id in one.disagrees_with for one in here for two in there)
            if not tied:
                silent.append((row["id"], other))
    assert silent == []
