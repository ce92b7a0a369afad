"""London's clock for columns of moments: the day and the second of the day that a moment in UTC falls on.

The offsets come from zoneinfo, one look at each day of the years that occur, and are then looked up.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

import numpy as np

from rules.bulk import EPOCH, NAT, Ints
from rules.count import LONDON

DAY_US = 86_400_000_000
_SECOND_US = 1_000_000
_START = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """Return an aware moment as microseconds since 1970 in UTC, exactly.

    >>> microseconds(datetime(1970, 1, 1, 1, tzinfo=UTC))
    3600000000
    """
    return (moment - _START) // timedelta(microseconds=1)


def london_days(moments: Ints) -> Ints:
    """Return London's day (since 1970) of moments in UTC microseconds; NAT stays.

    >>> summer = microseconds(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    >>> (london_days(np.array([summer])) + np.datetime64("1970-01-01")).tolist()
    [datetime.date(2026, 7, 2)]
    """
    return np.where(moments == NAT, NAT, _wall(moments) // DAY_US)


def london_seconds(moments: Ints) -> Ints:
    """Return London's whole second of the day of moments in UTC microseconds; 0 for NAT.

    >>> london_seconds(np.array([microseconds(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))])).tolist()
    [1800]
    """
    return np.where(moments == NAT, 0, _wall(moments) % DAY_US // _SECOND_US)


def _wall(moments: Ints) -> Ints:
    """Return what London's clock shows, as microseconds since 1970 on that clock; anything for NAT."""
    known = np.where(moments == NAT, 0, moments)
    years = known.view("datetime64[us]").astype("datetime64[Y]").view(np.int64) + 1970
    changes = [change for year in np.unique(years).tolist() for change in _changes(int(year))]
    at, offset = np.array(changes, dtype=np.int64).reshape(-1, 2).T
    return known + offset[np.maximum(np.searchsorted(at, known, side="right") - 1, 0)]


@cache
def _changes(year: int) -> tuple[tuple[int, int], ...]:
    """Return London's offset at the beginning of a year and from each change in it on, in microseconds."""
    found: list[tuple[int, int]] = []
    first, end = max(date(year, 1, 1).toordinal(), 2) - EPOCH, date(year, 12, 31).toordinal() - EPOCH
    for day in range(first, end + 1):
        changing = day < end and _offset(day * DAY_US) != _offset((day + 1) * DAY_US)
        for hour in range(24) if changing else (0,):  # the clocks change on the hour of UTC
            at = day * DAY_US + hour * 3600 * _SECOND_US
            if not found or _offset(at) != found[-1][1]:
                found.append((at, _offset(at)))
    return tuple(found)


def _offset(at: int) -> int:
    offset = (_START + timedelta(microseconds=at)).astimezone(LONDON).utcoffset()
    return (offset or timedelta()) // timedelta(microseconds=1)
