"""The sender by itself: what it may still say after a long wait, and that nothing stops it. On both databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.local.clock import ManualClock
from bot.local.server import LocalWorkspace
from bot.slack.client import web_client
from bot.slack.sender import GIVE_UP_AFTER, Sender
from bot.store import outbox
from tests.bot.slack.house import MORNING, TALK, let_in
from tests.bot.slack.watched import WAIT_S, WatchedStore

Refresh = Callable[[outbox.Row, datetime], dict[str, Any] | None]


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands still."""
    return ManualClock(MORNING)


@pytest.fixture
def workspace(clock: ManualClock) -> Iterator[LocalWorkspace]:
    """A workspace without an app."""
    with LocalWorkspace(clock=clock) as running:
        let_in(running)
        yield running


@pytest.fixture
def watched(database_url: str) -> Iterator[WatchedStore]:
    """A database with its tables."""
    opened = WatchedStore(database_url)
    opened.upgrade()
    yield opened
    opened.close()


def sent(
    workspace: LocalWorkspace,
    clock: ManualClock,
    store: WatchedStore,
    keys: list[str],
    wait: timedelta,
    refresh: Refresh,
) -> list[str]:
    """Promise a message under each key, let *wait* go by, and send; returns what is said in the channel then."""
    with store.write() as connection:
        for key in keys:
            outbox.put(connection, key, "chat.postMessage", {"channel": TALK, "text": key}, clock.now())
    clock.advance(seconds=wait.total_seconds())
    client = web_client(workspace.bot_token, workspace.api_url)
    sender = Sender(store, client, clock=clock, settle=timedelta(0), refresh=refresh)
    sender.start()
    assert store.wait_for(store.quiet, WAIT_S)
    sender.stop()
    return [one.text for one in workspace.world.messages(TALK)]


def test_what_has_waited_long_is_asked_for_anew(
    workspace: LocalWorkspace, clock: ManualClock, watched: WatchedStore
) -> None:
    """A list of this morning, delivered at noon, must be of noon; one of yesterday must not come at all."""

    def refresh(row: outbox.Row, now: datetime) -> dict[str, Any] | None:
        assert now == clock.now()
        return None if row.key == "old" else row.payload | {"text": f"{row.key} as it is now"}

    said = sent(workspace, clock, watched, ["old", "new"], timedelta(hours=2), refresh)
    assert said == ["new as it is now"]


def test_what_is_fresh_is_said_as_promised(
    workspace: LocalWorkspace, clock: ManualClock, watched: WatchedStore
) -> None:
    """Two seconds old, a reply is not worked out again."""

    def never(row: outbox.Row, now: datetime) -> dict[str, Any] | None:
        raise AssertionError(row.key)

    assert sent(workspace, clock, watched, ["one", "two"], timedelta(seconds=2), never) == ["one", "two"]


def test_a_nudge_that_cannot_be_worked_out_anew_does_not_stop_the_others(
    workspace: LocalWorkspace, clock: ManualClock, watched: WatchedStore
) -> None:
    """One broken rule must not leave a whole council without answers."""

    def broken(row: outbox.Row, now: datetime) -> dict[str, Any] | None:
        if row.key == "broken":
            raise ZeroDivisionError
        return row.payload

    said = sent(workspace, clock, watched, ["broken", "whole"], timedelta(hours=1), broken)
    assert said == ["whole"]
    with watched.read() as connection:
        message = outbox.by_key(connection, "broken")
    assert message is not None
    assert message.state == "failed"


def test_an_unknown_outcome_that_cannot_be_looked_up_is_given_up_in_the_end(
    workspace: LocalWorkspace, clock: ManualClock, watched: WatchedStore
) -> None:
    """A bot whose token was taken away must not hold a channel's messages back for ever."""
    with watched.write() as connection:
        outbox.put(connection, "lost", "chat.postMessage", {"channel": TALK, "text": "lost"}, clock.now())
        assert outbox.claim(connection, clock.now()) is not None  # and the process died
    clock.advance(seconds=(GIVE_UP_AFTER + timedelta(hours=1)).total_seconds())
    client = web_client(re.sub("local", "other", workspace.bot_token), workspace.api_url)
    sender = Sender(watched, client, clock=clock, settle=timedelta(0))
    assert sender.step()
    with watched.read() as connection:
        message = outbox.by_key(connection, "lost")
    assert message is not None
    assert message.state == "failed"
    assert workspace.world.messages(TALK) == []
    assert clock.now().date() == date(2026, 11, 25)
