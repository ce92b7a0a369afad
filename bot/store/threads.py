"""What a thread keeps, so that "and the next one?" is understood: a rule, a start, a council. Never words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.store.engine import upsert
from bot.store.tables import threads


@dataclass(frozen=True)
class Thread:
    """A thread the bot has spoken in. `joined`: it answers there without being mentioned again."""

    context: dict[str, Any] | None
    joined: bool


def get(connection: Connection, channel: str, thread_ts: str) -> Thread | None:
    """What is kept of a thread; None if the bot never spoke there."""
    where = (threads.c.channel == channel, threads.c.thread_ts == thread_ts)
    row = connection.execute(select(threads).where(*where)).first()
    return Thread(row.context, row.joined) if row else None


def save(connection: Connection, channel: str, thread_ts: str, context: dict[str, Any] | None, now: datetime) -> None:
    """Join a thread and keep its context, in place of the one before."""
    upsert(
        connection,
        threads,
        ("channel", "thread_ts"),
        channel=channel,
        thread_ts=thread_ts,
        context=context,
        joined=True,
        updated=now,
    )
