"""How a rule stands on cases, found in columns and one by one, in rows that can be held together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from rules import (
    STATUSES,
    BulkCalendar,
    Case,
    CaseTable,
    Obligation,
    Rule,
    RuleBook,
    Status,
    england,
    obligations,
    recompute,
)

ENGLAND = england()
BULK = BulkCalendar.of(ENGLAND)


@dataclass(frozen=True)
class Row:
    """How one rule stands on one case, however it was found."""

    status: Status | None
    due: date | None = None
    at: datetime | None = None
    over: int = 0
    done_on: date | None = None


def in_bulk(rules: Sequence[Rule], table: CaseTable, today: date, chunk: int = 32_768) -> dict[str, list[Row]]:
    """Return the rows of each rule, a case at a time."""
    out: dict[str, list[Row]] = {}
    for found in recompute(rules, table, BULK, today, chunk=chunk):
        moments = [at.replace(tzinfo=UTC) if at else None for at in found.at.tolist()]
        statuses = [STATUSES[code] if code >= 0 else None for code in found.status]
        columns = (statuses, found.due.tolist(), moments, found.working_days_over.tolist(), found.done_on.tolist())
        rows = out.setdefault(found.rule_id, [])
        assert found.first == len(rows)
        rows += [Row(*row) for row in zip(*columns, strict=True)]
    return out


def row_of(found: Obligation) -> Row:
    """Return what an obligation says."""
    on, at = (found.due.on, found.due.at) if found.due else (None, None)
    return Row(found.status, on, at.astimezone(UTC) if at else None, found.working_days_over, found.done_on)


def alone(rule: Rule, case: Case, book: RuleBook, today: date) -> Row:
    """Return what `obligations` says of a rule that is the only one of its book."""
    found = obligations(case, RuleBook({rule.id: rule}, book.events, book.facts), ENGLAND, today)
    return row_of(found[0]) if found else Row(None)
