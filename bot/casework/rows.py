"""What a file is made of once it is open: named columns, numbered rows, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

Cell = str | int | float | bool | date | datetime | time | None


class UnreadableFile(Exception):
    """A file that cannot be taken at all; its text is one sentence that says why and what to do."""


@dataclass(frozen=True, order=True)
class Problem:
    """Why a row cannot be taken: its number as a spreadsheet shows it, the column, what is wrong and what to do.

    >>> str(Problem(4, "date", "there is no 31 June", "correct the date"))
    'row 4, date: there is no 31 June; correct the date.'
    """

    row: int
    column: str
    wrong: str
    todo: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.wrong}; {self.todo}."


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it (the heading is row 1), and its cells that hold anything."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Sheet:
    """A file's columns in their order and its rows; `problems` are rows whose cells do not fit the columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def folded(text: str) -> str:
    """Return a heading or a word as it is compared: one space between words, whatever the letters' case.

    >>> folded("  Date   Completed ")
    'date completed'
    """
    return " ".join(text.split()).casefold()


def as_text(cell: Cell) -> str:
    """Return a cell as text: a number without needless decimals, None as nothing.

    >>> as_text(417.0), as_text(" YK-0417 "), as_text(None), as_text(True)
    ('417', 'YK-0417', '', 'true')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | time) else str(cell).strip()
