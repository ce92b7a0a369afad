"""Open duties as an iCalendar file: an entry a duty, under an identity that stays, so that a later file moves it.

Nothing in it names a person: cases stand under their references.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from bot.casework.timeline import CaseFile
from bot.messages import timelines as say
from bot.wording import title_words
from rules import Obligation

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def calendar_of(files: Iterable[CaseFile], team: str, channel: str, now: datetime) -> bytes:
    """Return the calendar of the dated duties of *files*. Days are whole days; hour clocks stand at their moment.

    A duty keeps its identity (team, case and rule), so a file imported later moves what has moved; its sequence is the
    minutes since 2020, which only ever grow. *now* is aware.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Signpost//Due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say.calendar_name(team))
    for file in files:
        for one in file.due:
            calendar.add_component(_entry(one, file.ref, channel, now))
    return bytes(calendar.to_ical())


def identity(channel: str, ref: str, rule: str) -> str:
    """Return a duty's identity: the same for the same team, case and rule, and telling none of them.

    >>> identity("C0RIVERBANK", "YK-0417", "york.core-group.next").endswith("@signpost")
    True
    """
    return f"{hashlib.sha256(f'{channel} {ref.upper()} {rule}'.encode()).hexdigest()[:32]}@signpost"


def _entry(one: Obligation, ref: str, channel: str, now: datetime) -> Event:
    assert one.due is not None
    entry = Event()
    entry.add("uid", identity(channel, ref, one.rule.id))
    entry.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    entry.add("last-modified", now.astimezone(UTC).replace(microsecond=0))
    entry.add("sequence", int((now - _EPOCH).total_seconds() // 60))
    if one.due.at:
        entry.add("dtstart", one.due.at.astimezone(UTC))
    else:
        entry.add("dtstart", one.due.on)
        entry.add("dtend", one.due.on + timedelta(days=1))
    entry.add("summary", say.entry_title(ref, title_words(one.rule)))
    entry.add("description", say.entry_body(one.due.working, _earlier(one), one.rule.id))
    entry.add("categories", [one.rule.topic])
    entry.add("transp", "TRANSPARENT")  # a date to meet keeps nobody's day busy
    return entry


def _earlier(one: Obligation) -> date | None:
    assert one.due is not None
    return one.nudge_on if one.nudge_on and one.nudge_on < one.due.on else None
