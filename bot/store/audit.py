"""Who read or changed a case, when. Rows are only ever added; the retention purge does not touch them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.store.tables import audit


@dataclass(frozen=True)
class Entry:
    """One read or change."""

    who: str
    at: datetime
    what: str
    case_ref: str | None
    detail: str | None


def note(
    connection: Connection, who: str, what: str, now: datetime, case_ref: str | None = None, detail: str | None = None
) -> None:
    """Write one line, in the same transaction as what it is about."""
    connection.execute(insert(audit).values(who=who, at=now, what=what, case_ref=case_ref, detail=detail))


def of_case(connection: Connection, case_ref: str) -> list[Entry]:
    """Everything that was read or changed on a case, oldest first."""
    rows = connection.execute(select(audit).where(audit.c.case_ref == case_ref).order_by(audit.c.id))
    return [Entry(row.who, row.at, row.what, row.case_ref, row.detail) for row in rows]
