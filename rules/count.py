"""The only date arithmetic of the project: days, weeks, months, years, hours and working days, each counted in one way.

The day of the start is day 0 unless the caller says that it counts. Nothing is rolled off a weekend or holiday. Months
are added once, to a real day, never chained. Working days are looked up by place in the calendar's ordered list of
them, so that one count and a million counts (the same look-up over an array) cannot differ.

>>> from rules.calendar import england
>>> working_days_after(date(2026, 4, 2), 10, england())
datetime.date(2026, 4, 20)
>>> months_after(date(2026, 11, 30), 3)
datetime.date(2027, 2, 28)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from rules.calendar import Calendar
from rules.limit import AtAge, Before, Every, Limit, Unnumbered

LONDON = ZoneInfo("Europe/London")


def clock_end(
    limit: Limit, start: date, calendar: Calendar, counts_start_day: bool = False, n: int = 1
) -> date | datetime:
    """Return the last day of *limit* from *start*, or the moment for hours; the whole dispatch from unit to

    >>> from rules.calendar import england
    >>> from rules.limit import Every
    >>> clock_end(Every(every=6, unit="months"), date(2026, 8, 31), england(), n=3)
    datetime.date(2028, 2, 29)

    Raises:
        BeyondHorizon: the end cannot be known.
        TypeError: *limit* has no number, or hours are counted from a day without a time.
    """
    try:
        if isinstance(limit, AtAge):
            return months_after(start, limit.at_age.total_months)
        if isinstance(limit, Unnumbered):
            raise TypeError("a limit without a number has no end")
        amount = limit.count * n if isinstance(limit, Every) else limit.count
        return _units_after(start, amount, limit.unit, isinstance(limit, Before), calendar, counts_start_day)
    except (OverflowError, ValueError) as fault:  # past the year 9999
        raise calendar.beyond() from fault


def _units_after(
    start: date, amount: int, unit: str, back: bool, calendar: Calendar, counts_start_day: bool
) -> date | datetime:
    signed = -amount if back else amount
    if unit == "working_days":
        counted = working_days_before if back else working_days_after
        return counted(start, amount, calendar, counts_start_day)
    if unit == "days":
        return days_after(start, signed, counts_start_day)
    if unit == "weeks":
        return days_after(start, 7 * signed, counts_start_day)
    if unit == "hours":
        if not isinstance(start, datetime):
            raise TypeError("hours are counted from a moment, not a day")
        return hours_after(start, signed)
    return months_after(start, signed * (12 if unit == "years" else 1), counts_start_day)


def working_days_after(start: date, count: int, calendar: Calendar, counts_start_day: bool = False) -> date:
    """Return the *count*-th working day after *start* (on or after it with *counts_start_day*); count is at least 1.

    From a closed day the first working day after it is day 1, as from any other.

    Raises:
        BeyondHorizon: the start or the end lies where holidays are not known.

    >>> from rules.calendar import england
    >>> working_days_after(date(2026, 5, 2), 20, england())  # a Saturday, with two bank holidays to come
    datetime.date(2026, 6, 2)
    """
    days = calendar.open_days
    ordinal = start.toordinal()
    place = (bisect_left if counts_start_day else bisect_right)(days, ordinal) + count - 1
    if start < calendar.known_from or place >= len(days):
        raise calendar.beyond()
    return date.fromordinal(days[place])


def working_days_before(start: date, count: int, calendar: Calendar, counts_start_day: bool = False) -> date:
    """Return the *count*-th working day before *start* (on or before it with *counts_start_day*).

    Raises:
        BeyondHorizon: the start or the end lies where holidays are not known.

    >>> from rules.calendar import england
    >>> working_days_before(date(2026, 4, 7), 3, england())
    datetime.date(2026, 3, 31)
    """
    days = calendar.open_days
    ordinal = start.toordinal()
    place = (bisect_right if counts_start_day else bisect_left)(days, ordinal) - count
    if start > calendar.known_to or place < 0:
        raise calendar.beyond()
    return date.fromordinal(days[place])


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Return how many working days lie after *first* up to and including *last*; negative where last is earlier.

    Raises:
        BeyondHorizon: either day lies where holidays are not known.

    >>> from rules.calendar import england
    >>> working_days_between(date(2026, 4, 2), date(2026, 4, 20), england())
    10
    """
    if not (calendar.known_from <= first <= calendar.known_to and calendar.known_from <= last <= calendar.known_to):
        raise calendar.beyond()
    days = calendar.open_days
    return bisect_right(days, last.toordinal()) - bisect_right(days, first.toordinal())


def days_after(start: date, count: int, counts_start_day: bool = False) -> date:
    """Return the day *count* calendar days after *start*; a negative count goes back.

    >>> days_after(date(2026, 3, 2), 182, counts_start_day=True)  # 26 weeks beginning with that Monday
    datetime.date(2026, 8, 30)
    """
    return start + timedelta(days=count - _one(count, counts_start_day))


def months_after(start: date, count: int, counts_start_day: bool = False) -> date:
    """Return the corresponding date *count* months on (negative: back), or the last day of a month too short for it.

    With *counts_start_day* the period ends the day before the corresponding date; where there is no such date, the
    month's last day is the day before it already.

    >>> months_after(date(2026, 8, 31), 18), months_after(date(2008, 2, 29), 210)
    (datetime.date(2028, 2, 29), datetime.date(2025, 8, 29))
    >>> months_after(date(2026, 3, 1), 1, counts_start_day=True)
    datetime.date(2026, 3, 31)
    """
    end = start + relativedelta(months=count)
    if end.day != start.day:
        return end
    return end - timedelta(days=_one(count, counts_start_day))


def month_shortened(start: date, count: int) -> bool:
    """Return whether *count* months from *start* there is no corresponding date, so that the month's last day stands.

    >>> month_shortened(date(2026, 11, 30), 3), month_shortened(date(2026, 11, 28), 3)
    (True, False)
    """
    return start.day > 28 and (start + relativedelta(months=count)).day != start.day


def hours_after(start: datetime, count: int) -> datetime:
    """Return the moment *count* hours of elapsed time after *start*, as Europe/London reads it.

    >>> hours_after(datetime(2026, 3, 27, 21, tzinfo=LONDON), 72).isoformat()  # the clocks go forward between
    '2026-03-30T22:00:00+01:00'
    """
    return (london(start).astimezone(UTC) + timedelta(hours=count)).astimezone(LONDON)


def london(moment: datetime) -> datetime:
    """Return *moment* as Europe/London reads it; one without a zone is taken as London's own time.

    Of the two readings of an hour that the autumn change repeats, the earlier is taken, so that no deadline is late.

    >>> london(datetime(2026, 7, 1, 12, tzinfo=UTC)).isoformat()
    '2026-07-01T13:00:00+01:00'
    """
    return moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)


def _one(count: int, counts_start_day: bool) -> int:
    """Return the day that a counted start takes off a count: towards the start, whichever way the count goes."""
    return (1 if count > 0 else -1) if counts_start_day else 0
