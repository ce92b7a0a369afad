"""Rows that can be kept, and what could be read of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.casework.rows import Problem
from rules.due import Fact


@dataclass(frozen=True)
class Entry:
    """One row that can be kept. `ref` is in capitals; `event` None: the row only says that there is such a case."""

    row: int
    ref: str
    event: str | None = None
    on: date | None = None
    at: datetime | None = None
    worker: str | None = None
    closed: date | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What could be read of a file: entries to keep, what is wrong with the rest, and rows left aside on purpose."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    ignored: int = 0

    @property
    def bad_rows(self) -> int:
        """How many rows cannot be kept."""
        return len({problem.row for problem in self.problems})
