"""Many cases and events taken in at once, in one transaction; what is known already changes nothing.

All that a team knows is read first, so that the difference can be worked out apart from the database, and then only the
difference is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.cases import CaseEvent, StoredCase
from bot.store.tables import audit, case_events, cases, teams


@dataclass(frozen=True)
class NewEvent:
    """An event to be recorded on the case of this reference."""

    ref: str
    event: str
    on: date
    at: datetime | None = None


@dataclass(frozen=True)
class CaseState:
    """A case as it shall stand, apart from its events. `ref` as it is kept."""

    ref: str
    worker: str | None = None
    closed: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Intake:
    """The difference between a file and what is known: cases, events, and hours of known events."""

    new_cases: Sequence[CaseState] = ()
    changed_cases: Sequence[CaseState] = ()
    new_events: Sequence[NewEvent] = ()
    changed_events: Sequence[NewEvent] = ()

    @property
    def refs(self) -> list[str]:
        """The references of every case that is touched, in order."""
        cases = {case.ref for case in (*self.new_cases, *self.changed_cases)}
        return sorted(cases | {event.ref for event in (*self.new_events, *self.changed_events)})


def known(connection: Connection, team_id: int) -> dict[str, StoredCase]:
    """Return all of a team's cases, closed ones too, by reference in capitals; later intakes wait for this one."""
    connection.execute(select(teams.c.id).where(teams.c.id == team_id).with_for_update())
    return {case.ref.upper(): case for case in all_of_team(connection, team_id)}


def all_of_team(connection: Connection, team_id: int) -> list[StoredCase]:
    """Return all of a team's cases with their events, closed ones too, by reference; any number of them."""
    events: dict[int, list[CaseEvent]] = defaultdict(list)
    mine = cases.c.team_id == team_id
    joined = select(case_events).join(cases, cases.c.id == case_events.c.case_id).where(mine)
    for row in connection.execute(joined.order_by(case_events.c.on_day, case_events.c.id)):
        at = datetime.fromisoformat(row.at) if row.at else None
        events[row.case_id].append(CaseEvent(row.event, row.on_day, at, row.recorded_by))
    return [
        StoredCase(
            row.id, row.ref, row.team_id, row.council, row.worker, row.closed, dict(row.facts), tuple(events[row.id])
        )
        for row in connection.execute(select(cases).where(mine).order_by(cases.c.ref))
    ]


def take(connection: Connection, team_id: int, council: str, intake: Intake, by: str, now: datetime) -> dict[str, int]:
    """Write the difference, with one line of the audit a case; return the ids of the cases touched, by reference."""
    _cases(connection, team_id, council, intake, now)
    mine = connection.execute(select(cases.c.id, cases.c.ref).where(cases.c.team_id == team_id))
    ids = {row.ref.upper(): row.id for row in mine}
    _events(connection, intake, ids, by, now)
    counts: dict[str, int] = defaultdict(int)
    for event in (*intake.new_events, *intake.changed_events):
        counts[event.ref] += 1
    note_each(connection, by, "imported", now, {ref: f"{counts[ref]} events" for ref in intake.refs})
    return {ref: ids[ref.upper()] for ref in intake.refs}


def note_each(connection: Connection, who: str, what: str, now: datetime, details: Mapping[str, str | None]) -> None:
    """Write one line of the audit for each reference of *details*."""
    rows = [{"who": who, "at": now, "what": what, "case_ref": ref, "detail": text} for ref, text in details.items()]
    if rows:
        connection.execute(insert(audit), rows)


def _cases(connection: Connection, team_id: int, council: str, intake: Intake, now: datetime) -> None:
    shared = {"team_id": team_id, "council": council, "created": now}
    _insert(
        connection,
        cases,
        [
            {"ref": one.ref, "worker": one.worker, "closed": one.closed, "facts": dict(one.facts), **shared}
            for one in intake.new_cases
        ],
    )
    if intake.changed_cases:
        same = (cases.c.team_id == team_id, cases.c.ref == bindparam("_ref"))
        values: dict[Any, Any] = {cases.c[name]: bindparam(f"_{name}") for name in ("worker", "closed", "facts")}
        connection.execute(
            update(cases).where(*same).values(values),
            [
                {"_ref": one.ref, "_worker": one.worker, "_closed": one.closed, "_facts": dict(one.facts)}
                for one in intake.changed_cases
            ],
        )


def _events(connection: Connection, intake: Intake, ids: Mapping[str, int], by: str, now: datetime) -> None:
    _insert(
        connection,
        case_events,
        [
            {
                "case_id": ids[one.ref.upper()],
                "event": one.event,
                "on_day": one.on,
                "at": one.at.isoformat() if one.at else None,
                "recorded_by": by,
                "recorded": now,
            }
            for one in intake.new_events
        ],
    )
    if intake.changed_events:
        keys = {"case_id": "_case", "event": "_event", "on_day": "_on"}
        where = [case_events.c[column] == bindparam(name) for column, name in keys.items()]
        values: dict[Any, Any] = {
            case_events.c[name]: bindparam(f"_{name}") for name in ("at", "recorded_by", "recorded")
        }
        connection.execute(
            update(case_events).where(*where).values(values),
            [
                {
                    "_case": ids[one.ref.upper()],
                    "_event": one.event,
                    "_on": one.on,
                    "_at": one.at.isoformat() if one.at else None,
                    "_recorded_by": by,
                    "_recorded": now,
                }
                for one in intake.changed_events
            ],
        )


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows unless their unique key is taken meanwhile: what another replica wrote stands."""
    listed = list(rows)
    if listed:
        build = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        connection.execute(build(table).on_conflict_do_nothing(), listed)
