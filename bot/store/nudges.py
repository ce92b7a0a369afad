"""Which nudge has been sent, about which duty, in which message; and which duties are to be left alone until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from bot.store.engine import insert_new, upsert
from bot.store.tables import nudges, snoozes


@dataclass(frozen=True)
class SentNudge:
    """One duty in one message."""

    duty: str
    stage: str
    outbox_key: str
    case_id: int
    rule: str
    due: date | None


def sent_stages(connection: Connection, channel: str) -> set[tuple[str, str]]:
    """(duty, stage) of every nudge the channel has had."""
    query = select(nudges.c.duty, nudges.c.stage).where(nudges.c.channel == channel)
    return {(row.duty, row.stage) for row in connection.execute(query)}


def add(connection: Connection, channel: str, nudge: SentNudge, now: datetime) -> bool:
    """Write down that a message carries a nudge; False if the channel has had it before."""
    return insert_new(
        connection,
        nudges,
        duty=nudge.duty,
        channel=channel,
        stage=nudge.stage,
        outbox_key=nudge.outbox_key,
        case_id=nudge.case_id,
        rule=nudge.rule,
        due=nudge.due,
        created=now,
    )


def in_message(connection: Connection, outbox_key: str) -> list[SentNudge]:
    """The duties that a message speaks of, in its order."""
    query = select(nudges).where(nudges.c.outbox_key == outbox_key).order_by(nudges.c.id)
    return [
        SentNudge(row.duty, row.stage, row.outbox_key, row.case_id, row.rule, row.due)
        for row in connection.execute(query)
    ]


def messages_about(connection: Connection, channel: str, case_id: int) -> list[str]:
    """Keys of the channel's messages that speak of a case, oldest first."""
    query = select(nudges.c.outbox_key, nudges.c.id).where(nudges.c.channel == channel, nudges.c.case_id == case_id)
    return list(dict.fromkeys(row.outbox_key for row in connection.execute(query.order_by(nudges.c.id))))


def snooze(connection: Connection, duty: str, channel: str, until: date, by: str, now: datetime) -> None:
    """Say nothing about a duty in a channel before *until*. The duty and its date stay as they are."""
    upsert(connection, snoozes, ("duty", "channel"), duty=duty, channel=channel, until=until, by=by, created=now)


def snoozed(connection: Connection, channel: str, today: date) -> dict[str, date]:
    """Duties to be left alone today, and until when."""
    query = select(snoozes.c.duty, snoozes.c.until).where(snoozes.c.channel == channel, snoozes.c.until > today)
    return {row.duty: row.until for row in connection.execute(query)}


def unsend(connection: Connection, outbox_key: str) -> None:
    """A message was dropped before it was sent: what it would have told has not been told."""
    connection.execute(delete(nudges).where(nudges.c.outbox_key == outbox_key))
