"""The tables, as SQLAlchemy Core. Times are aware UTC; days are dates in Europe/London.

Words that a person typed are kept in `gaps` alone (scrubbed), and in `inbox` (scrubbed) until they are answered.
Cases are known by the opaque reference the team already uses: no table has a column for a name.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC. SQLite has no time zones, so they are taken off going in and put back coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could say which hour it means when the clocks change."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone: give an aware time")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _key() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _when(name: str, **options: Any) -> Column[datetime]:  # noqa: ANN401 - options of a column
    return Column(name, UTCDateTime(), **options)


inbox = Table(
    "inbox",
    metadata,
    Column("id", String(200), primary_key=True),  # Slack's event id, or kind and trigger id
    Column("kind", String(60), nullable=False),
    Column("body", JSON(none_as_null=True)),  # only while an addressed event is not yet handled, scrubbed; then null
    Column("tries", Integer, nullable=False, default=0),
    _when("received", nullable=False),
    _when("leased_until"),
    _when("handled"),
)

outbox = Table(
    "outbox",
    metadata,
    _key(),
    Column("key", String(200), nullable=False, unique=True),
    Column("method", String(60), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("thread_ts", String(40)),
    Column("payload", JSON, nullable=False),
    Column("extra", JSON(none_as_null=True)),  # what its buttons need later
    Column("target", String(200)),  # the key of the message that this one updates
    Column("state", String(10), nullable=False, default="pending"),  # pending, sending, sent, failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("looks", Integer, nullable=False, default=0),
    Column("ts", String(40)),
    Column("error", String(200)),
    _when("due", nullable=False),
    _when("leased_until"),
    _when("created", nullable=False),
    _when("sent"),
    Index("ix_outbox_state", "state", "due"),
    Index("ix_outbox_message", "channel", "ts"),
)

teams = Table(
    "teams",
    metadata,
    _key(),
    Column("channel", String(40), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("council", String(40), nullable=False),
    Column("digest_hour", Integer, nullable=False, default=8),
    Column("horizon", Integer, nullable=False, default=5),  # working days ahead that the digest lists
    Column("escalate_to", String(40)),
    Column("escalate_after", Integer, nullable=False, default=5),  # working days overdue
    _when("created", nullable=False),
)

cases = Table(
    "cases",
    metadata,
    _key(),
    Column("ref", String(40), nullable=False),
    Column("team_id", ForeignKey("teams.id", ondelete="CASCADE"), nullable=False),
    Column("council", String(40), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("worker", String(40)),
    Column("closed", Date),
    _when("created", nullable=False),
    UniqueConstraint("team_id", "ref", name="uq_cases_team_ref"),
)

case_events = Table(
    "case_events",
    metadata,
    _key(),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("event", String(80), nullable=False),
    Column("on_day", Date, nullable=False),
    Column("at", String(40)),  # ISO 8601 with offset, where the hour matters
    Column("recorded_by", String(40), nullable=False),
    _when("recorded", nullable=False),
    UniqueConstraint("case_id", "event", "on_day", name="uq_case_events_case_event_day"),
)

nudges = Table(
    "nudges",
    metadata,
    _key(),
    Column("duty", String(200), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("stage", String(40), nullable=False),
    Column("outbox_key", String(200), nullable=False, index=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("rule", String(120), nullable=False),
    Column("due", Date),
    _when("created", nullable=False),
    UniqueConstraint("duty", "channel", "stage", name="uq_nudges_duty_channel_stage"),
)

snoozes = Table(
    "snoozes",
    metadata,
    _key(),
    Column("duty", String(200), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("until", Date, nullable=False),
    Column("by", String(40), nullable=False),
    _when("created", nullable=False),
    UniqueConstraint("duty", "channel", name="uq_snoozes_duty_channel"),
)

threads = Table(
    "threads",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("thread_ts", String(40), primary_key=True),
    Column("context", JSON(none_as_null=True)),  # rule, event, start, council: never words
    Column("joined", Boolean, nullable=False, default=False),
    _when("updated", nullable=False, index=True),
)

feedback = Table(
    "feedback",
    metadata,
    _key(),
    Column("user", String(40), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("message_ts", String(40), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("about", JSON(none_as_null=True)),  # kind, rule, entry of the answer
    _when("created", nullable=False),
    UniqueConstraint("user", "channel", "message_ts", name="uq_feedback_user_message"),
)

gaps = Table(
    "gaps",
    metadata,
    _key(),
    Column("council", String(40)),
    Column("question", Text, nullable=False),  # scrubbed of personal details
    Column("kind", String(20), nullable=False),
    _when("created", nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _key(),
    Column("who", String(40), nullable=False),
    _when("at", nullable=False, index=True),
    Column("what", String(60), nullable=False),
    Column("case_ref", String(40)),
    Column("detail", String(200)),
)
