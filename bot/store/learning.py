"""What the practice lead learns from: answers marked helpful or not, and questions that the documents do not answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.store.engine import upsert
from bot.store.tables import feedback, gaps


@dataclass(frozen=True)
class Gap:
    """A question nobody could be given an answer to, scrubbed of personal details."""

    council: str | None
    question: str
    kind: str
    created: datetime


def mark(
    connection: Connection,
    user: str,
    channel: str,
    message_ts: str,
    helpful: bool,
    about: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep a person's verdict on an answer. Slack's buttons are a toggle: the last click is the one that counts."""
    upsert(
        connection,
        feedback,
        ("user", "channel", "message_ts"),
        user=user,
        channel=channel,
        message_ts=message_ts,
        helpful=helpful,
        about=dict(about),
        created=now,
    )


def verdicts(connection: Connection) -> list[tuple[bool, dict[str, Any]]]:
    """(helpful, what the answer was about) of every verdict kept."""
    rows = connection.execute(select(feedback.c.helpful, feedback.c.about).order_by(feedback.c.id))
    return [(row.helpful, row.about or {}) for row in rows]


def add_gap(connection: Connection, council: str | None, question: str, kind: str, now: datetime) -> None:
    """Keep a question without an answer. *question* must be scrubbed already; at most 500 characters are kept."""
    connection.execute(insert(gaps).values(council=council, question=question[:500], kind=kind, created=now))


def all_gaps(connection: Connection) -> list[Gap]:
    """Every gap kept, newest first."""
    rows = connection.execute(select(gaps).order_by(gaps.c.id.desc()))
    return [Gap(row.council, row.question, row.kind, row.created) for row in rows]
