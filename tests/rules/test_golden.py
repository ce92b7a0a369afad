"""Dates that a practitioner signed off: each row of the golden tables still gives its date."""

from __future__ import annotations

import pytest

from rules import RuleBook, clock_end, due, england
from tests.rules.build import make_rule, read_table, read_when, version_in_words

ROWS = [*read_table("due.csv"), *read_table("due-edges.csv")]
COUNCILS = [
    row for name in ("york", "manchester", "halton", "leeds", "durham") for row in read_table(f"due-{name}.csv")
]


@pytest.fixture(scope="module")
def book() -> RuleBook:
    """The shipped rules."""
    return RuleBook.load()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_every_golden_row_gives_its_date(row: dict[str, str]) -> None:
    """A worker would be told another day than the one that was signed off."""
    version = version_in_words(row["limit"])
    start, expected = read_when(row["start"]), read_when(row["due"])
    end = clock_end(version.limit, start, england(), version.counts_start_day, int(row["n"]))
    assert end.isoformat() == expected.isoformat(), row["why"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_a_rule_gives_the_same_date_as_its_bare_count(row: dict[str, str]) -> None:
    """The date and its working would come from two places and could part."""
    version = version_in_words(row["limit"])
    start = "born" if row["limit"].startswith("age") else "icpc_held"
    rule = make_rule(starts=start, versions=[version.model_dump(by_alias=True)])
    found = due(rule, {start: read_when(row["start"])}, england(), int(row["n"]))
    assert (found.at or found.on).isoformat() == read_when(row["due"]).isoformat()
    last = next(line for line in found.working if "ue by" in line or "ue on" in line)
    assert f"{found.on.day} {found.on:%b %Y}" in last


@pytest.mark.parametrize("row", COUNCILS, ids=lambda row: f"{row['rule'].split('.')[0]}: {row['case']}")
def test_each_councils_own_rules_give_the_dates_worked_out_by_hand(row: dict[str, str], book: RuleBook) -> None:
    """A council's rule would say another day than its document, counted by hand, does."""
    found = book.due(row["rule"], {row["event"]: read_when(row["start"])}, england(), int(row["n"]))
    assert (found.at or found.on).isoformat() == read_when(row["due"]).isoformat(), row["why"]
