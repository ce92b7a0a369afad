"""A case's time line as plain data for other programs: everything, the working of every date included."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.casework.timeline import CaseFile, Run
from bot.wording import title_words
from rules import Due, Obligation, Reading


def told(file: CaseFile) -> dict[str, Any]:
    """Return the whole time line; days as 2026-04-20, moments with their offset."""
    return {
        "ref": file.ref,
        "council": file.council,
        "worker": file.worker,
        "closed": iso(file.closed),
        "on": iso(file.today),
        "happened": [
            {"event": one.event, "title": one.title, "on": iso(one.on), "at": iso(one.at), "booked": one.booked}
            for one in file.happened
        ],
        "due": [told_duty(one) for one in file.due],
        "blocked": [told_duty(one) for one in file.blocked],
        "history": [_run(one) for one in file.past],
    }


def told_duty(one: Obligation) -> dict[str, Any]:
    """Return one duty with its working, its other readings and where it stands."""
    source = (one.due.version if one.due else one.rule.newest).source
    return {
        "rule": one.rule.id,
        "title": title_words(one.rule),
        "who": one.rule.who,
        "status": one.status.value,
        "due": told_due(one.due) if one.due else None,
        "working_days_over": one.working_days_over,
        "act_by": iso(one.nudge_on),
        "last_done": iso(one.last_done),
        "done_by": list(one.rule.done_by),
        "question": one.question,
        "missing": one.missing,
        "needs_time": one.needs_time,
        "restated_by": list(one.restated_by),
        "source": {
            "document": source.document,
            "section": source.section,
            "lines": list(source.lines) if source.lines else None,
            "law": source.law,
        },
    }


def told_due(due: Due) -> dict[str, Any]:
    """Return a computed date with its start, its working and every other reading."""
    return {
        "on": iso(due.on),
        "at": iso(due.at),
        "falls_on_closed_day": due.falls_on_closed_day,
        "start": iso(due.start),
        "start_event": due.start_event,
        "working": list(due.working),
        "others": [told_reading(other) for other in due.others],
    }


def told_reading(other: Reading) -> dict[str, Any]:
    """Return another date for the same duty, and why."""
    return {
        "on": iso(other.on),
        "at": iso(other.at),
        "rule": other.rule_id,
        "sentence": other.sentence,
        "why": other.why,
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "rule": run.rule,
        "title": run.title,
        "start": iso(run.start),
        "due": iso(run.on),
        "done": iso(run.done),
        "working_days_late": run.late,
        "outcome": run.outcome,
    }


def iso(day: date | datetime | None) -> str | None:
    """Return a day or a moment in ISO, None as None.

    >>> iso(date(2026, 4, 20)), iso(None)
    ('2026-04-20', None)
    """
    return day.isoformat() if day else None
