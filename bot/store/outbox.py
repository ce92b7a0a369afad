"""What Signpost will say, written in the same transaction as what it reports, and sent exactly once.

A row goes `pending` → `sending` (committed before the call) → `sent` or `failed`. A row found `sending` after its lease
has an unknown outcome: the message may be in Slack. Only a look-up there decides whether it is sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select, update

from bot.store.engine import insert_new
from bot.store.tables import outbox

LEASE = timedelta(seconds=25)  # longer than a call can take (10 s), so that no live sender is overtaken


@dataclass(frozen=True)
class Row:
    """One message on its way. `unknown`: it was being sent before and nobody knows how that ended."""

    id: int
    key: str
    method: str
    channel: str
    thread_ts: str | None
    payload: dict[str, Any]
    target: str | None
    created: datetime
    attempts: int
    looks: int
    unknown: bool


@dataclass(frozen=True)
class Message:
    """A message that has been put in the outbox: where it is in Slack, once it is there."""

    key: str
    channel: str
    thread_ts: str | None
    ts: str | None
    state: str
    extra: dict[str, Any]


def put(
    connection: Connection,
    key: str,
    method: str,
    payload: dict[str, Any],
    now: datetime,
    extra: dict[str, Any] | None = None,
    target: str | None = None,
) -> bool:
    """Promise one message; False if *key* has been promised before (then nothing changes).

    *payload* holds the arguments of the Web API *method*, `channel` among them. An update names the *target*'s key: its
    `ts` is filled in when it is known.
    """
    return insert_new(
        connection,
        outbox,
        key=key,
        method=method,
        channel=payload["channel"],
        thread_ts=payload.get("thread_ts"),
        payload=payload,
        extra=extra,
        target=target,
        state="pending",
        attempts=0,
        looks=0,
        due=now,
        created=now,
    )


def claim(connection: Connection, now: datetime) -> Row | None:
    """Take the oldest message that may be sent now and mark it `sending`; the caller commits before it calls Slack.

    Messages of one channel go in order: none overtakes an earlier one that is not through yet.
    """
    earlier = outbox.alias("earlier")
    blocked = exists().where(
        earlier.c.channel == outbox.c.channel, earlier.c.id < outbox.c.id, earlier.c.state.in_(("pending", "sending"))
    )
    ready = or_(
        and_(outbox.c.state == "pending", outbox.c.due <= now),
        and_(outbox.c.state == "sending", outbox.c.leased_until <= now),
    )
    query = select(outbox).where(ready, ~blocked).order_by(outbox.c.id).limit(1)
    row = connection.execute(query.with_for_update(skip_locked=True, of=outbox)).first()
    if row is None:
        return None
    unknown = row.state == "sending"
    _set(connection, row.id, state="sending", leased_until=now + LEASE, attempts=row.attempts + 1)
    return Row(
        id=row.id,
        key=row.key,
        method=row.method,
        channel=row.channel,
        thread_ts=row.thread_ts,
        payload=row.payload,
        target=row.target,
        created=row.created,
        attempts=row.attempts + 1,
        looks=row.looks,
        unknown=unknown,
    )


def sent(connection: Connection, id: int, ts: str | None, now: datetime) -> None:
    """Slack has the message, as *ts*. What it said is not kept here any longer."""
    _set(connection, id, state="sent", ts=ts, sent=now, payload={}, leased_until=None, error=None)


def failed(connection: Connection, id: int, error: str) -> None:
    """Slack has refused the message for good; it will not be tried again."""
    _set(connection, id, state="failed", error=error[:200], leased_until=None)


def postpone(connection: Connection, id: int, until: datetime) -> None:
    """Slack has certainly not taken the message (too many at once): try again at *until*."""
    _set(connection, id, state="pending", due=until, leased_until=None)


def unknown(connection: Connection, id: int, until: datetime, looked: bool) -> None:
    """Nobody knows whether Slack took the message: look there at *until*."""
    looks = outbox.c.looks + 1 if looked else 0
    _set(connection, id, state="sending", leased_until=until, looks=looks)


def unsent(connection: Connection) -> int:
    """How many messages are promised and not through."""
    query = select(func.count()).select_from(outbox).where(outbox.c.state.in_(("pending", "sending")))
    return int(connection.execute(query).scalar_one())


def by_key(connection: Connection, key: str) -> Message | None:
    """The message promised under *key*."""
    return _message(connection, outbox.c.key == key)


def by_ts(connection: Connection, channel: str, ts: str) -> Message | None:
    """The message that stands in *channel* at *ts*."""
    return _message(connection, and_(outbox.c.channel == channel, outbox.c.ts == ts))


def _message(connection: Connection, where: Any) -> Message | None:  # noqa: ANN401 - a SQL condition
    row = connection.execute(select(outbox).where(where, outbox.c.target.is_(None))).first()
    if row is None:
        return None
    return Message(row.key, row.channel, row.thread_ts, row.ts, row.state, row.extra or {})


def _set(connection: Connection, id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    connection.execute(update(outbox).where(outbox.c.id == id).values(**values))


def simplify(connection: Connection, id: int, payload: dict[str, Any], now: datetime) -> None:
    """Slack has refused the blocks: send this plainer *payload* instead, so that the person gets an answer."""
    _set(connection, id, payload=payload, state="pending", due=now, leased_until=None)


def note(connection: Connection, key: str, channel: str, extra: dict[str, Any], now: datetime) -> bool:
    """Keep what the buttons of a reply need that goes out with an acknowledgement and not through the outbox."""
    return insert_new(
        connection,
        outbox,
        key=key,
        method="acknowledgement",
        channel=channel,
        payload={},
        extra=extra,
        state="sent",
        attempts=1,
        looks=0,
        due=now,
        created=now,
        sent=now,
    )
