"""The page that sets the councils side by side: it is what the registers say today, and every row is of one duty."""

from __future__ import annotations

from bot.side_by_side import DUTIES, markdown, rows
from corpus import Library
from rules import RuleBook
from tests.conftest import ROOT

BOOK = RuleBook.load()
LIBRARY = Library.load()
COUNCILS = {council: LIBRARY.digest(council).manifest.name for council in LIBRARY.councils}


def test_the_page_is_what_the_registers_say() -> None:
    """A number that was mended in a register would go on standing wrong on the page."""
    again = "run `signpost rules table > docs/councils.md`"
    assert (ROOT / "docs" / "councils.md").read_text(encoding="utf-8") == markdown(COUNCILS, BOOK), again


def test_every_duty_named_is_a_rule_and_stands_once() -> None:
    """A rule that was renamed would leave the page without a word."""
    names = [name for _, part in DUTIES for name in part]
    assert sorted(set(names)) == sorted(names)
    assert [name for name in names if name not in BOOK] == []


def test_a_row_shows_every_place_of_a_document_that_disagrees_with_itself() -> None:
    """The table would choose silently between two numbers."""
    (row,) = rows(["york.core-group.first"], ["manchester"], BOOK)
    assert [limit for limit, _ in row.cells[0].limits] == ["10 working days", "10 days"]


def test_silence_is_shown_as_silence() -> None:
    """An empty cell filled from another council's document would be a lie."""
    (row,) = rows(["york.recording.significant-events"], ["nowhere"], BOOK)
    assert row.cells[0].limits == ()
