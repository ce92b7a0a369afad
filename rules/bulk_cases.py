"""Many cases as columns: every event of every case in one sorted array a name, and the cases' facts as codes.

An event is one int64 key, its case, day and second of the day in that order, so that "the first visit of case 7 on or
after 2 April" is one binary search, and a million such questions are one call.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.book import RuleBook
from rules.bulk import EPOCH, FIRST, LAST, NAT, Days, Ints, are_moments, epoch_day, from_days
from rules.bulk_london import london_days, london_seconds, microseconds
from rules.count import london
from rules.due import Fact
from rules.duty import Case
from rules.obligations import facts_as_events  # the definition of what counts as an event, not a second one
from rules.timeline import Event

_SECOND_BITS, _DAY_BITS = 17, 22
_CASE_BITS = _SECOND_BITS + _DAY_BITS
_MOST_CASES = 1 << (63 - _CASE_BITS)
_UNKNOWN: Final = object()
_DAY_MASK = (1 << _DAY_BITS) - 1


def key_of(case: Ints, day: Ints) -> Ints:
    """Return the key of a day's first second on each case; days since 1970, held to those that a date can have.

    >>> keys = key_of(np.array([1, 1, 2]), np.array([0, 1, 0]))
    >>> bool(keys[0] < keys[1] < keys[2])
    True
    """
    return (case << _CASE_BITS) | ((np.clip(day, FIRST, LAST + 1) + EPOCH) << _SECOND_BITS)


@dataclass(frozen=True, eq=False)
class Log:
    """Events in the order of case, day and time.

    `at` is the moment in UTC microseconds, NAT where only the day is known; `which` says by place which of several
    names an event has. Both are None where there is nothing to say. Of two events within one second the order given
    stands.
    """

    keys: Ints
    at: Ints | None = None
    which: NDArray[np.int8] | None = None

    def days(self, places: Ints) -> Ints:
        """Return the days (since 1970) of the events at these places."""
        return ((self.keys[places] >> _SECOND_BITS) & _DAY_MASK) - EPOCH

    def moments(self, places: Ints) -> Ints:
        """Return the moments of the events at these places, NAT where only the day is known."""
        return np.full(len(places), NAT) if self.at is None else self.at[places]

    def names(self, places: Ints) -> Ints:
        """Return which name the events at these places have."""
        return np.zeros(len(places), np.int64) if self.which is None else self.which[places].astype(np.int64)

    def place(self, case: Ints, day: Ints) -> Ints:
        """Return the place of the first event of each case on or after a day: where it would stand if there is none."""
        return np.searchsorted(self.keys, key_of(case, day)).astype(np.int64)

    def bounds(self, size: int) -> Ints:
        """Return where each of *size* cases begins, and the end."""
        return np.searchsorted(self.keys, np.arange(size + 1) << _CASE_BITS).astype(np.int64)

    def part(self, first: int, last: int) -> Log:
        """Return the events of the cases from *first* up to but without *last*, numbered from 0."""
        low, high = np.searchsorted(self.keys, np.array([first, last]) << _CASE_BITS).tolist()
        return Log(self.keys[low:high] - (first << _CASE_BITS), self.at if self.at is None else self.at[low:high])

    def until(self, day: int) -> Log:
        """Return the events up to and including a day."""
        kept = self.days(np.arange(len(self.keys))) <= day
        return self if kept.all() else Log(self.keys[kept], self.at if self.at is None else self.at[kept])


def merged(logs: Sequence[Log]) -> Log:
    """Return the events of several names in one order; of two at one time, that of the earlier log comes first."""
    if len(logs) == 1:
        return logs[0]
    keys = np.concatenate([np.empty(0, np.int64), *(log.keys for log in logs)])
    order = np.argsort(keys, kind="stable")
    which = np.repeat(np.arange(len(logs), dtype=np.int8), [len(log.keys) for log in logs])
    at = None
    if any(log.at is not None for log in logs):
        at = np.concatenate([log.moments(np.arange(len(log.keys))) for log in logs])[order]
    return Log(keys[order], at, which[order])


@dataclass(frozen=True, eq=False)
class Facts:
    """One fact of every case: `codes` are places in `values`, -1 where it is not known."""

    codes: NDArray[np.int32]
    values: tuple[object, ...]


@dataclass(frozen=True, eq=False)
class CaseTable:
    """Cases of one council by number, 0 to size - 1, with all their events and facts.

    Give every event of a case that is known, not only those of the rules asked for: what closed a case last decides
    whether a booked day still counts.

    >>> held = np.array(["2026-04-02", "NaT"], dtype="datetime64[D]")
    >>> table = CaseTable.of_columns(2, {"icpc_held": held})
    >>> table.size, len(table.logs["icpc_held"].keys)
    (2, 1)
    """

    size: int
    logs: Mapping[str, Log] = field(repr=False)
    facts: Mapping[str, Facts] = field(default_factory=dict, repr=False)

    @classmethod
    def of_columns(
        cls,
        size: int,
        events: Mapping[str, Days],
        facts: Mapping[str, Iterable[Fact | None]] | None = None,
    ) -> CaseTable:
        """Return a table of *size* cases from columns.

        *events* maps an event's name to an array of shape (size,), or (size, k) where it can have happened k times,
        NaT for not: datetime64[D] for days, or h to us for moments in UTC. *facts* maps a fact's name to size values,
        None for not known. A day of birth is an event here ("born").

        Raises:
            ValueError: a column has another length, a date lies outside the years 1 to 9999, or size is above 16.7
                million.
            TypeError: an event column holds no dates.
        """
        logs = {name: _log_of_column(name, size, column) for name, column in events.items()}
        given = {name: [_UNKNOWN if one is None else one for one in column] for name, column in (facts or {}).items()}
        coded = {name: _coded(column) for name, column in given.items()}
        for name, column in coded.items():
            if len(column.codes) != size:
                raise ValueError(f"{name} has {len(column.codes)} values for {size} cases")
        return cls(_sized(size), logs, coded)

    @classmethod
    def of_cases(cls, cases: Sequence[Case], book: RuleBook) -> CaseTable:
        """Return a table of cases as `obligations` takes them, numbered in their order.

        A fact that is named like an event of *book* and holds a day counts as that event.

        Raises:
            ValueError: the cases are of more than one council.

        >>> table = CaseTable.of_cases([Case("YK-0417", "york", {"born": "2010-05-31"})], RuleBook.load())
        >>> len(table.logs["born"].keys)
        1
        """
        if len({case.council for case in cases}) > 1:
            raise ValueError("cases of several councils: make a table of each")
        found: dict[str, list[tuple[int, Event]]] = {}
        for number, case in enumerate(cases):
            for event in (*case.events, *facts_as_events(case, book)):
                found.setdefault(event.name, []).append((number, event))
        names = dict.fromkeys(name for case in cases for name in case.facts)
        columns = {name: _coded([case.facts.get(name, _UNKNOWN) for case in cases]) for name in names}
        return cls(_sized(len(cases)), {name: _log_of_events(events) for name, events in found.items()}, columns)

    def part(self, first: int, last: int) -> CaseTable:
        """Return the cases from *first* up to but without *last*, numbered from 0."""
        facts = {name: Facts(fact.codes[first:last], fact.values) for name, fact in self.facts.items()}
        logs = {name: log.part(first, last) for name, log in self.logs.items()}
        return CaseTable(last - first, logs, facts)


def _sized(size: int) -> int:
    if not 0 <= size < _MOST_CASES:
        raise ValueError(f"a table holds up to {_MOST_CASES - 1} cases, not {size}: give them in parts")
    return size


def _log_of_column(name: str, size: int, column: Days) -> Log:
    """Return the events of a column, (size,) or (size, k)."""
    if column.ndim not in (1, 2) or len(column) != size:
        raise ValueError(f"{name} has shape {column.shape} for {size} cases")
    case, across = np.nonzero(~np.isnat(column.reshape(size, column.size // max(size, 1))))
    given = column.reshape(size, -1)[case, across] if size else column.ravel()
    if not are_moments(given):
        return _log(name, case, from_days(given))
    _within_years(name, from_days(given))
    at = given.astype("datetime64[us]").view(np.int64)
    return _log(name, case, london_days(at), london_seconds(at), at)


def _log_of_events(events: Sequence[tuple[int, Event]]) -> Log:
    """Return the log of one name's events with their cases' numbers."""
    case = np.array([number for number, _ in events], dtype=np.int64)
    day = np.array([epoch_day(event.on) for _, event in events], dtype=np.int64)
    if all(event.at is None for _, event in events):
        return _log(events[0][1].name, case, day)
    moments = [london(event.at) if event.at else None for _, event in events]
    at = np.array([microseconds(one.astimezone(UTC)) if one else NAT for one in moments], dtype=np.int64)
    seconds = [one.hour * 3600 + one.minute * 60 + one.second if one else 0 for one in moments]
    return _log(events[0][1].name, case, day, np.array(seconds, dtype=np.int64), at)


def _log(name: str, case: Ints, day: Ints, second: Ints | None = None, at: Ints | None = None) -> Log:
    _within_years(name, day)
    keys = key_of(case, day)
    if second is not None:
        keys |= second
    order = np.argsort(keys, kind="stable")
    return Log(keys[order], None if at is None else at[order])


def _within_years(name: str, day: Ints) -> None:
    if ((day < FIRST) | (day > LAST)).any():
        raise ValueError(f"{name} holds a date outside the years 1 to 9999")


def _coded(column: Sequence[object]) -> Facts:
    places: dict[object, int] = {}
    codes = [-1 if value is _UNKNOWN else places.setdefault(value, len(places)) for value in column]
    return Facts(np.array(codes, dtype=np.int32), tuple(places))
