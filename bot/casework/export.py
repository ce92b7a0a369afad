"""A team's cases as rows that `signpost cases import` takes again: an event a row, in CSV, a workbook or JSON lines.

No cell can be taken for a formula: what begins like one is put behind an apostrophe, which the import takes off again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from bot.answers.dates import LONDON
from bot.casework.raw import OWN
from bot.casework.rows import Cell, as_text
from bot.casework.sheets import guarded
from bot.store.cases import CaseEvent, StoredCase

FORMATS = ("csv", "jsonl", "xlsx")
Record = dict[str, Cell]


def records(cases: Iterable[StoredCase]) -> Iterator[Record]:
    """Yield a record an event, in the order of cases and days; a case without events gives one.

    Dates are dates; a time of day is London's, or the whole moment where the clock reads that hour twice.

    >>> case = StoredCase(1, "YK-0417", 1, "york", "U0WREN", None, {}, (CaseEvent("icpc_held", date(2026, 4, 2)),))
    >>> [{name: as_text(cell) for name, cell in record.items()} for record in records([case])]
    [{'ref': 'YK-0417', 'event': 'icpc_held', 'date': '2026-04-02', 'worker': 'U0WREN'}]
    """
    for case in cases:
        of_case: Record = {"worker": case.worker, "closed": case.closed, **case.facts}
        for event in case.events or (None,):
            happened: Record = {"ref": case.ref}
            if event:
                happened |= {"event": event.event, "date": event.on, "time": clock_of(event)}
            yield {name: cell for name, cell in (happened | of_case).items() if cell is not None}


def clock_of(event: CaseEvent) -> str | None:
    """Return an event's hour so that it is read as the same moment again."""
    if event.at is None:
        return None
    for spelling in ("%H:%M", "%H:%M:%S"):
        text = event.at.astimezone(LONDON).strftime(spelling)
        if datetime.combine(event.on, datetime.strptime(text, spelling).time(), LONDON) == event.at:
            return text
    return event.at.isoformat()


def columns_of(rows: Sequence[Record]) -> list[str]:
    """Return the columns of a table: the known ones, then the facts that occur, by name."""
    facts = {name for row in rows for name in row} - set(OWN)
    return [*OWN, *sorted(facts)]


def as_csv(cases: Iterable[StoredCase]) -> str:
    """Return the cases as CSV."""
    rows = [*records(cases)]
    columns = columns_of(rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(as_text(row.get(column))) for column in columns])
    return out.getvalue()


def as_jsonl(cases: Iterable[StoredCase]) -> str:
    """Return the cases as JSON lines, facts in an object of their own."""
    lines = []
    for row in records(cases):
        plain: dict[str, Any] = {name: _plain(cell) for name, cell in row.items() if name in OWN}
        facts = {name: _plain(cell) for name, cell in row.items() if name not in OWN}
        lines.append(json.dumps(plain | ({"facts": facts} if facts else {}), ensure_ascii=False) + "\n")
    return "".join(lines)


def _plain(cell: Cell) -> str | int | float | bool | None:
    return cell if cell is None or isinstance(cell, str | int | float | bool) else cell.isoformat()


def as_xlsx(cases: Iterable[StoredCase]) -> bytes:
    """Return the cases as a workbook of one sheet, its dates real dates, its headings frozen."""
    rows = [*records(cases)]
    columns = columns_of(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("cases")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns):
        sheet.column_dimensions[chr(ord("A") + number)].width = max(12, len(column) + 2) if number < 26 else 12
    sheet.append(columns)
    for row in rows:
        sheet.append([_workbook_cell(sheet, row.get(column)) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _workbook_cell(sheet: Any, cell: Cell) -> Any:  # noqa: ANN401  # of openpyxl
    if isinstance(cell, date):
        dated = WriteOnlyCell(sheet, datetime.combine(cell, time.min))
        dated.number_format = "yyyy-mm-dd"
        return dated
    made = WriteOnlyCell(sheet, guarded(as_text(cell)) if cell is not None else None)
    if cell is not None:
        made.data_type = "s"  # text, whatever it begins with
    return made
