"""Calendar files: read back by the library, identities that stay, hours at their hour, nobody's name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Component, Event

from bot.casework.ical import calendar_of
from bot.casework.timeline import case_file
from bot.commands.office import Office
from bot.store.cases import CaseEvent, StoredCase
from tests.bot.casework.conftest import NOW, TODAY, case_of


def entries(case: StoredCase, knowing: Office, now: datetime = NOW) -> dict[str, Event]:
    """The entries of a case's calendar by what they are called."""
    data = calendar_of([case_file(case, knowing, TODAY)], "Riverbank Team", "C0RIVERBANK", now)
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return {str(event["summary"]): event for event in found.walk("VEVENT") if isinstance(event, Event)}


def given(entry: Component, name: str) -> Any:  # noqa: ANN401  # a day, a moment, a number or text
    """What an entry holds under a name."""
    return entry.decoded(name)


def test_a_duty_is_a_whole_day_with_its_working(knowing: Office) -> None:
    """What is in the calendar must say why."""
    entry = entries(case_of(("icpc_held", "2026-11-20")), knowing)["YK-0417: First core group"]
    assert given(entry, "dtstart") == date(2026, 12, 4)
    assert given(entry, "dtend") == date(2026, 12, 5)
    assert "Clock starts Fri 20 Nov 2026" in given(entry, "description")
    assert "Source: " in given(entry, "description")
    assert "U0WREN" not in entry.to_ical().decode()


def test_an_hour_clock_stands_at_its_hour(knowing: Office) -> None:
    """24 hours end at an hour, not some time that day."""
    at = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    case = StoredCase(1, "YK-1", 1, "york", None, None, {}, (CaseEvent("referral_accepted", at.date(), at),))
    found = entries(case, knowing)["YK-1: Allocation to a social worker"]
    assert given(found, "dtstart") == at + timedelta(hours=24)


def test_a_later_file_moves_the_entry_it_made(knowing: Office) -> None:
    """Two entries for one conference, one of them wrong, are worse than none."""
    name = "YK-0417: First core group"
    first = entries(case_of(("icpc_held", "2026-11-20")), knowing)[name]
    later = entries(case_of(("icpc_held", "2026-11-23")), knowing, NOW + timedelta(days=1))[name]
    assert given(first, "uid") == given(later, "uid")
    assert given(first, "dtstart") != given(later, "dtstart")
    assert given(first, "sequence") < given(later, "sequence")
    assert given(first, "dtstamp") < given(later, "dtstamp")


def test_every_entry_has_an_identity_of_its_own(knowing: Office) -> None:
    """One that is shared loses a duty."""
    case = case_of(
        ("icpc_held", "2026-11-20"), ("strategy_discussion_held", "2026-11-10"), ("s47_started", "2026-11-10")
    )
    data = calendar_of([case_file(case, knowing, TODAY)] * 1, "Riverbank Team", "C0RIVERBANK", NOW)
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    ids = [str(given(event, "uid")) for event in found.walk("VEVENT")]
    assert len(ids) == len(set(ids)) >= 4
