"""Statuses of whole columns: met, late, due or over, as codes. `rules.standing`, in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from rules.bulk import NAT, Bools, BulkCalendar, Days, Ints, epoch_day, from_days
from rules.duty import Status

STATUSES = tuple(Status)
"""What the codes of a status column mean, by place; -1 is no duty: not started, or the rule does not apply."""

CODE = {status: np.int8(place) for place, status in enumerate(STATUSES)}
NO_DUTY = np.int8(-1)


@dataclass(frozen=True, eq=False)
class AsOf:
    """The day to see from (since 1970), in its calendar."""

    calendar: BulkCalendar
    today: int
    soon: int

    @classmethod
    def of(cls, calendar: BulkCalendar, today: date, soon: int) -> AsOf:
        """Return the day in its calendar; raises BeyondHorizon where *today* lies outside the known years."""
        day = epoch_day(today)
        if not calendar.first <= day <= calendar.last:
            raise calendar.calendar.beyond()
        return cls(calendar, day, soon)

    def stands(self, on: Ints, done: Ints, late: Bools, ended: Bools) -> tuple[NDArray[np.int8], Ints]:
        """Return status codes and working days over; *late* counts where done, *ended* where not."""
        met = done != NAT
        codes = np.full(on.shape, CODE[Status.UPCOMING])
        near = on <= self.today + 3 * self.soon + 14  # further than any run of holidays stretches so many working days
        ahead = self.calendar.working_days(np.full_like(on, self.today), on)
        codes[near & (ahead <= self.soon)] = CODE[Status.DUE_SOON]
        codes[on == self.today] = CODE[Status.DUE_TODAY]
        codes[on < self.today] = CODE[Status.OVERDUE]
        codes[ended] = CODE[Status.ENDED]
        codes[met] = np.where(late[met], CODE[Status.MET_LATE], CODE[Status.MET])
        counts = (codes == CODE[Status.OVERDUE]) | (codes == CODE[Status.MET_LATE])
        over = np.zeros(on.shape, dtype=np.int64)
        over[counts] = self.calendar.working_days(on[counts], np.where(met, done, self.today)[counts])
        return codes, over


def statuses(
    due: Days, done: Days, calendar: BulkCalendar, today: date, soon: int = 5
) -> tuple[NDArray[np.int8], NDArray[np.int32]]:
    """Return the status code and the working days over of day clocks that are due on *due* and were met on *done*.

    NaT in *done* is not met; NaT in *due* has no duty. For bare columns: nothing here ends a clock or blocks it.

    Raises:
        BeyondHorizon: *today* lies outside the years whose bank holidays are known.

    >>> from rules.calendar import england
    >>> due, done = (np.array([day], dtype="datetime64[D]") for day in ("2026-04-20", "NaT"))
    >>> codes, over = statuses(due, done, BulkCalendar.of(england()), date(2026, 4, 22))
    >>> STATUSES[codes[0]].value, int(over[0])
    ('overdue', 2)
    """
    day = AsOf.of(calendar, today, soon)
    on, met = from_days(due), from_days(done)
    codes, over = day.stands(on, met, met > on, np.zeros(on.shape, dtype=np.bool_))
    return np.where(on == NAT, NO_DUTY, codes), np.where(on == NAT, 0, over).astype(np.int32)
