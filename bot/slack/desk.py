"""What every listener works with: the settings, the services, the store, the sender, and who may see what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from slack_sdk import WebClient

from bot.answers.asker import Asker
from bot.answers.contract import Answer
from bot.nudges import duties
from bot.nudges.plan import LONDON
from bot.settings import Settings
from bot.slack.members import Members
from bot.slack.sender import Sender
from bot.store import Store, teams
from bot.store.teams import Team


class Knowledge(duties.Knowledge, Protocol):
    """What the Slack side needs of `bot.services.Services`: the rules, the calendar, and the councils' names."""

    @property
    def councils(self) -> dict[str, str]:
        """The councils that can be asked about: id → name."""
        ...


Answering = Callable[[str, Asker], Answer]


@dataclass(frozen=True)
class Desk:
    """Everything a listener may use. One for the whole app; safe to share between threads."""

    settings: Settings
    services: Knowledge
    answer: Answering
    store: Store
    client: WebClient
    sender: Sender
    members: Members
    clock: Callable[[], datetime]

    @property
    def now(self) -> datetime:
        """The time it is, in Europe/London, aware."""
        return self.clock().astimezone(LONDON)

    @property
    def today(self) -> date:
        """The day it is in Europe/London."""
        return self.now.date()

    def teams_of(self, user: str) -> list[Team]:
        """The teams whose channel *user* is in. Slack is asked outside any transaction."""
        with self.store.read() as connection:
            known = teams.every(connection)
        return [team for team in known if self.members.is_in(user, team.channel)]

    def council_for(self, user: str, channel: str) -> str | None:
        """The channel's council, or that of the person's own teams where they agree, or the one in the settings."""
        with self.store.read() as connection:
            here = teams.by_channel(connection, channel)
        if here:
            return here.council
        theirs = {team.council for team in self.teams_of(user)}
        return theirs.pop() if len(theirs) == 1 else self.settings.council
