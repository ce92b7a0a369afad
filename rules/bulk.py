"""Due dates of whole columns: what `rules.count` does for one start, done for an array of them at once.

`rules.count` is the definition; nothing here may differ from it, and tests hold the two together. What the scalar path
refuses (no start, a count that leaves the known years) is NaT here, never a guess.

Inside, a day is an int64 of days since 1970 and `NAT` stands for none; `numpy.datetime64` is only at the edges.

>>> from rules.calendar import england
>>> from rules.limit import Within
>>> days = np.array(["2026-04-02", "NaT", "2028-12-22"], dtype="datetime64[D]")
>>> due_days(Within(within=10, unit="working_days"), days, BulkCalendar.of(england()))
array(['2026-04-20',        'NaT',        'NaT'], dtype='datetime64[D]')
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rules.calendar import Calendar
from rules.errors import RulesError
from rules.limit import AtAge, Before, Every, Limit, Unnumbered

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Days = NDArray[np.datetime64]
NAT = int(np.iinfo(np.int64).min)
EPOCH = date(1970, 1, 1).toordinal()
FIRST, LAST = date.min.toordinal() - EPOCH, date.max.toordinal() - EPOCH
_OLDEST, _NEWEST = np.datetime64("0001-01-02T00", "h"), np.datetime64("9999-12-31T00", "h")  # London's day exists too
_FINE = tuple((unit, 1) for unit in ("h", "m", "s", "ms", "us"))
_MOST = 10**8  # more of any unit than this leaves all years that a date can have, and less cannot overflow


def epoch_day(day: date) -> int:
    """Return a day as the number of days since 1 January 1970.

    >>> epoch_day(date(1970, 1, 2))
    1
    """
    return day.toordinal() - EPOCH


@dataclass(frozen=True, eq=False)
class BulkCalendar:
    """A calendar laid out for arrays: its open days in order, and how many there are up to every day of its span.

    `open_days` and the span's `first` and `last` are days since 1970; `upto[k]` is how many working days the first k
    days of the span hold, so that bisecting for a place becomes one look-up.

    >>> from rules.calendar import england
    >>> bulk = BulkCalendar.of(england())
    >>> len(bulk.open_days) == len(england().open_days) == int(bulk.upto[-1])
    True
    """

    calendar: Calendar
    first: int
    last: int
    open_days: Ints = field(repr=False)
    upto: Ints = field(repr=False)

    @classmethod
    def of(cls, calendar: Calendar) -> BulkCalendar:
        """Return *calendar* laid out; a few milliseconds, once."""
        first, last = epoch_day(calendar.known_from), epoch_day(calendar.known_to)
        open_days = np.asarray(calendar.open_days, dtype=np.int64) - EPOCH
        upto = np.searchsorted(open_days, np.arange(first, last + 2)).astype(np.int64)
        return cls(calendar, first, last, open_days, upto)

    def working_days(self, first: Ints, last: Ints) -> Ints:
        """Return the working days after *first* up to *last* (days since 1970), never negative.

        Days outside the known span are drawn to its nearest end, as statuses count them.
        """
        after, upto = (self.upto[np.clip(day, self.first, self.last) - (self.first - 1)] for day in (first, last))
        return cast(Ints, np.maximum(upto - after, 0))


def due_days(limit: Limit, starts: Days, calendar: BulkCalendar, counts_start_day: bool = False, n: int = 1) -> Days:
    """Return the last day of *limit* from each of *starts*: `rules.clock_end`, for an array of any shape.

    *starts* are days (any datetime64; a finer unit is cut to its day). NaT where the start is NaT or where `clock_end`
    refuses. *n* is the how-many-th date of a limit `every`; other limits do not look at it, as `clock_end` does not.

    Raises:
        TypeError: the limit has no number, or counts hours (see `due_moments`), or *starts* are no dates.
        RulesError: *n* is below 1.

    >>> from rules.calendar import england
    >>> bulk = BulkCalendar.of(england())
    >>> due_days(Before(before=3, unit="working_days"), np.array(["2026-04-07"], dtype="datetime64[D]"), bulk)
    array(['2026-03-31'], dtype='datetime64[D]')
    """
    if limit.unit == "hours":
        raise TypeError("hours are counted from a moment, not a day: see due_moments")
    counted = day_counter(limit, calendar, counts_start_day, n)
    return to_days(counted(from_days(starts)))


def due_moments(limit: Limit, starts: Days, n: int = 1) -> Days:
    """Return the moment at which *limit*, in hours, is up from each of *starts*; both in UTC, in the unit of *starts*.

    Raises:
        TypeError: the limit does not count hours, or *starts* are no moments in h, m, s, ms or us.
        RulesError: *n* is below 1.

    >>> from rules.limit import Within
    >>> due_moments(Within(within=72, unit="hours"), np.array(["2026-03-27T21:00"], dtype="datetime64[m]"))
    array(['2026-03-30T21:00'], dtype='datetime64[m]')
    """
    if limit.unit != "hours" or isinstance(limit, AtAge | Unnumbered):
        raise TypeError("only a limit in hours is counted from a moment: see due_days")
    if not are_moments(starts):
        raise TypeError(f"moments are datetime64 in hours, minutes, seconds, ms or us, not {starts.dtype}")
    ends = starts + np.timedelta64(_amount(limit, n), "h").astype(starts.dtype.str.replace("M8", "m8"))
    known = (starts >= _OLDEST) & (starts < _NEWEST) & (ends >= _OLDEST) & (ends < _NEWEST)
    return cast(Days, np.where(known, ends, np.datetime64("NaT")))


def day_counter(limit: Limit, calendar: BulkCalendar, counts_start_day: bool, n: int = 1) -> Callable[[Ints], Ints]:
    """Return what turns start days into due days, both int64 since 1970 with NAT for none.

    >>> from rules.calendar import england
    >>> from rules.limit import Within
    >>> count = day_counter(Within(within=1, unit="weeks"), BulkCalendar.of(england()), False)
    >>> count(np.array([0, NAT])).tolist() == [7, NAT]
    True
    """
    amount = _amount(limit, n)
    if isinstance(limit, AtAge):
        return lambda days: months_after(days, amount)
    one = (1 if amount > 0 else -1) if counts_start_day else 0  # a counted start is one less, whichever way
    if limit.unit == "working_days":
        return lambda days: _everywhere(days, lambda known: _working_days_after(known, amount, one, calendar))
    if limit.unit in ("months", "years"):
        months = amount * (12 if limit.unit == "years" else 1)
        return lambda days: months_after(days, months, one)
    each = 7 if limit.unit == "weeks" else 1
    return lambda days: _everywhere(days, lambda known: known + (each * amount - one))


def months_after(days: Ints, count: int, one: int = 0) -> Ints:
    """Return the corresponding day *count* months on from days since 1970, less *one* for a start that counts.

    >>> to_days(months_after(from_days(np.array(["2026-11-30"], dtype="datetime64[D]")), 3))
    array(['2027-02-28'], dtype='datetime64[D]')
    """
    return _everywhere(days, lambda known: _months_after(known, count, one))


def are_moments(given: Days) -> bool:
    """Return whether an array holds moments, in h, m, s, ms or us, rather than days.

    >>> are_moments(np.array(["1970-01-02T23:59"], dtype="datetime64[m]")), are_moments(np.array([0.5]))
    (True, False)
    """
    return given.dtype.kind == "M" and np.datetime_data(given.dtype) in _FINE


def from_days(days: Days) -> Ints:
    """Return days as int64 since 1970, without a copy where the unit is the day.

    Raises:
        TypeError: *days* are no dates.

    >>> from_days(np.array(["1970-01-02T23:59"], dtype="datetime64[m]")).tolist()
    [1]
    """
    if days.dtype.kind != "M":
        raise TypeError(f"days are datetime64, not {days.dtype}")
    return np.ascontiguousarray(days.astype("datetime64[D]", copy=False)).view(np.int64)


def to_days(days: Ints) -> Days:
    """Return int64 days since 1970 as datetime64[D], without a copy.

    >>> to_days(np.array([1, NAT]))
    array(['1970-01-02',        'NaT'], dtype='datetime64[D]')
    """
    return cast(Days, days.view("datetime64[D]"))


def _amount(limit: Limit, n: int) -> int:
    """Return the units to count, back as a negative number; an age in months."""
    if n < 1:
        raise RulesError("n is the how-many-th date: give 1 or more.")
    if isinstance(limit, Unnumbered):
        raise TypeError("a limit without a number has no end")
    if isinstance(limit, AtAge):
        return limit.at_age.total_months
    amount = min(limit.count * (n if isinstance(limit, Every) else 1), _MOST)
    return -amount if isinstance(limit, Before) else amount


def _everywhere(days: Ints, count: Callable[[Ints], Ints]) -> Ints:
    """Return `count(days)` with NAT where there is no start, or the end is no date.

    Where there are many starts within a few years, each day between the first and the last is counted once and then
    looked up: a due day depends on its start alone.
    """
    if not days.size:
        return days.copy()
    low, high = int(days.min()), int(days.max())
    if low == NAT:  # the least of those that are given
        low = int(np.where(days == NAT, LAST + 1, days).min())
    if not 0 <= high - low < days.size // 2:
        return _checked(days, count)
    table = np.append(_checked(np.arange(low, high + 1), count), NAT)
    places = np.subtract(days, low)
    if int(days.min()) == NAT:
        places[days == NAT] = -1
    return table[places]


def _checked(days: Ints, count: Callable[[Ints], Ints]) -> Ints:
    dates = (days >= FIRST) & (days <= LAST)
    ends = count(np.where(dates, days, 0))
    return np.where(dates & (ends >= FIRST) & (ends <= LAST), ends, NAT)


def _working_days_after(days: Ints, amount: int, one: int, calendar: BulkCalendar) -> Ints:
    """Return the amount-th working day after each day, or before it; a start outside the span is refused."""
    inside = (days >= calendar.first) & (days <= calendar.last)
    ahead = np.where(inside, days, calendar.first) - calendar.first
    # after: those up to the day lie behind it, and so does the day itself unless it counts; backwards mirrored
    behind = calendar.upto[ahead + ((one == 0) if amount > 0 else (one != 0))]
    places = behind + (amount - 1 if amount > 0 else amount)
    known = inside & (places >= 0) & (places < len(calendar.open_days))
    return np.where(known, calendar.open_days[np.where(known, places, 0)], NAT)


def _months_after(days: Ints, count: int, one: int) -> Ints:
    """Return the corresponding day *count* months on, less *one*, or the last day of a month too short for it."""
    dates = to_days(days)
    month = dates.astype("datetime64[M]")
    in_month = days - month.astype("datetime64[D]").view(np.int64)  # from 0
    goal = month.view(np.int64) + count
    first, following = (each.view("datetime64[M]").astype("datetime64[D]").view(np.int64) for each in (goal, goal + 1))
    fits = in_month < following - first
    end = np.where(fits, first + in_month, following - 1)
    in_range = (end >= FIRST) & (end <= LAST)  # the scalar path stops at the corresponding date itself
    return np.where(in_range, end - one * fits, NAT)
