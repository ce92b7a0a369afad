"""What tests of casework stand on: the real rules, a team, a desk on each database, and files made in the test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.answers.dates import LONDON
from bot.casework.vocabulary import Vocabulary
from bot.commands.office import Office
from bot.store import Store, teams
from bot.store.cases import CaseEvent, StoredCase
from bot.store.teams import Team
from rules import RuleBook, england

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=LONDON)
Table = Iterable[Sequence[object]]


@pytest.fixture(scope="session")
def book() -> RuleBook:
    """The shipped rules."""
    return RuleBook.load()


@pytest.fixture(scope="session")
def words(book: RuleBook) -> Vocabulary:
    """York's events."""
    return Vocabulary(book, "york")


@pytest.fixture(scope="session")
def knowing(book: RuleBook) -> Office:
    """The rules and the calendar, and a database that no test of pure functions may touch."""
    return desk_of(Store("postgresql://nobody@127.0.0.1:1/none"), book)


def desk_of(store: Store, book: RuleBook) -> Office:
    """A desk on 25 November 2026."""
    return Office(store, book, england(), NOW, "cli:test", "en-GB")


@pytest.fixture
def desk(store: Store, book: RuleBook) -> Office:
    """A desk on each of the two databases."""
    return desk_of(store, book)


@pytest.fixture
def team(desk: Office) -> Team:
    """An invented team of York's."""
    with desk.store.write() as connection:
        return teams.save(connection, "C0RIVERBANK", "Riverbank Team", "york", NOW)


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Make a real workbook of rows."""

    def make(rows: Table, name: str = "cases.xlsx", title: str = "Sheet") -> Path:
        made = Workbook()
        sheet = made.active
        assert sheet is not None
        sheet.title = title
        for row in rows:
            sheet.append(list(row))
        made.save(tmp_path / name)
        return tmp_path / name

    return make


def case_of(*events: tuple[str, str], ref: str = "YK-0417", **facts: object) -> StoredCase:
    """An invented case with events on days written in ISO."""
    happened = sorted((CaseEvent(name, date.fromisoformat(day)) for name, day in events), key=lambda one: one.on)
    return StoredCase(1, ref, 1, "york", "U0WREN", None, dict(facts), tuple(happened))
