"""A file as columns and rows, whatever its kind: CSV, a spreadsheet, JSON lines. Limits hold before anything is read.

What cannot be opened ends in one sentence. Formulas are never worked out: in CSV they are text, in a spreadsheet the
value is read that the spreadsheet program last saw.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.casework.rows import Cell, Problem, Row, Sheet, UnreadableFile, folded
from bot.casework.workbook import MOST_CELL, MOST_COLUMNS, MOST_ROWS, workbook_rows
from bot.messages import casefiles as say

MOST_BYTES = 25 * 1024 * 1024
GUARD = "'"
RISKY = ("=", "+", "-", "@", "\t", "\r", GUARD)  # what may be taken for a formula, and the guard itself

Tick = Callable[[], None]


def read_sheet(path: Path, sheet: str | None = None, header_row: int = 1, tick: Tick = lambda: None) -> Sheet:
    """Return the rows of a .csv, .xlsx or .jsonl file; *tick* is called once a row.

    *sheet* names the sheet of a workbook (default: the first); *header_row* is where the headings stand.

    Raises:
        UnreadableFile: missing, empty, too large, damaged, or of another kind than its name says.
    """
    kind = path.suffix.lower()
    if kind not in (".csv", ".xlsx", ".jsonl"):
        raise UnreadableFile(say.wrong_kind(path.name))
    data = _bytes(path)
    if kind == ".xlsx":
        return _table(path, workbook_rows(path.name, data, sheet), header_row, tick)
    text = _text(path.name, data)
    if kind == ".jsonl":
        return _objects(path.name, text, tick)
    return _table(path, _csv_rows(path.name, text), header_row, tick)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFile(say.too_large(path.name, MOST_BYTES // 1024 // 1024))
        data = path.read_bytes()
    except OSError as fault:
        raise UnreadableFile(say.cannot_open(path.name, fault.strerror or str(fault))) from fault
    if not data.strip():
        raise UnreadableFile(say.empty_file(path.name))
    return data


def _text(name: str, data: bytes) -> str:
    """Decode UTF-8 (with or without its mark), what Excel calls Unicode text, or the old Windows encoding."""
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")):
        raise UnreadableFile(say.not_text(name))
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile(say.not_text(name))


def _csv_rows(name: str, text: str) -> Iterator[list[Cell]]:
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True):
            yield [*cells]
    except csv.Error as fault:
        raise UnreadableFile(say.bad_csv(name, str(fault))) from fault


def _delimiter(text: str) -> str:
    """Return what separates the cells of the headings: the commonest candidate outside quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(",;\t|", key=outside.count)


def unguarded(cell: str) -> str:
    """Return a cell without the mark that an export puts before what could be taken for a formula.

    >>> unguarded("'-12"), unguarded("O'Sample")
    ('-12', "O'Sample")
    """
    return cell[1:] if cell.startswith(GUARD) and cell[1:2] in RISKY else cell


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula.

    >>> guarded("=1+1"), guarded("YK-0417")
    ("'=1+1", 'YK-0417')
    """
    return GUARD + cell if cell.startswith(RISKY) else cell


def _table(path: Path, lines: Iterable[list[Cell]], header_row: int, tick: Tick) -> Sheet:
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in enumerate(lines, 1):
        if number < header_row:
            continue
        if number == header_row:
            columns = _headings(path.name, cells)
            continue
        tick()
        _within(path.name, len(rows))
        plain = (unguarded(cell) if isinstance(cell, str) else cell for cell in cells)
        row = Row(number, {name: cell for name, cell in zip(columns, plain, strict=False) if name and _holds(cell)})
        extra = [cell for cell in cells[len(columns) :] if _holds(cell)]
        if extra:
            problems.append(Problem(number, say.THE_ROW, say.too_many_cells(len(extra)), say.quote_the_cell()))
        elif row.cells:
            problems += _long_cells(row)
            rows.append(row)
    if not columns or not (rows or problems):
        raise UnreadableFile(say.no_rows(path.name))
    return Sheet(columns, tuple(rows), tuple(problems))


def _headings(name: str, cells: list[Cell]) -> tuple[str, ...]:
    columns = tuple(" ".join(str(cell).split()) if _holds(cell) else "" for cell in cells)
    if not any(columns):
        raise UnreadableFile(say.no_headings(name))
    if len(columns) > MOST_COLUMNS:
        raise UnreadableFile(say.too_many_columns(name, MOST_COLUMNS))
    known = [folded(column) for column in columns if column]
    twice = next((column for column in columns if column and known.count(folded(column)) > 1), None)
    if twice:
        raise UnreadableFile(say.heading_twice(name, twice))
    return columns


def _holds(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _long_cells(row: Row) -> Iterator[Problem]:
    for name, cell in row.cells.items():
        if isinstance(cell, str) and len(cell) > MOST_CELL:
            yield Problem(row.number, name, say.cell_long(len(cell), MOST_CELL), say.shorten_cell())


def _within(name: str, count: int) -> None:
    if count >= MOST_ROWS:
        raise UnreadableFile(say.too_many_rows(name, MOST_ROWS))


def _objects(name: str, text: str, tick: Tick) -> Sheet:
    """JSON lines: an object a line; an object under "facts" is laid beside the rest."""
    rows: list[Row] = []
    columns: dict[str, None] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        tick()
        _within(name, len(rows))
        found = _object(line)
        if found is None:
            problems.append(Problem(number, say.THE_ROW, say.not_an_object(), say.write_object()))
            continue
        cells = {key: value for key, value in found.items() if _holds(value)}
        columns |= dict.fromkeys(cells)
        rows.append(Row(number, cells))
        problems += _long_cells(rows[-1])
    if not rows and not problems:
        raise UnreadableFile(say.no_rows(name))
    if len(columns) > MOST_COLUMNS:
        raise UnreadableFile(say.too_many_columns(name, MOST_COLUMNS))
    return Sheet(tuple(columns), tuple(rows), tuple(problems))


def _object(line: str) -> dict[str, Cell] | None:
    """Return a flat object of plain values, or None where the line is anything else."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    facts = found.pop("facts", {})
    if not isinstance(facts, dict) or set(facts) & set(found):
        return None
    found |= facts
    return found if all(isinstance(value, str | int | float | bool | None) for value in found.values()) else None
