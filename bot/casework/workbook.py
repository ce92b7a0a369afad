"""A spreadsheet's rows (.xlsx), read so that a file made to do harm does none: sizes are looked at before unpacking."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.casework.rows import Cell, UnreadableFile, folded
from bot.messages import casefiles as say

MOST_ROWS = 200_000
MOST_COLUMNS = 400
MOST_CELL = 1_000  # characters
MOST_UNPACKED = 250 * 1024 * 1024
MOST_PARTS = 2_000
_OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"
_DAMAGED = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    NotImplementedError,
)


def workbook_rows(name: str, data: bytes, sheet: str | None) -> Iterator[list[Cell]]:
    """Yield the cells of each row of one sheet, empty rows too, so that rows can be counted as the program shows them.

    Raises:
        UnreadableFile: it is no such workbook, it is damaged, or it unpacks to far more than it should.
    """
    _look_before(name, data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations that openpyxl leaves aside are nothing to us
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                yield from _rows(name, book, sheet)
            finally:
                book.close()
        except _DAMAGED as fault:
            raise UnreadableFile(say.damaged_workbook(name)) from fault


def _look_before(name: str, data: bytes) -> None:
    if data.startswith(_OLD_SPREADSHEET):
        raise UnreadableFile(say.old_or_locked(name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise UnreadableFile(say.not_a_workbook(name)) from fault
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableFile(say.unpacks_too_large(name, MOST_UNPACKED // 1024 // 1024))
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnreadableFile(say.not_a_workbook(name))


def _rows(name: str, book: Any, sheet: str | None) -> Iterator[list[Cell]]:  # noqa: ANN401  # of openpyxl, untyped here
    sheets = {folded(one.title): one for one in book.worksheets}
    if not sheets or (sheet is not None and folded(sheet) not in sheets):
        raise UnreadableFile(say.no_such_sheet(name, sheet or "", [one.title for one in book.worksheets]))
    chosen = sheets[folded(sheet)] if sheet else book.worksheets[0]
    chosen.reset_dimensions()  # what the file says of its own size may be wrong
    blank = 0
    for values in chosen.iter_rows(values_only=True):
        cells = [_cell(value) for value in values]
        blank = blank + 1 if all(cell is None for cell in cells) else 0
        if blank > MOST_ROWS:
            raise UnreadableFile(say.too_many_rows(name, MOST_ROWS))
        yield cells


def _cell(value: Any) -> Cell:  # noqa: ANN401  # whatever stands in a cell
    if isinstance(value, timedelta):  # a time of day that is formatted as a length of time
        return (datetime.min + value).time() if timedelta(0) <= value < timedelta(days=1) else str(value)
    if value is None or isinstance(value, str | bool | int | float | date | time):
        return value
    return str(value)
