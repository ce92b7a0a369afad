"""Teams: a Slack channel, its council, and when and how it wants to be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, select

from bot.store.engine import upsert
from bot.store.tables import teams


@dataclass(frozen=True)
class Team:
    """A team. `horizon` and `escalate_after` are working days; `digest_hour` is Europe/London."""

    id: int
    channel: str
    name: str
    council: str
    digest_hour: int = 8
    horizon: int = 5
    escalate_to: str | None = None
    escalate_after: int = 5


def save(
    connection: Connection,
    channel: str,
    name: str,
    council: str,
    now: datetime,
    digest_hour: int = 8,
    horizon: int = 5,
    escalate_to: str | None = None,
    escalate_after: int = 5,
) -> Team:
    """Set a channel's team up, or change how it is set up."""
    upsert(
        connection,
        teams,
        ("channel",),
        channel=channel,
        name=name,
        council=council,
        digest_hour=digest_hour,
        horizon=horizon,
        escalate_to=escalate_to,
        escalate_after=escalate_after,
        created=now,
    )
    team = by_channel(connection, channel)
    assert team is not None
    return team


def by_channel(connection: Connection, channel: str) -> Team | None:
    """The team of a channel; None where none is set up."""
    row = connection.execute(select(teams).where(teams.c.channel == channel)).first()
    return _team(row) if row else None


def by_id(connection: Connection, id: int) -> Team | None:
    """The team with this id."""
    row = connection.execute(select(teams).where(teams.c.id == id)).first()
    return _team(row) if row else None


def every(connection: Connection) -> list[Team]:
    """All teams, in the order they were set up."""
    return [_team(row) for row in connection.execute(select(teams).order_by(teams.c.id))]


def _team(row: Row[tuple[object, ...]]) -> Team:
    return Team(
        id=row.id,
        channel=row.channel,
        name=row.name,
        council=row.council,
        digest_hour=row.digest_hour,
        horizon=row.horizon,
        escalate_to=row.escalate_to,
        escalate_after=row.escalate_after,
    )
