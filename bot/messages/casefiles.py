"""Every sentence about a file of cases as a whole, its headings, its rows and its references."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages.cells import listed

THE_ROW, THE_HEADINGS = "the row", "the headings"
NHS_NUMBER, NATIONAL_INSURANCE = "an NHS number", "a National Insurance number"
PUPIL_NUMBER, TELEPHONE, DATE_OF_BIRTH = "a pupil number", "a telephone number", "a date of birth"
USE_OWN_REFERENCE = "use the reference that your case system gives the case"


def wrong_kind(name: str) -> str:
    """Said of a file whose name ends in anything else."""
    return f"{name} is no .csv, .xlsx or .jsonl file: save it as one of these."


def too_large(name: str, most: int) -> str:
    """Said of a file that is not even opened."""
    return f"{name} is larger than {most} MB: split it, or leave out the columns that are not needed."


def cannot_open(name: str, why: str) -> str:
    """Said of a file that is missing or locked."""
    return f"{name} cannot be opened ({why})."


def empty_file(name: str) -> str:
    """Said of a file without a byte of content."""
    return f"{name} is empty."


def no_rows(name: str) -> str:
    """Said of a file with headings at most."""
    return f"{name} has no rows below its headings."


def no_headings(name: str) -> str:
    """Said where the first row is blank."""
    return f"{name} has no headings where they are looked for: put them in the first row, or give header_row."


def heading_twice(name: str, column: str) -> str:
    """Said where two columns cannot be told apart."""
    return f"{name} has two columns called {column!r}: rename one."


def too_many_columns(name: str, most: int) -> str:
    """Said of a file too wide."""
    return f"{name} has more than {most} columns: leave out those that are not needed."


def too_many_rows(name: str, most: int) -> str:
    """Said of a file too long."""
    return f"{name} has more than {most:,} rows: split it."


def not_text(name: str) -> str:
    """Said of a picture, a spreadsheet or anything else under a name that promises text."""
    return f"{name} is not text inside: if it is a spreadsheet, give it its own ending (.xlsx) or save it as CSV."


def bad_csv(name: str, why: str) -> str:
    """Said where quotation marks do not close."""
    return f"{name} is not well-formed CSV ({why}): save it again from the spreadsheet."


def not_a_workbook(name: str) -> str:
    """Said of a file that only calls itself .xlsx."""
    return f"{name} is not an .xlsx workbook inside: save it as Excel Workbook (.xlsx), or as CSV."


def damaged_workbook(name: str) -> str:
    """Said of a workbook that breaks off."""
    return f"{name} is damaged and cannot be read: save it again from the spreadsheet."


def old_or_locked(name: str) -> str:
    """Said of the old format, and of a workbook with a password, which look alike from outside."""
    return f"{name} is an old .xls or has a password: save it as Excel Workbook (.xlsx) without a password."


def unpacks_too_large(name: str, most: int) -> str:
    """Said of a workbook that would fill the memory."""
    return f"{name} would unpack to more than {most} MB and is not opened: save only the sheet that is needed."


def no_such_sheet(name: str, sheet: str, there: Sequence[str]) -> str:
    """Said where the mapping names a sheet that is not there."""
    return f"{name} has no sheet {sheet!r}; it has: {', '.join(there) or 'none'}."


def too_many_cells(count: int) -> str:
    """Wrong: cells beyond the last heading."""
    return f"{count} more cell{'s' if count != 1 else ''} than there are headings"


def quote_the_cell() -> str:
    """To do about it."""
    return "put quotation marks around a cell with a comma in it, or add the heading"


def cell_long(count: int, most: int) -> str:
    """Wrong: a cell with a story in it."""
    return f"{count:,} characters in a cell that takes {most:,}"


def shorten_cell() -> str:
    """To do about it."""
    return "leave narrative out of the file"


def not_an_object() -> str:
    """Wrong: a line of JSON lines that is none."""
    return "it is not a JSON object of plain values"


def write_object() -> str:
    """To do about it."""
    return 'write {"ref": "YK-0417", "event": "icpc_held", "date": "2026-04-02"}'


def could_be(what: str) -> str:
    """Wrong: a reference that tells who the child is. The reference itself is not repeated."""
    return f"it could be {what}"


def could_be_a_name(has_digit: bool) -> str:
    """Wrong: a reference with a word in it, or without a digit."""
    return f"it could be a name: {'it has a word in it' if has_digit else 'a reference has a digit in it'}"


def reference_letters() -> str:
    """Wrong: blanks or marks in a reference."""
    return "a reference has only letters, digits, - and /"


def reference_long(most: int) -> str:
    """Wrong: a reference that goes on."""
    return f"it is longer than {most} characters"


def unknown_column(column: str) -> str:
    """Wrong: a column that is neither known nor a fact of the rules."""
    return f"{column!r} is neither a column that is taken nor a fact of the rules"


def column_to_do(near: Sequence[str]) -> str:
    """To do about it."""
    meant = f"rename it ({listed(near)}?), " if near else ""
    return f"{meant}take it out, or say in a mapping file which columns to read"


def no_column(column: str) -> str:
    """Wrong: a column that is needed is not there."""
    return f"there is no column {column!r}"


def column_needed(there: Sequence[str]) -> str:
    """To do about it."""
    return f"add it, or name the right one in the mapping file (there are: {', '.join(there[:12])})"
