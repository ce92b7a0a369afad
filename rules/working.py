"""The lines of a working: what the calculation did, in plain English, one line a step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules import count
from rules.calendar import Calendar
from rules.errors import BeyondHorizon
from rules.limit import AtAge, Before, Every, Lasts
from rules.rule import EventWord, Rule, Version

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Told:
    """What is known when the working is written: the start and its event, the end, the version, which one of many."""

    event: str
    events: Mapping[str, EventWord]
    start: date
    end: date
    version: Version
    rule: Rule
    n: int


def day_words(day: date, year: bool = True) -> str:
    """Return a day as people write it.

    >>> day_words(date(2026, 4, 2)), day_words(date(2026, 4, 3), year=False)
    ('Thu 2 Apr 2026', 'Fri 3 Apr')
    """
    words = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month]}"
    return f"{words} {day.year}" if year else words


def when(end: date) -> str:
    """Return a day, or a moment with its time.

    >>> when(datetime(2026, 3, 30, 22, 0))
    'Mon 30 Mar 2026 22:00'
    """
    return f"{day_words(end)} {end:%H:%M}" if isinstance(end, datetime) else day_words(end)


def ordinal(n: int) -> str:
    """Return a how-many-th.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    return f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def title_of(event: str, events: Mapping[str, EventWord]) -> str:
    """Return an event's title, or its name as words where the words for it are not at hand.

    >>> title_of("core_group_held", {})
    'core group held'
    """
    return events[event].title if event in events else event.replace("_", " ")


def question_of(event: str, events: Mapping[str, EventWord]) -> str:
    """Return what to ask for an event's date.

    >>> question_of("core_group_held", {})
    'On what day was this: core group held?'
    """
    return events[event].question if event in events else f"On what day was this: {event.replace('_', ' ')}?"


def start_lines(told: Told) -> Iterator[str]:
    """What started the clock and when; which version and why, where there is more than one or it has a first day."""
    title = title_of(told.event, told.events)
    limit = told.version.limit
    if isinstance(limit, Before):
        yield f"Counted back from {when(told.start)} ({title})" + _day_number(told)
    else:
        yield f"Clock starts {when(told.start)} ({title})" + _day_number(told)
    decides = "the age is reached" if isinstance(limit, AtAge) else "the clock starts"
    in_force = told.version.in_force
    newer = told.rule.versions[-2].in_force if len(told.rule.versions) > 1 else None
    if in_force:
        yield f"The version in force from {day_words(in_force)} decides, because {decides} on or after that day"
    elif newer:
        yield f"The version in force before {day_words(newer)} decides, because {decides} before that day"


def _day_number(told: Told) -> str:
    if isinstance(told.start, datetime) or isinstance(told.version.limit, AtAge):
        return ""
    return ", day 1: the text counts it" if told.version.counts_start_day else ", day 0"


def counted_lines(told: Told, calendar: Calendar) -> Iterator[str]:
    """Every weekday skipped, by name; a shortened month; a change of the clocks on the way."""
    limit = told.version.limit
    if isinstance(limit, AtAge):
        yield from _shortened(told, limit.at_age.total_months)
    elif limit.unit == "working_days":
        yield from _skipped(told, calendar, back=isinstance(limit, Before))
    elif limit.unit in ("months", "years"):
        months = int(limit.amount or 0) * (12 if limit.unit == "years" else 1)
        yield from _shortened(told, -months if isinstance(limit, Before) else months * told.n)
    elif isinstance(told.start, datetime) and isinstance(told.end, datetime):
        earlier, later = sorted((told.start, told.end))
        change = later.utcoffset() != earlier.utcoffset()
        if change:
            way = "forward" if (later.utcoffset() or timedelta()) > (earlier.utcoffset() or timedelta()) else "back"
            yield f"The clocks go {way} an hour on the way"


def _skipped(told: Told, calendar: Calendar, back: bool) -> Iterator[str]:
    day = timedelta(0 if told.version.counts_start_day else 1)
    if back:
        skipped = calendar.closed_weekdays_between(told.end, told.start - day)[::-1]
    else:
        skipped = calendar.closed_weekdays_between(told.start + day, told.end)
    for closed, name in skipped:
        yield f"{day_words(closed, closed.year != told.start.year)} not counted: {name}"


def _shortened(told: Told, months: int) -> Iterator[str]:
    if count.month_shortened(told.start, months):
        month = f"{told.end:%B %Y}"
        yield f"{month} has no {ordinal(told.start.day)}, so its last day stands"


def last_line(told: Told) -> str:
    """The day, or the moment, by which it is due."""
    limit = told.version.limit
    if isinstance(limit, AtAge):
        return f"Due on {when(told.end)}, at the age of {limit.at_age.in_words}"
    if isinstance(limit, Lasts):
        return f"More than {limit.in_words} is past {when(told.end)}; this is a length of time, not a deadline"
    by = "by" if isinstance(told.end, datetime) else "by the end of"
    nth = f"The {ordinal(told.n)} from that start is due" if told.n > 1 else "Due"
    times = f", {limit.times} of them" if isinstance(limit, Every) and limit.times > 1 else ""
    return f"{nth} {by} {when(told.end)}{times}"


def advice(told: Told, calendar: Calendar) -> tuple[str | None, tuple[str, ...]]:
    """Return why the last day is no working day (or None), and the advice for it. Nothing is moved."""
    day = told.end.date() if isinstance(told.end, datetime) else told.end
    start = told.start.date() if isinstance(told.start, datetime) else told.start
    try:
        closed = calendar.reason_closed(day)
    except BeyondHorizon:
        known = day_words(calendar.known_to)
        return None, (f"Whether that is a bank holiday is not known: they are published to {known}",)
    if closed is None:
        return None, ()
    try:
        before = count.working_days_before(day, 1, calendar)
    except BeyondHorizon:
        return closed, (f"That is not a working day ({closed})",)
    if before < start and not isinstance(told.version.limit, Before):
        return closed, (f"That is not a working day ({closed})",)
    return closed, (f"That is not a working day ({closed}); the last one before it is {day_words(before)}",)


def citation(version: Version) -> str:
    """Return where the limit stands."""
    return f"Source: {version.source.in_words}"
