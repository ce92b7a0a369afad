"""What a command about cases works with: the database, the rules, the calendar, who asks, and the moment."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection

from bot.answers.dates import LONDON
from bot.messages import timelines as say
from bot.settings import Settings
from bot.store import Store, cases, teams
from bot.store.cases import StoredCase
from bot.store.teams import Team
from bot.usage import UsageError
from rules import Calendar, RuleBook, england


@dataclass(frozen=True)
class Office:
    """The command line's own desk; `now` is aware, in Europe/London, and read once."""

    store: Store
    book: RuleBook
    calendar: Calendar
    now: datetime
    who: str
    locale: str | None

    @property
    def today(self) -> date:
        """The day it is, or the one asked about."""
        return self.now.date()


@contextmanager
def office(settings: Settings, on: str | None = None) -> Iterator[Office]:
    """Open the database and load the rules; *on* is the day to look from, in ISO.

    Raises:
        UsageError: *on* is not a date.
    """
    now = now_of(on)
    store = Store(settings.database_url)
    try:
        store.upgrade()
        yield Office(store, RuleBook.load(), england(), now, f"cli:{getpass.getuser()}"[:40], settings.locale)
    finally:
        store.close()


def now_of(on: str | None) -> datetime:
    """Return the moment to look from: now, or noon of the day *on*."""
    if on is None:
        return datetime.now(LONDON)
    try:
        return datetime.combine(date.fromisoformat(on), time(12), LONDON)
    except ValueError as fault:
        raise UsageError(f"{on!r} is not a date; write it as 2026-11-22.") from fault


def the_team(connection: Connection, asked: str | None) -> Team:
    """Return the team of a channel or of a name, or the only one there is.

    Raises:
        UsageError: there is no such team, or it could be either of two.
    """
    every = teams.every(connection)
    names = [f"{team.name} ({team.channel})" for team in every]
    if asked is None:
        if len(every) == 1:
            return every[0]
        raise UsageError(say.which_team(names))
    found = [team for team in every if team.channel == asked]
    found = found or [team for team in every if team.name.casefold() == asked.strip().casefold()]
    if not found:
        raise UsageError(say.no_team(asked, names))
    if len(found) > 1:
        raise UsageError(say.team_twice(asked, [team.channel for team in found]))
    return found[0]


def the_case(connection: Connection, ref: str, team: str | None) -> tuple[StoredCase, Team]:
    """Return a case by its reference, and its team.

    Raises:
        UsageError: there is none, or two teams have one of this reference.
    """
    among = [the_team(connection, team)] if team else teams.every(connection)
    found = [(case, one) for one in among if (case := cases.by_ref(connection, one.id, ref.strip()))]
    if not found:
        raise UsageError(say.no_case(ref, [one.name for one in among]))
    if len(found) > 1:
        raise UsageError(say.several_teams(ref, [one.name for _, one in found]))
    return found[0]
