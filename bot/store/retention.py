"""Nothing about what people said is kept longer than it must be: the purge, on by default."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from bot.store.tables import feedback, gaps, inbox, nudges, outbox, snoozes, threads


def purge(connection: Connection, now: datetime, days: int) -> dict[str, int]:
    """Delete what is older than *days*; returns how many rows of each table went.

    Cases, their events and the audit stay: they are the team's record, not talk. Unsent messages stay, too.
    Nudges and snoozes go a year later, or a team would be told again of a duty that is still open.
    """
    before, long_before = now - timedelta(days=days), now - timedelta(days=days + 365)
    rules = {
        "inbox": delete(inbox).where(inbox.c.received < before),
        "outbox": delete(outbox).where(outbox.c.created < before, outbox.c.state.in_(("sent", "failed"))),
        "threads": delete(threads).where(threads.c.updated < before),
        "gaps": delete(gaps).where(gaps.c.created < before),
        "feedback": delete(feedback).where(feedback.c.created < before),
        "nudges": delete(nudges).where(nudges.c.created < long_before),
        "snoozes": delete(snoozes).where(snoozes.c.created < long_before),
    }
    return {name: connection.execute(statement).rowcount for name, statement in rules.items()}
