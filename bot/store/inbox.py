"""What Slack has delivered: each event once, and none lost between the acknowledgement and the reply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, select, update

from bot.store.engine import insert_new
from bot.store.tables import inbox

LEASE = timedelta(seconds=60)
MAX_TRIES = 3


@dataclass(frozen=True)
class Unhandled:
    """An event that was acknowledged and whose handling never ended: the process was killed in between."""

    id: str
    body: dict[str, Any]
    tries: int


def receive(connection: Connection, id: str, kind: str, body: dict[str, Any] | None, now: datetime) -> bool:
    """Write an event down before it is acknowledged; False if it is known already and must be dropped.

    *body* is kept only for events that await a reply, and only until `handled`.
    """
    return insert_new(
        connection,
        inbox,
        id=id,
        kind=kind,
        body=body,
        tries=1,
        received=now,
        leased_until=now + LEASE if body is not None else None,
        handled=None if body is not None else now,
    )


def handled(connection: Connection, id: str, now: datetime) -> None:
    """The reply is in the outbox (or none was due): forget what the event said."""
    connection.execute(update(inbox).where(inbox.c.id == id).values(body=None, handled=now, leased_until=None))


def take_unhandled(connection: Connection, now: datetime) -> Unhandled | None:
    """Lease one event whose handling never ended; None when there is none. Gives up after `MAX_TRIES`."""
    waiting = and_(inbox.c.handled.is_(None), inbox.c.leased_until <= now, inbox.c.body.is_not(None))
    query = select(inbox.c.id, inbox.c.body, inbox.c.tries).where(waiting).order_by(inbox.c.received).limit(1)
    row = connection.execute(query.with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    connection.execute(update(inbox).where(inbox.c.id == row.id).values(tries=row.tries + 1, leased_until=now + LEASE))
    return Unhandled(row.id, row.body, row.tries + 1)
