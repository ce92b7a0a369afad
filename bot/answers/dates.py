"""Dates and times in a question, as English staff type them: day first, months by name, "last Thursday", "a week ago".

What cannot be read for certain is asked back, never guessed: 03/04/26 without a locale, a day that does not exist, a
weekday that is not that date's.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.answers.relative import DAY, DAYS, looks_ahead, read_time, relative_day

LONDON = ZoneInfo("Europe/London")

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = rf"(?:(?P<weekday>{DAY})\.?,?\s+(?:the\s+)?)?"

_FORMS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("iso", r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
        (
            "named",
            rf"\b{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?,?"
            r"(?:\s+(?P<year>\d{4}|'?\d{2})(?!\d|[:.]\d|\s*[ap]\.?m|\s*(?:working|days|weeks|months|hours)))?",
        ),
        (
            "named",
            rf"\b{_WEEKDAY}(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>\d{{4}}))?",
        ),
        (
            "slashed",
            rf"\b{_WEEKDAY}(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}}|\d{{2}})(?!\d)",
        ),
        ("slashed", rf"\b{_WEEKDAY}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?![\d/])"),
    )
)


class DateUnclear(Exception):
    """A date that cannot be read for certain. `text` is the question back; `choices` the dates it could be.

    >>> raise_for = DateUnclear("Is 03/04/26 3 April or 4 March?", (date(2026, 4, 3), date(2026, 3, 4)))
    >>> len(raise_for.choices)
    2
    """

    def __init__(self, text: str, choices: tuple[date, ...] = (), written: str = "") -> None:
        self.text = text
        self.choices = choices
        self.written = written
        super().__init__(text)


@dataclass(frozen=True)
class ReadDate:
    """One date in a question: where it stood (`start`, `end`: characters), the day, the moment where a time was given.

    `note` says what was assumed, in a sentence for the working; empty where nothing was.
    """

    start: int
    end: int
    day: date
    at: datetime | None = None
    note: str = ""

    @property
    def value(self) -> date | datetime:
        """The moment if there is one, else the day."""
        return self.at or self.day


def long_date(day: date) -> str:
    """Return a date as the messages write it.

    >>> long_date(date(2026, 4, 2))
    'Thursday 2 April 2026'
    """
    return f"{day:%A} {day.day} {day:%B %Y}"


def short_date(day: date) -> str:
    """Return a date in short.

    >>> short_date(date(2026, 4, 2))
    'Thu 2 Apr 2026'
    """
    return f"{day:%a} {day.day} {day:%b %Y}"


def read_dates(text: str, today: date, locale: str | None = None, anchor: date | None = None) -> tuple[ReadDate, ...]:
    """Return the dates in *text*, in order; explicit ones if there are any, else relative ones.

    *today* is what "yesterday" counts from; *anchor* is the date a thread is about ("what if it was the 3rd?").

    Raises:
        DateUnclear: one cannot be read for certain, or does not exist.

    >>> [str(found.day) for found in read_dates("ICPC was on 2 April 2026", date(2026, 5, 1))]
    ['2026-04-02']
    >>> [str(found.day) for found in read_dates("seen last Thursday", date(2026, 11, 24))]
    ['2026-11-19']
    """
    found = list(_explicit(text, today, locale)) or list(_relative(text, today, anchor))
    found.sort(key=lambda one: one.start)
    return tuple(_with_times(text, found))


def _explicit(text: str, today: date, locale: str | None) -> Iterator[ReadDate]:
    taken: list[tuple[int, int]] = []
    for form, pattern in _FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield _one(form, match, text, today, locale)


def _one(form: str, match: re.Match[str], text: str, today: date, locale: str | None) -> ReadDate:
    parts = match.groupdict()
    month_text = parts["month"].lower()
    day, month = int(parts["day"]), _MONTHS.get(month_text) or int(month_text)
    written = match.group().strip(" ,.")
    if form == "slashed" and month > 12 >= day:  # 04/13: only month first makes a date
        raise DateUnclear(f"I read dates day first, and {written} has no month {month}. Which day do you mean?")
    year, note = _year(parts.get("year"), day, month, text, today)
    if form == "slashed" and day <= 12 and month <= 12 and day != month and not (locale or "").startswith("en-GB"):
        first, second = date(year, month, day), date(year, day, month)
        raise DateUnclear(f"Is {written} {first.day} {first:%B} or {second.day} {second:%B}?", (first, second), written)
    day_read = _real(day, month, year, written)
    weekday = parts.get("weekday")
    if weekday and DAYS[weekday.lower()] != day_read.weekday():
        if parts.get("year") is None:
            moved = _year_with_weekday(day, month, DAYS[weekday.lower()], today)
            if moved:
                return ReadDate(match.start(), match.end(), moved, note=f"No year was given: {moved.year} is meant.")
        raise DateUnclear(
            f"{day_read.day} {day_read:%B %Y} is a {day_read:%A}, not a {calendar.day_name[DAYS[weekday.lower()]]}."
            " Which date do you mean?",
            (day_read,),
            written,
        )
    return ReadDate(match.start(), match.end(), day_read, note=note)


def _real(day: int, month: int, year: int, written: str) -> date:
    if not 1 <= month <= 12:
        raise DateUnclear(f"There is no month {month} in {written}. Which date do you mean?")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = calendar.month_name[month]
        when = f"{name} {year}" if month == 2 else name
        raise DateUnclear(f"There is no {day} {name}: {when} has {last} days. Which date do you mean?")
    return date(year, month, day)


def _year(given: str | None, day: int, month: int, text: str, today: date) -> tuple[int, str]:
    """Return the year and what was assumed: the nearest such day behind, or ahead where the words look ahead."""
    if given:
        digits = given.strip("'")
        if len(digits) == 4:
            return int(digits), ""
        short = int(digits)
        return (2000 + short if short < 70 else 1900 + short), ""
    years = [
        year
        for year in range(today.year - 4, today.year + 5)
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    ]
    if not years:
        return today.year, ""
    ahead = looks_ahead(text)
    reach = timedelta(days=300 if ahead else 45)  # a conference a few weeks off may be meant without saying "will"
    near = [year for year in years if date(year, month, day) <= today + reach]
    year = near[-1] if near else years[0]
    return year, f"No year was given: {year} is meant."


def _year_with_weekday(day: int, month: int, weekday: int, today: date) -> date | None:
    """Return the nearest such date, within a year either way, that falls on *weekday*."""
    near = [
        date(year, month, day)
        for year in range(today.year - 1, today.year + 2)
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    ]
    fits = [one for one in near if one.weekday() == weekday]
    return min(fits, key=lambda one: abs((one - today).days)) if fits else None


def _relative(text: str, today: date, anchor: date | None) -> Iterator[ReadDate]:
    found = relative_day(text, today, anchor)
    if found:
        yield ReadDate(*found)


def _with_times(text: str, found: list[ReadDate]) -> Iterator[ReadDate]:
    """Give the first date the time of day that stands in the text outside the dates, if any."""
    rest = text
    for one in found:
        rest = rest[: one.start] + " " * (one.end - one.start) + rest[one.end :]
    moment = read_time(rest)
    for position, one in enumerate(found):
        if position == 0 and moment:
            aware = datetime.combine(one.day, moment, LONDON)
            yield ReadDate(one.start, one.end, one.day, aware, one.note)
        else:
            yield one
