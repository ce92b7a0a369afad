"""Which days are working days: Monday to Friday less the closed days that a calendar lists, within the span it knows.

The days of England and Wales come from GOV.UK's list as packaged with govuk-bank-holidays; its JSON file is read
directly, because that package's own loader can go to the network, and defaults to the days common to the whole UK.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType

from rules.errors import BeyondHorizon

_SATURDAY = 5
_WEEKEND = {5: "Saturday", 6: "Sunday"}
_DIVISION = "england-and-wales"
_FEWEST_A_YEAR = 8


@dataclass(frozen=True)
class Calendar:
    """Closed days by name, and the span in which they are known. Outside it nothing is guessed.

    >>> calendar = england()
    >>> calendar.reason_closed(date(2026, 4, 3)), calendar.reason_closed(date(2026, 4, 4))
    ('Good Friday', 'Saturday')
    >>> calendar.is_open(date(2026, 4, 7))
    True
    """

    name: str
    closed: Mapping[date, str] = field(repr=False)
    known_from: date
    known_to: date

    def __hash__(self) -> int:
        return hash((self.name, self.known_from, self.known_to, len(self.closed)))

    def reason_closed(self, day: date) -> str | None:
        """Return why *day* is no working day ("Saturday", "Good Friday"), or None where it is one.

        A weekend is one in any year; other days are known only within the span.

        Raises:
            BeyondHorizon: a weekday outside the span.

        >>> england().reason_closed(date(2022, 9, 19))
        'Bank Holiday for the State Funeral of Queen Elizabeth II'
        """
        weekend = _WEEKEND.get(day.weekday())
        if weekend:
            return weekend
        if not self.known_from <= day <= self.known_to:
            raise self.beyond()
        return self.closed.get(day)

    def is_open(self, day: date) -> bool:
        """Return whether *day* is a working day; raises BeyondHorizon for a weekday outside the span.

        >>> england().is_open(date(2026, 12, 28))  # Boxing Day's substitute
        False
        """
        return self.reason_closed(day) is None

    def with_closed(self, closed: Mapping[date, str], name: str | None = None) -> Calendar:
        """Return a calendar with a council's own closed days besides.

        >>> england().with_closed({date(2026, 12, 29): "council closed"}).is_open(date(2026, 12, 29))
        False
        """
        return replace(self, name=name or self.name, closed=MappingProxyType({**self.closed, **closed}))

    def beyond(self) -> BeyondHorizon:
        """Return the refusal that names this calendar and its span."""
        return BeyondHorizon(self.name, self.known_from, self.known_to)

    @cached_property
    def open_days(self) -> Sequence[int]:
        """The ordinals (`date.toordinal`) of every working day known, ascending: what all counting looks up in."""
        first, last = self.known_from.toordinal(), self.known_to.toordinal()
        shut = {day.toordinal() for day in self.closed}
        return [day for day in range(first, last + 1) if (day - 1) % 7 < _SATURDAY and day not in shut]

    @cached_property
    def closed_weekdays(self) -> Sequence[tuple[date, str]]:
        """Every closed day from Monday to Friday with its name, ascending."""
        return sorted((day, name) for day, name in self.closed.items() if day.weekday() < _SATURDAY)

    def closed_weekdays_between(self, first: date, last: date) -> tuple[tuple[date, str], ...]:
        """Return the closed weekdays from *first* to *last*, both included.

        >>> [name for _, name in england().closed_weekdays_between(date(2026, 4, 1), date(2026, 4, 30))]
        ['Good Friday', 'Easter Monday']
        """
        days = self.closed_weekdays
        return tuple(days[bisect_left(days, (first, "")) : bisect_right(days, (last, "\U0010ffff"))])


@cache
def england() -> Calendar:
    """Return the calendar of England and Wales: known from 1 January 2012 to the end of the last complete year.

    >>> england().known_from, england().known_to >= date(2028, 12, 31)
    (datetime.date(2012, 1, 1), True)
    """
    data = json.loads((files("govuk_bank_holidays") / "bank-holidays.json").read_text(encoding="utf-8"))
    closed = {date.fromisoformat(event["date"]): _named(event) for event in data[_DIVISION]["events"]}
    first, last = _complete_years(closed)
    return Calendar("England and Wales", MappingProxyType(closed), date(first, 1, 1), date(last, 12, 31))


def _named(event: Mapping[str, str]) -> str:
    notes = event.get("notes", "")
    return f"{event['title']} ({notes[0].lower()}{notes[1:]})" if notes else event["title"]


def _complete_years(closed: Mapping[date, str]) -> tuple[int, int]:
    """Return the first and last of the years whose list is whole, without a gap between them.

    A year is whole when it has at least eight days, to Boxing Day or later: the list grows a year at a time, and a year
    half published would let its later holidays pass as working days.
    """
    by_year: dict[int, list[date]] = {}
    for day in closed:
        by_year.setdefault(day.year, []).append(day)
    first = last = min(by_year)
    while len(by_year.get(last + 1, ())) >= _FEWEST_A_YEAR and max(by_year[last + 1]) >= date(last + 1, 12, 26):
        last += 1
    return first, last
