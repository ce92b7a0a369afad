"""The invented team: on any day of the year its morning list shows what it is meant to show, and nothing goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.local.clock import Clock
from bot.local.model import Install
from bot.local.team import (
    COUNCIL,
    OVERDUE,
    PEOPLE,
    SECOND_COUNCIL,
    SECOND_PEOPLE,
    TEAM_CHANNEL,
    Days,
    InventedCase,
    invented_cases,
    let_in,
    second_cases,
    write_down,
)
from bot.local.world import World
from bot.nudges.duties import duties_of
from bot.nudges.plan import Digest, Times, digest
from bot.nudges.sweep import team_duties
from bot.store import Store, cases, teams
from bot.store.cases import CaseEvent, StoredCase
from rules import Calendar, RuleBook, england

FIRST = date(2026, 11, 25)
YEAR = [FIRST + timedelta(days=number) for number in range(366)]


class Knowing:
    """The rules and the calendar, without the index."""

    book: RuleBook = RuleBook.load()
    calendar: Calendar = england()


KNOWING = Knowing()


def stored(case: InventedCase, id: int) -> StoredCase:
    """An invented case as the database gives it back."""
    events = tuple(CaseEvent(event, day) for event, day in sorted(case.events, key=lambda pair: pair[1]))
    return StoredCase(id, case.ref, 1, COUNCIL, case.worker, None, dict(case.facts), events)


def days(today: date) -> Days:
    """Days counted from *today*."""
    return Days(today, KNOWING.calendar.is_open)


def listed(today: date) -> Digest:
    """The morning's list of *today*."""
    team = [stored(case, number) for number, case in enumerate(invented_cases(days(today)))]
    duties = [duty for case in team for duty in duties_of(case, KNOWING, today)]
    return digest(duties, today, Times(KNOWING.calendar.is_open))


@pytest.mark.parametrize("month", range(1, 13))
def test_every_day_shows_one_visit_overdue_and_the_rest_as_it_should_be(month: int) -> None:
    """Whoever starts the demonstration, on whatever day, must find something to press and no rubbish around it."""
    for today in (day for day in YEAR if day.month == month):
        found = listed(today)
        overdue = [(line.duty.case_ref, line.duty.rule) for line in found.overdue]
        assert overdue == [(OVERDUE, "york.cp-visit.next")], today
        assert found.blocked == (), today
        assert 7 <= len(found.lines) <= 15, today
        near = {line.duty.rule for line in (*found.today, *found.soon)}
        assert near >= {
            "york.cin-visit.next",
            "york.core-group.first",
            "york.core-group.next",
            "york.cla-review.second",
            "york.conference-report.to-chair-within-3wd",
            "york.conference-report.to-family-3wd",
        }, today


@pytest.mark.parametrize("month", range(1, 13))
def test_the_second_team_has_work_every_day_and_nothing_overdue(month: int) -> None:
    """Another council's rules on the same kind of past: a digest full of lateness would tell nothing."""
    for today in (day for day in YEAR if day.month == month):
        cases_of = [stored(case, number) for number, case in enumerate(second_cases(days(today)), 1)]
        theirs = [replace(case, council=SECOND_COUNCIL) for case in cases_of]
        duties = [duty for case in theirs for duty in duties_of(case, KNOWING, today)]
        found = digest(duties, today, Times(KNOWING.calendar.is_open))
        assert [(line.duty.case_ref, line.duty.rule, line.duty.due) for line in found.overdue] == [], today
        assert found.blocked == (), today
        assert {line.duty.rule.split(".")[0] for line in found.lines} <= {SECOND_COUNCIL, "england"}, today
        assert found.lines, today


def test_something_is_due_on_every_working_day() -> None:
    """'Due today' is what a team looks for first."""
    assert all(listed(day).today for day in YEAR[::5] if KNOWING.calendar.is_open(day))


def test_everything_happened_on_a_working_day_and_only_the_conference_is_still_to_come() -> None:
    """A past that could not have been makes people doubt the dates."""
    for today in YEAR[::3]:
        for case in invented_cases(days(today)):
            for event, day in case.events:
                assert KNOWING.calendar.is_open(day), (case.ref, event, day)
                assert day <= today or event == "rcpc_held", (case.ref, event, day)
                assert event in KNOWING.book.events, event


def test_the_team_is_plainly_invented() -> None:
    """Nobody may take it for a real team; references say nothing about anybody."""
    names = {name.split()[1] for _, name, _ in (*PEOPLE, *SECOND_PEOPLE)}
    assert names == {"Sample", "Example", "Demo", "Specimen", "Invented", "Madeup"}
    refs = [case.ref for case in invented_cases(days(FIRST))]
    assert len(set(refs)) == len(refs) == 8
    assert all(ref.startswith("YK-0") and ref[3:].isdigit() for ref in refs)


def test_the_team_is_written_down_as_it_was_thought_out(tmp_path: Path) -> None:
    """What the database gives back must lead to the same list."""
    store = Store(f"sqlite:///{tmp_path / 'demo.db'}")
    store.upgrade()
    with store.write() as connection:
        write_down(connection, days(FIRST), datetime(2026, 11, 25, 9, tzinfo=UTC))
        team = teams.by_channel(connection, TEAM_CHANNEL)
        assert team is not None
        assert len(cases.of_team(connection, team.id)) == 8
        duties = team_duties(connection, team, KNOWING, FIRST)
    store.close()
    found = digest(duties, FIRST, Times(KNOWING.calendar.is_open))
    assert [line.duty.rule for line in found.lines] == [line.duty.rule for line in listed(FIRST).lines]


def test_everybody_and_the_bot_are_let_in() -> None:
    """Without the bot in the channel there is no digest; without a person, nobody to be."""
    world = World(Clock(), Install("xoxb-1", "xapp-1", "secret"))
    let_in(world)
    members = world.channel(TEAM_CHANNEL).members
    assert members == {id for id, _, _ in PEOPLE} | {world.install.bot_user_id}
    assert all(world.channels(id)[0].id == TEAM_CHANNEL for id, _, _ in PEOPLE)
