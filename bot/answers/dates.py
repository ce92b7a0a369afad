"""Dates and times in a question, as English staff type them: day first, months by name, "last Thursday", "a week ago".

What cannot be read for certain is asked back, never guessed: 03/04/26 without a locale, a day that does not exist, a
weekday that is not that date's.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

LONDON = ZoneInfo("Europe/London")

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
_DAYS |= {"sat": 5, "sun": 6}
_NUMBERS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "a few": 0}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_WEEKDAY = rf"(?:(?P<weekday>{_DAY})\.?,?\s+(?:the\s+)?)?"
_COUNT = r"\d{1,3}|a couple of|couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

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
_RELATIVE = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("before_yesterday", r"\b(?:the )?day before yesterday\b"),
        ("after_tomorrow", r"\b(?:the )?day after tomorrow\b"),
        ("yesterday", r"\byesterday\b|\blast night\b"),
        ("tomorrow", r"\btomorrow\b"),
        ("today", r"\btoday\b|\bthis (?:morning|afternoon)\b|\bjust now\b"),
        ("ago", rf"\b(?P<count>{_COUNT})\s+(?P<unit>day|week|fortnight|month|year)s?\s+ago\b"),
        ("ahead", rf"\bin\s+(?P<count>{_COUNT})\s+(?P<unit>day|week|fortnight|month)s?(?:'?\s+time)\b"),
        ("weekday", rf"\b(?:(?P<which>last|this|next|on|this coming)\s+)(?P<weekday>{_DAY})\b"),
        ("of_month", r"\b(?:on\s+|was\s+|is\s+|to\s+)the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b"),
    )
)
_TIME = re.compile(
    r"\b(?:at\s+|by\s+|@\s*)?(?:(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b|(?P<word>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(will|booked|is (?:on|due|set|planned)|planned|coming|due to|going to|next|upcoming)\b", re.IGNORECASE
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
    if weekday and _DAYS[weekday.lower()] != day_read.weekday():
        if parts.get("year") is None:
            moved = _year_with_weekday(day, month, _DAYS[weekday.lower()], today)
            if moved:
                return ReadDate(match.start(), match.end(), moved, note=f"No year was given: {moved.year} is meant.")
        raise DateUnclear(
            f"{day_read.day} {day_read:%B %Y} is a {day_read:%A}, not a {calendar.day_name[_DAYS[weekday.lower()]]}."
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
    ahead = bool(_FUTURE.search(text))
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
    for form, pattern in _RELATIVE:
        match = pattern.search(text)
        if match:
            day = _relative_day(form, match, text, today, anchor)
            if day:
                yield ReadDate(match.start(), match.end(), day)
                return


def _relative_day(form: str, match: re.Match[str], text: str, today: date, anchor: date | None) -> date | None:
    fixed = {"before_yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "after_tomorrow": 2}
    if form in fixed:
        return today + timedelta(days=fixed[form])
    if form in ("ago", "ahead"):
        word = match["count"].lower()
        count = int(word) if word.isdigit() else _NUMBERS[word]
        unit = match["unit"].lower()
        step = relativedelta(**{"weeks": 2 * count} if unit == "fortnight" else {unit + "s": count})
        return today - step if form == "ago" else today + step
    if form == "of_month":
        return _day_of_month(int(match["day"]), today, anchor)
    weekday = _DAYS[match["weekday"].lower()]
    which = match["which"].lower()
    behind = (today.weekday() - weekday) % 7
    ahead = (weekday - today.weekday()) % 7
    if which == "last":
        return today - timedelta(days=behind or 7)
    if which in ("next", "this", "this coming") or _FUTURE.search(text):
        return today + timedelta(days=ahead or (7 if which == "next" else 0))
    return today - timedelta(days=behind)


def _day_of_month(day: int, today: date, anchor: date | None) -> date | None:
    """Return the *day* of the anchor's month, else the latest such day that is not ahead of today."""
    if not 1 <= day <= 31:
        return None
    month = (anchor or today).replace(day=1)
    for _ in range(12):
        if day <= calendar.monthrange(month.year, month.month)[1]:
            one = month.replace(day=day)
            if anchor or one <= today:
                return one
        month -= relativedelta(months=1)
    return None


def read_time(text: str) -> time | None:
    """Return the first time of day in *text*, or None.

    >>> read_time("accepted at 4.30pm"), read_time("by 16:30"), read_time("at noon"), read_time("10 days")
    (datetime.time(16, 30), datetime.time(16, 30), datetime.time(12, 0), None)
    """
    match = _TIME.search(text)
    if not match:
        return None
    if match["word"]:
        return time(0) if match["word"].lower() == "midnight" else time(12)
    if match["hour24"]:
        return time(int(match["hour24"]), int(match["minute24"]))
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return time(hour % 12 + (12 if match["half"].lower() == "p" else 0), minute)


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
