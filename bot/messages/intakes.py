"""What is said of an import or an export once it is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.answers.dates import LONDON, short_date


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def reading(name: str) -> str:
    """Beside the progress bar."""
    return f"reading {name}"


def checking(name: str) -> str:
    """Beside the progress bar, once the file is open."""
    return f"checking {name}"


def so_far(what: str, rows: int) -> str:
    """Beside the progress bar, as it goes."""
    return f"{what}: {rows:,} rows"


def read_rows(name: str, rows: int, ignored: int) -> str:
    """Said first.

    >>> read_rows("cases.csv", 12, 0)
    'Read 12 rows of cases.csv.'
    """
    left = f" {_number(ignored, 'row')} left aside, as the mapping says." if ignored else ""
    return f"Read {_number(rows, 'row')} of {name}.{left}"


def more_problems(count: int) -> str:
    """Ends a long report."""
    return f"… and {count:,} more; --json lists them all."


def more_events(count: int) -> str:
    """Ends a long list of what would be recorded."""
    return f"… and {count:,} more events."


def would_record(ref: str, title: str, day: date, at: datetime | None, new: bool) -> str:
    """One event of a dry run.

    >>> would_record("YK-0500", "core group", date(2026, 4, 16), None, True)
    'would record YK-0500 (a new case): core group, Thu 16 Apr 2026'
    """
    hour = f" {at.astimezone(LONDON):%H:%M}" if at else ""
    return f"would record {ref}{' (a new case)' if new else ''}: {title}, {short_date(day)}{hour}"


def nothing_written(bad: int) -> str:
    """Said where anything is wrong, so that half a file is never taken for a whole one."""
    return (
        f"{_number(bad, 'row')} cannot be taken: nothing was written. Mend the file, or take the rest with --skip-bad."
    )


def would_refuse(bad: int) -> str:
    """The same of a dry run."""
    return f"{_number(bad, 'row')} cannot be taken: without --skip-bad nothing would be written."


def counted(counts: Mapping[str, int], dry: bool) -> str:
    """What became of the rows.

    >>> figures = {"new": 2, "known": 1, "changed": 0, "bad": 0, "cases_new": 1, "cases_changed": 0}
    >>> counted(figures, dry=False)
    'Recorded 2 new events; 1 known already, 0 with another hour, 0 rows refused. Cases: 1 new, 0 changed.'
    """
    verb = "Would record" if dry else "Recorded"
    return (
        f"{verb} {_number(counts['new'], 'new event')}; {counts['known']:,} known already, {counts['changed']:,} with"
        f" another hour, {_number(counts['bad'], 'row')} refused. Cases: {counts['cases_new']:,} new,"
        f" {counts['cases_changed']:,} changed."
    )


def exported(path: str, cases: int, events: int) -> str:
    """Said when a file is written."""
    return f"Wrote {_number(cases, 'case')} with {_number(events, 'event')} to {path}."


def name_it(name: str, kind: str) -> str:
    """Said where a file's name says another format than was asked for."""
    return f"{name} should end in .{kind}, or ask for another --format."


def out_needed() -> str:
    """Said where a workbook would go to the terminal."""
    return "a workbook cannot be printed: give --out FILE.xlsx."
