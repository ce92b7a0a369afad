"""The real app on a real socket, in a workspace with invented people, with a clock that is moved by hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot import answers
from bot.local.clock import ManualClock
from bot.local.model import Ack, Message, View
from bot.local.people import People
from bot.local.server import LocalWorkspace
from bot.local.world import World
from bot.nudges.plan import LONDON
from bot.services import Services
from bot.settings import Settings
from bot.slack.app import SignpostApp, assemble
from bot.slack.desk import Answering
from bot.slack.run import Running
from bot.store import Store, cases, teams
from bot.store.cases import StoredCase
from bot.store.teams import Team
from tests.bot.slack.watched import WAIT_S, WatchedStore

WREN, ASH, ROBIN, STRANGER = "U0WREN", "U0ASH", "U0ROBIN", "U0STRANGER"
TALK = "C0TALK"  # a channel without a team: everybody and the bot are in it
MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday


@dataclass
class House:
    """A workspace, the app in it, and what a test does with both."""

    workspace: LocalWorkspace
    clock: ManualClock
    store: WatchedStore
    app: SignpostApp
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def world(self) -> World:
        """What is in the workspace."""
        return self.workspace.world

    @property
    def people(self) -> People:
        """What people do in it."""
        return self.workspace.people

    @property
    def bot(self) -> str:
        """A mention of the bot."""
        return f"<@{self.workspace.bot_user_id}>"

    def at(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Let it be that time in London; back, too: each test has its own days."""
        then = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
        self.clock.advance(seconds=(then - self.clock.now()).total_seconds())

    def direct(self, user: str) -> str:
        """The direct message between somebody and the bot."""
        return self.world.open_im(user)

    def settle(self) -> None:
        """Wait until every delivery is acknowledged, every event handled and every message through."""
        assert self.workspace.delivery.wait_settled(WAIT_S), "a delivery was never acknowledged"
        assert self.store.wait_for(self.store.quiet), "something promised was never sent"
        assert self.workspace.delivery.wait_settled(WAIT_S), "an echo was never acknowledged"

    def replies(self, message: Message) -> list[Message]:
        """What the bot has said to *message*, for all to see: in its thread, after it."""
        thread = message.thread_ts if message.is_reply else message.ts
        found = self.world.messages(message.channel, thread)
        return [one for one in found if one.bot_id and one.ts > message.ts]

    def private(self, user: str, channel: str) -> list[Message]:
        """What *user* alone sees in *channel*, in threads, too."""
        channel_wide = self.world.messages(channel, viewer=user)
        in_threads = [one for top in channel_wide for one in self.world.messages(channel, top.ts, viewer=user)[1:]]
        return [one for one in (*channel_wide, *in_threads) if one.visible_to == user]

    def reply(self, message: Message) -> Message:
        """The one reply, when all is quiet: never none, never two."""
        self.settle()
        found = self.replies(message)
        assert len(found) == 1, [one.text for one in found]
        return found[0]

    def ask(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Say something and return the one reply to it."""
        return self.reply(self.people.post(user, channel, text, thread_ts))

    def command(self, user: str, channel: str, text: str) -> Message:
        """Type `/signpost …`; what is said, that person alone sees."""
        ack = self.people.command(user, channel, text)
        assert ack.ok, ack.error
        assert ack.message is not None
        assert ack.message.visible_to == user
        self.settle()
        return ack.message

    def opened(self, user: str, ack: Ack) -> View:
        """The dialog that is open after a press or a command that was acknowledged."""
        assert ack.ok, ack
        found = self.world.modal(user)
        assert found is not None
        return found

    def team(self, *members: str, **settings: Any) -> Team:  # noqa: ANN401 - settings of a team
        """A new team of York's in a channel of its own, with *members*."""
        number = next(self._numbers)
        channel = f"C0TEAM{number}"
        self.world.add_channel(channel, f"team-{number}", [*members, self.workspace.bot_user_id])
        with self.store.write() as connection:
            return teams.save(connection, channel, f"Team {number}", "york", self.app.desk.now, **settings)

    def case(
        self,
        team: Team,
        ref: str,
        *events: tuple[str, date],
        worker: str | None = WREN,
        facts: Mapping[str, Any] | None = None,
    ) -> StoredCase:
        """A case of that team on which *events* have happened."""
        with self.store.write() as connection:
            assert cases.add(connection, team.id, ref, team.council, self.app.desk.now, worker=worker, facts=facts)
            case = cases.by_ref(connection, team.id, ref)
            assert case is not None
            for event, day in events:
                cases.record(connection, case.id, event, day, worker or WREN, self.app.desk.now)
        return self.stored(case.id)

    def stored(self, case_id: int) -> StoredCase:
        """A case as it is kept now."""
        with self.store.read() as connection:
            case = cases.by_id(connection, case_id)
        assert case is not None
        return case

    def sweep(self) -> None:
        """One round of the sweep, and all it leads to."""
        self.app.sweep()
        self.settle()

    def said(self, channel: str) -> list[Message]:
        """The bot's own messages in a channel, threads left out."""
        return [one for one in self.world.messages(channel) if one.bot_id]


def words(found: Message | View) -> str:
    """Every text in a message's or a view's blocks, a line each; the labels of buttons, too."""
    return "\n".join(_texts(list(found.blocks)))


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - walks whatever there is
    if isinstance(value, Mapping):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for name, each in value.items():
            if name != "text" or not isinstance(each, str):
                yield from _texts(each)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _texts(each)


def labels(found: Message | View) -> list[str]:
    """The labels of all buttons, in order."""
    elements = [each for block in found.blocks for each in block.get("elements") or []]
    return [each["text"]["text"] for each in elements if each["type"] == "button"]


@contextmanager
def opened_house(
    services: Services,
    database_url: str,
    data: Path,
    *,
    now: datetime = MORNING,
    answer: Answering | None = None,
    store: WatchedStore | None = None,
    **settings: Any,  # noqa: ANN401 - fields of Settings
) -> Iterator[House]:
    """The house, open: people in, the app connected, nothing swept but by hand. *settings* differ from the usual."""
    clock = ManualClock(now)
    kept = store or WatchedStore(database_url)
    kept.upgrade()
    with LocalWorkspace(clock=clock) as workspace:
        let_in(workspace)
        app = new_app(workspace, services, kept, data, clock, answer, **settings)
        with Running(app, workspace.app_token, sweep_every_s=3_600):
            assert workspace.wait_connected(WAIT_S)
            yield House(workspace, clock, kept, app)
    kept.close()


def new_app(
    workspace: LocalWorkspace,
    services: Services,
    store: Store,
    data: Path,
    clock: ManualClock,
    answer: Answering | None = None,
    **settings: Any,  # noqa: ANN401 - fields of Settings
) -> SignpostApp:
    """The app, not connected yet, that waits for nothing before it looks a message up."""
    return assemble(
        replace(settings_for(workspace, "sqlite:///unused", data), **settings),
        services,
        answer or partial(answers.answer, services=services),
        store,
        clock=clock,
        settle=timedelta(0),
    )


def let_in(workspace: LocalWorkspace) -> None:
    """The invented people, and a channel without a team."""
    for id, name in ((WREN, "Wren Sample"), (ASH, "Ash Example"), (ROBIN, "Robin Demo"), (STRANGER, "Sky Stranger")):
        workspace.world.add_user(id, name)
    everybody = [WREN, ASH, ROBIN, STRANGER, workspace.bot_user_id]
    workspace.world.add_channel(TALK, "talk", everybody)


def settings_for(workspace: LocalWorkspace, database_url: str, data: Path) -> Settings:
    """Settings of an app in that workspace; people in no team are York's."""
    return Settings(
        data,
        database_url,
        council="york",
        log_level="WARNING",
        bot_token=workspace.bot_token,
        app_token=workspace.app_token,
        api_url=workspace.api_url,
    )
