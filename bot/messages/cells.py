"""Every sentence about a cell that cannot be taken: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from bot.answers.dates import long_date, short_date


def listed(names: Sequence[str]) -> str:
    """Return names as alternatives."""
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def missing(what: str) -> str:
    """Wrong: nothing in a cell that is needed."""
    return f"there is no {what}"


def fill_in() -> str:
    """To do about it."""
    return "fill it in, or take the row out"


def event_without_day() -> str:
    """Wrong: an event and no date."""
    return "there is an event but no date"


def day_without_event() -> str:
    """Wrong: a date and no event."""
    return "there is a date but no event"


def unknown_event(word: str) -> str:
    """Wrong: an event that no rule knows."""
    return f"“{word}” is not an event that the rules know"


def did_you_mean(names: Sequence[str]) -> str:
    """To do about it: the nearest names.

    >>> did_you_mean(["icpc_held", "rcpc_held"])
    'use icpc_held or rcpc_held, or map it in a mapping file'
    """
    return f"use {listed(names)}, or map it in a mapping file" if names else "map it in a mapping file or leave it out"


def formula() -> str:
    """Wrong: a formula where a value belongs."""
    return "it holds a formula, which is never worked out"


def paste_value() -> str:
    """To do about it."""
    return "put the value itself there"


def not_a_date(text: str) -> str:
    """Wrong: no date."""
    return f"“{text[:40]}” is not a date"


def number_not_date(text: str) -> str:
    """Wrong: a bare number in a date's place."""
    return f"{text[:20]} is a number, not a date"


def format_as_date() -> str:
    """To do about it."""
    return "format the column as a date in the spreadsheet, or write it like 2026-04-02"


def write_date() -> str:
    """To do about a date that cannot be read."""
    return "write it like 2026-04-02"


def two_dates(written: str, first: date, second: date) -> str:
    """Wrong: two days in one spelling.

    >>> two_dates("03/04/2026", date(2026, 4, 3), date(2026, 3, 4))
    '03/04/2026 could be 3 April or 4 March'
    """
    return f"{written} could be {first.day} {first:%B} or {second.day} {second:%B}"


def no_such_date(said: str) -> str:
    """Wrong: a day that does not exist, in the words of the date reader."""
    text = said.replace(" Which date do you mean?", "").replace(" Which day do you mean?", "").rstrip(".?")
    return text[0].lower() + text[1:] if text.startswith(("There", "Is ")) else text


def month_first_somewhere(rows: Sequence[int]) -> str:
    """Wrong: a day that reads both ways, in a column that has the month first elsewhere."""
    return f"it may have the month first, as row {rows[0]} of this column has"


def not_a_time(text: str) -> str:
    """Wrong: no time of day."""
    return f"“{text[:40]}” is not a time of day"


def write_time() -> str:
    """To do about it."""
    return "write it like 16:30"


def no_such_time(day: date, clock: time) -> str:
    """Wrong: an hour that the spring change leaves out."""
    return f"the clocks went forward on {short_date(day)} and there was no {clock:%H:%M}"


def give_real_time() -> str:
    """To do about it."""
    return "give the time it was"


def another_day(day: date, other: date) -> str:
    """Wrong: a moment of one day beside another day."""
    return f"the time is of {short_date(day)}, the date is {short_date(other)}"


def mend_either() -> str:
    """To do about it."""
    return "correct one of them"


def not_yet(day: date, event: str) -> str:
    """Wrong: a day to come, for something that only happens."""
    return f"{long_date(day)} has not come yet, and {event} is not something that is booked"


def only_booked(names: Sequence[str]) -> str:
    """To do about it."""
    return f"record it once it has happened (booked ahead are only: {', '.join(names)})" if names else "wait until then"


def too_far(day: date, years: int, ahead: bool) -> str:
    """Wrong: a year that must be a slip."""
    return f"{long_date(day)} is more than {years} years {'ahead' if ahead else 'ago'}"


def correct_year() -> str:
    """To do about it."""
    return "correct the year"


def not_a_worker() -> str:
    """Wrong: anything but a Slack member id in the worker's place. What stands there is not repeated."""
    return "only Slack member ids (U…) are kept, never names"


def map_worker() -> str:
    """To do about it."""
    return "put the id there, or map the name to it under workers: in a mapping file"


def bad_fact(values: Sequence[str]) -> str:
    """Wrong: a value that a fact does not have."""
    return f"this fact can only be {listed(values)}"


def choose_value() -> str:
    """To do about it."""
    return "choose one of these, or leave it blank where it is not known"


def rows_disagree(rows: Sequence[int]) -> str:
    """Wrong: two rows of one case that cannot both be so.

    >>> rows_disagree([3, 9])
    'rows 3 and 9 say different things of the same case'
    """
    shown = [str(row) for row in rows[:4]]
    return f"rows {', '.join(shown[:-1])} and {shown[-1]} say different things of the same case"


def make_them_agree() -> str:
    """To do about it."""
    return "make them agree"
