"""Cases, known by the opaque reference the team already uses, and the dated events recorded on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, select, update

from bot.store.engine import insert_new
from bot.store.tables import case_events, cases


@dataclass(frozen=True)
class CaseEvent:
    """Something that happened on a case: an event of the rules library and its day; `at` where the hour matters."""

    event: str
    on: date
    at: datetime | None = None
    recorded_by: str = ""


@dataclass(frozen=True)
class StoredCase:
    """A case as it is kept. `facts` are the flat facts that rules ask for; `events` are in the order they happened."""

    id: int
    ref: str
    team_id: int
    council: str
    worker: str | None
    closed: date | None
    facts: dict[str, Any] = field(default_factory=dict)
    events: tuple[CaseEvent, ...] = ()


def add(
    connection: Connection,
    team_id: int,
    ref: str,
    council: str,
    now: datetime,
    worker: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> bool:
    """Add a case; False if the team has one of this reference."""
    return insert_new(
        connection,
        cases,
        ref=ref,
        team_id=team_id,
        council=council,
        facts=dict(facts or {}),
        worker=worker,
        created=now,
    )


def record(
    connection: Connection, case_id: int, event: str, on: date, by: str, now: datetime, at: datetime | None = None
) -> bool:
    """Record that *event* happened; False if the same event of the same day was known already.

    An hour given for a day that was known without one is kept: an hour clock may have been waiting for it.
    """
    new = insert_new(
        connection,
        case_events,
        case_id=case_id,
        event=event,
        on_day=on,
        at=at.isoformat() if at else None,
        recorded_by=by,
        recorded=now,
    )
    if new or at is None:
        return new
    where = (case_events.c.case_id == case_id, case_events.c.event == event, case_events.c.on_day == on)
    known = update(case_events).where(*where, case_events.c.at.is_(None))
    return connection.execute(known.values(at=at.isoformat(), recorded_by=by, recorded=now)).rowcount == 1


def forget(connection: Connection, case_id: int, event: str, on: date) -> bool:
    """Take back an event that was recorded by mistake; False if it was not there."""
    where = (case_events.c.case_id == case_id, case_events.c.event == event, case_events.c.on_day == on)
    return connection.execute(delete(case_events).where(*where)).rowcount == 1


def assign(connection: Connection, case_id: int, worker: str) -> None:
    """Give the case to another worker."""
    connection.execute(update(cases).where(cases.c.id == case_id).values(worker=worker))


def close(connection: Connection, case_id: int, on: date) -> None:
    """Close the case: it is not nudged about again."""
    connection.execute(update(cases).where(cases.c.id == case_id).values(closed=on))


def of_team(connection: Connection, team_id: int, include_closed: bool = False) -> list[StoredCase]:
    """A team's cases with their events, by reference."""
    query = select(cases).where(cases.c.team_id == team_id).order_by(cases.c.ref)
    return _load(connection, query if include_closed else query.where(cases.c.closed.is_(None)))


def by_ref(connection: Connection, team_id: int, ref: str) -> StoredCase | None:
    """The team's case of this reference, whatever the letters' case."""
    query = select(cases).where(
        cases.c.team_id == team_id, cases.c.ref.ilike(ref.replace("%", "").replace("_", r"\_"), escape="\\")
    )
    found = _load(connection, query)
    return found[0] if found else None


def by_id(connection: Connection, id: int) -> StoredCase | None:
    """The case with this id."""
    found = _load(connection, select(cases).where(cases.c.id == id))
    return found[0] if found else None


def _load(connection: Connection, query: Select[Any]) -> list[StoredCase]:
    rows = connection.execute(query).all()
    wanted = [row.id for row in rows]
    events: dict[int, list[CaseEvent]] = defaultdict(list)
    happened = select(case_events).where(case_events.c.case_id.in_(wanted))
    for row in connection.execute(happened.order_by(case_events.c.on_day, case_events.c.id)):
        at = datetime.fromisoformat(row.at) if row.at else None
        events[row.case_id].append(CaseEvent(row.event, row.on_day, at, row.recorded_by))
    return [
        StoredCase(
            id=row.id,
            ref=row.ref,
            team_id=row.team_id,
            council=row.council,
            worker=row.worker,
            closed=row.closed,
            facts=dict(row.facts),
            events=tuple(events[row.id]),
        )
        for row in rows
    ]
