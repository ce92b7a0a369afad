"""Days named from today: "yesterday", "last Thursday", "a week ago", "the 3rd"; and times of day."""

from __future__ import annotations

import calendar
import re
from datetime import date, time, timedelta

from dateutil.relativedelta import relativedelta

DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
DAYS |= {"sat": 5, "sun": 6}
_NUMBERS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "a few": 0}

DAY = "|".join(sorted(DAYS, key=len, reverse=True))
_COUNT = r"\d{1,3}|a couple of|couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

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
        ("weekday", rf"\b(?:(?P<which>last|this|next|on|this coming)\s+)(?P<weekday>{DAY})\b"),
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


def relative_day(text: str, today: date, anchor: date | None) -> tuple[int, int, date] | None:
    """Return where *text* names a day from *today* (start, end: characters) and the day, or None.

    >>> relative_day("seen last Thursday", date(2026, 11, 24), None)
    (5, 18, datetime.date(2026, 11, 19))
    """
    for form, pattern in _RELATIVE:
        match = pattern.search(text)
        if match:
            day = _relative_day(form, match, text, today, anchor)
            if day:
                return match.start(), match.end(), day
    return None


def looks_ahead(text: str) -> bool:
    """Return whether the words look ahead ("is booked for", "will be").

    >>> looks_ahead("conference is booked for 5 Jan"), looks_ahead("ICPC was 5 Jan")
    (True, False)
    """
    return bool(_FUTURE.search(text))


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
    weekday = DAYS[match["weekday"].lower()]
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
