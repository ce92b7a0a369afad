"""A day and a time in a cell, read for certain or refused: no "yesterday", no missing year, no month first."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from bot.answers.dates import LONDON, DateUnclear, read_dates
from bot.answers.relative import DAY, read_time
from bot.casework.rows import Cell, as_text
from bot.messages import cells as say

_MONTH = r"[a-z]{3,9}"
_WHOLE = re.compile(
    rf"\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})"
    rf"|(?:(?:{DAY})\.?,?\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\.?,?\s+\d{{4}}",
    re.IGNORECASE | re.ASCII,
)
_DASHED_MONTH = re.compile(rf"(\d{{1,2}})-({_MONTH})-(\d{{4}})", re.IGNORECASE | re.ASCII)
_WITH_TIME = re.compile(r"(?P<day>.*\d)(?:T|\s+(?:at\s+)?)(?P<time>\d{1,2}[:.]\d{2}.*)", re.IGNORECASE | re.ASCII)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d)(?:\.0+)?)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?:\D.*)?", re.ASCII)
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


class Unclear(Exception):
    """A cell that cannot be read for certain: what is wrong, and what to do."""

    def __init__(self, wrong: str, todo: str) -> None:
        self.wrong = wrong
        self.todo = todo
        super().__init__(f"{wrong}; {todo}")


def read_day(cell: Cell, today: date, locale: str | None) -> tuple[date, time | datetime | None]:
    """Return the day in a cell and, where one stands beside it, the time of day (a moment where it has an offset).

    Raises:
        Unclear: it is no day, one that does not exist, or one that could be another.

    >>> read_day("02/04/2026", date(2026, 11, 25), "en-GB")
    (datetime.date(2026, 4, 2), None)
    >>> read_day("2-Apr-2026 16:30", date(2026, 11, 25), "en-GB")
    (datetime.date(2026, 4, 2), datetime.time(16, 30))
    >>> read_day("yesterday", date(2026, 11, 25), "en-GB")
    Traceback (most recent call last):
    bot.casework.days.Unclear: “yesterday” is not a date; write it like 2026-04-02
    """
    if isinstance(cell, datetime):
        if cell.tzinfo:
            return cell.astimezone(LONDON).date(), cell
        return cell.date(), cell.time() if cell.time() != time(0) else None
    if isinstance(cell, date):
        return cell, None
    text = _DASHED_MONTH.sub(r"\1 \2 \3", as_text(cell))
    if _NUMBER.fullmatch(text):
        raise Unclear(say.number_not_date(text), say.format_as_date())
    with_time = _WITH_TIME.fullmatch(text)
    day = _whole_day(with_time["day"] if with_time else text, today, locale)
    if with_time is None:
        return day, None
    clock_text = with_time["time"]
    if re.search(r"[+-]\d{2}:?\d{2}$|Z$", clock_text):
        moment = _moment(f"{day.isoformat()}T{clock_text}")
        return moment.astimezone(LONDON).date(), moment
    return day, _clock(clock_text)


def _whole_day(text: str, today: date, locale: str | None) -> date:
    text = text.strip().rstrip(",")
    if not _WHOLE.fullmatch(text):
        raise Unclear(say.not_a_date(text), say.write_date())
    try:
        found = read_dates(text, today, locale)
    except DateUnclear as fault:
        if len(fault.choices) == 2:
            raise Unclear(say.two_dates(fault.written, *fault.choices), say.write_date()) from fault
        raise Unclear(say.no_such_date(fault.text), say.write_date()) from fault
    except ValueError as fault:
        raise Unclear(say.not_a_date(text), say.write_date()) from fault
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)):
        raise Unclear(say.not_a_date(text), say.write_date())
    return found[0].day


def read_clock(cell: Cell, on: date) -> datetime:
    """Return the moment of a time cell on the day *on*, in Europe/London.

    Of an hour that the autumn change repeats the first is taken; an ISO moment with its offset says which.

    Raises:
        Unclear: it is no time, one that the spring change leaves out, or a moment of another day.

    >>> read_clock("4.30pm", date(2026, 4, 2)).isoformat()
    '2026-04-02T16:30:00+01:00'
    >>> read_clock("01:30", date(2026, 3, 29))
    Traceback (most recent call last):
    bot.casework.days.Unclear: the clocks went forward on Sun 29 Mar 2026 and there was no 01:30; give the time it was
    """
    if isinstance(cell, str) and re.match(r"\d{4}-\d{2}-\d{2}T", cell.strip()):
        moment = _moment(cell.strip()).astimezone(LONDON)
        if moment.date() != on:
            raise Unclear(say.another_day(moment.date(), on), say.mend_either())
        return moment
    if isinstance(cell, datetime):
        cell = cell.time() if cell.tzinfo is None else cell.timetz()
    clock = cell if isinstance(cell, time) else _clock(as_text(cell))
    moment = datetime.combine(on, clock.replace(microsecond=0), LONDON)
    if moment.astimezone(UTC).astimezone(LONDON).time() != moment.time():
        raise Unclear(say.no_such_time(on, clock), say.give_real_time())
    return moment


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise Unclear(say.not_a_time(text), say.write_time()) from fault
    if moment.tzinfo is None:
        raise Unclear(say.not_a_time(text), say.write_time())
    return moment


def _clock(text: str) -> time:
    match = _CLOCK.fullmatch(text)
    if match:
        return time(int(match[1]), int(match[2]), int(match[3] or 0))
    found = read_time(text) if re.fullmatch(r"\d{1,2}([.:]\d{2})?\s*[ap]\.?m\.?|noon|midday", text, re.I) else None
    if found is None:
        raise Unclear(say.not_a_time(text), say.write_time())
    return found


def month_first(cell: Cell) -> bool:
    """Return whether a cell can only be read with the month first, so that its column is not written day first.

    >>> month_first("04/13/2026"), month_first("13/04/2026"), month_first("2026-04-13")
    (True, False, False)
    """
    match = _SLASHED.fullmatch(as_text(cell)) if isinstance(cell, str) else None
    return match is not None and int(match[2]) > 12 >= int(match[1])


def either_way(cell: Cell) -> bool:
    """Return whether a cell reads as another day with the month first.

    >>> either_way("03/04/2026"), either_way("04/04/2026"), either_way("13/04/2026")
    (True, False, False)
    """
    match = _SLASHED.fullmatch(as_text(cell)) if isinstance(cell, str) else None
    return match is not None and int(match[1]) <= 12 and int(match[2]) <= 12 and int(match[1]) != int(match[2])
