"""Rows of a file brought to one form, whatever the file's shape: an event a row, under known names, not yet judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rapidfuzz import process

from bot.casework.mapping import FactColumn, MappingFile
from bot.casework.rows import Cell, Problem, Row, Sheet, folded
from bot.messages import casefiles as say
from rules import RuleBook

OWN = ("ref", "event", "date", "time", "worker", "closed")


@dataclass(frozen=True)
class Raw:
    """One event of one row as it stands. `columns` gives the file's own heading for each name, for the report."""

    row: int
    ref: Cell
    event: Cell = None
    day: Cell = None
    clock: Cell = None
    worker: Cell = None
    closed: Cell = None
    facts: Mapping[str, Cell] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


def own_mapping(sheet: Sheet, book: RuleBook) -> tuple[MappingFile, list[Problem]]:
    """Return the mapping of a file in Signpost's own columns: those that it has, and every other one as a fact."""
    there = {folded(column): column for column in sheet.columns if column}
    facts = {name: FactColumn(column=column) for name, column in there.items() if name not in OWN}
    problems = [
        Problem(1, say.THE_HEADINGS, say.unknown_column(column), say.column_to_do(_near(name, book)))
        for name, column in there.items()
        if name in facts and name not in book.facts and name not in book.events
    ]
    mapping = MappingFile(
        ref=there.get("ref", "ref"),
        event=there.get("event", "event"),
        date=there.get("date", "date"),
        facts={name: fact for name, fact in facts.items() if name in book.facts or name in book.events},
        time=there.get("time"),
        worker=there.get("worker"),
        closed=there.get("closed"),
    )
    return mapping, problems


def _near(name: str, book: RuleBook) -> list[str]:
    found = process.extract(name, [*OWN, *book.facts], limit=2, score_cutoff=60)
    return [match[0] for match in found]


def raws(sheet: Sheet, mapping: MappingFile, optional: bool = False) -> tuple[list[Raw], list[Problem]]:
    """Return every event of every row, and the columns that should be there and are not.

    With *optional* only the reference's column must be there: JSON lines name only what they hold.
    """
    there = {folded(column): column for column in sheet.columns if column}
    wanted = [mapping.ref] if optional else mapping.columns
    problems = [
        Problem(1, say.THE_HEADINGS, say.no_column(column), say.column_needed([*there.values()]))
        for column in dict.fromkeys(wanted)
        if folded(column) not in there
    ]
    if problems:
        return [], problems
    names = {column: there.get(folded(column), column) for column in mapping.columns}
    one = _wide if mapping.shape == "wide" else _long
    return [raw for row in sheet.rows for raw in one(row, mapping, names)], []


def _long(row: Row, mapping: MappingFile, names: Mapping[str, str]) -> Iterator[Raw]:
    roles = {"event": mapping.event, "date": mapping.date, "time": mapping.time}
    cells = {role: row.cells.get(names[column]) for role, column in roles.items() if column}
    yield replace(
        _of_case(row, mapping, names),
        event=cells.get("event"),
        day=cells.get("date"),
        clock=cells.get("time"),
        columns=_headings(mapping, roles),
    )


def _wide(row: Row, mapping: MappingFile, names: Mapping[str, str]) -> Iterator[Raw]:
    shared = _of_case(row, mapping, names)
    filled = [column for column in mapping.events if names[column] in row.cells]
    for column in filled:
        hour = mapping.times.get(column)
        yield replace(
            shared,
            event=column,
            day=row.cells[names[column]],
            clock=row.cells.get(names[hour]) if hour else None,
            columns=_headings(mapping, {"event": column, "date": column, "time": hour}),
        )
    if not filled:
        yield shared


def _headings(mapping: MappingFile, roles: Mapping[str, str | None]) -> dict[str, str]:
    own = {"ref": mapping.ref, "worker": mapping.worker, "closed": mapping.closed, **roles}
    facts = {name: fact.column for name, fact in mapping.facts.items()}
    return {role: column or role for role, column in own.items()} | facts


def _of_case(row: Row, mapping: MappingFile, names: Mapping[str, str]) -> Raw:
    facts = {name: row.cells.get(names[fact.column]) for name, fact in mapping.facts.items()}
    return Raw(
        row=row.number,
        ref=row.cells.get(names[mapping.ref]),
        worker=row.cells.get(names[mapping.worker]) if mapping.worker else None,
        closed=row.cells.get(names[mapping.closed]) if mapping.closed else None,
        facts={name: cell for name, cell in facts.items() if cell is not None},
        columns=_headings(mapping, {}),
    )
