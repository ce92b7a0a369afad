"""The difference between what a file says and what is known: pure, and empty the second time.

>>> from bot.casework.entries import Entry
>>> said = [Entry(2, "YK-0417", "icpc_held", date(2026, 4, 2))]
>>> merged = merge(said, {})
>>> merged.counts["new"], merged.intake.new_events[0].event
(1, 'icpc_held')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.casework.entries import Entry
from bot.store.cases import StoredCase
from bot.store.intake import CaseState, Intake, NewEvent

Key = tuple[str, str, date]


@dataclass(frozen=True)
class Merged:
    """What is to be written, and how many rows are new, known already, or change an hour; and the same of cases."""

    intake: Intake
    counts: Mapping[str, int]


def merge(entries: Iterable[Entry], known: Mapping[str, StoredCase]) -> Merged:
    """Return the difference between *entries* and the cases *known*, by reference in capitals.

    An event is the same if case, event and day are. A blank says nothing: what is known is never taken away.
    """
    listed = sorted(entries, key=lambda entry: entry.row)
    states = _states(listed, known)
    new_cases = tuple(state for ref, state in states.items() if ref not in known)
    changed = tuple(state for ref, state in states.items() if ref in known and state != _state(known[ref]))
    said: dict[Key, NewEvent] = {}
    rows = 0
    for entry in listed:
        if entry.event is None or entry.on is None:
            continue
        rows += 1
        key = (entry.ref, entry.event, entry.on)
        one = said.setdefault(key, NewEvent(states[entry.ref].ref, entry.event, entry.on, entry.at))
        said[key] = replace(one, at=one.at or entry.at)
    hours = {(ref, event.event, event.on): event.at for ref, case in known.items() for event in case.events}
    fresh = tuple(one for key, one in said.items() if key not in hours)
    moved = tuple(one for key, one in said.items() if key in hours and _moves(hours[key], one.at))
    counts = {
        "new": len(fresh),
        "changed": len(moved),
        "known": rows - len(fresh) - len(moved),
        "cases": len(states),
        "cases_new": len(new_cases),
        "cases_changed": len(changed),
    }
    return Merged(Intake(new_cases, changed, fresh, moved), counts)


def _moves(known: datetime | None, said: datetime | None) -> bool:
    return said is not None and said != known


def _state(case: StoredCase) -> CaseState:
    return CaseState(case.ref, case.worker, case.closed, case.facts)


def _states(entries: Iterable[Entry], known: Mapping[str, StoredCase]) -> dict[str, CaseState]:
    """Return each case as it shall stand: what is known, and what the file says over it."""
    out: dict[str, CaseState] = {}
    for entry in entries:
        before = out.get(entry.ref) or (_state(known[entry.ref]) if entry.ref in known else CaseState(entry.ref))
        out[entry.ref] = CaseState(
            before.ref,
            entry.worker or before.worker,
            entry.closed or before.closed,
            {**before.facts, **entry.facts},
        )
    return out
