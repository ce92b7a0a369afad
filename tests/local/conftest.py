"""A workspace with a small invented team in it, a clock that stands still, and apps that are really connected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.local.clock import ManualClock
from bot.local.server import LocalWorkspace
from tests.local.tiny import Tiny, over_http, over_socket

WREN, ASH = "U0WREN", "U0ASH"
TEAM, ELSEWHERE, CLOSED = "C0TEAM", "C0ELSEWHERE", "G0CLOSED"


@pytest.fixture
def clock() -> ManualClock:
    """A Thursday morning that lasts until it is moved."""
    return ManualClock(datetime(2026, 4, 2, 9, 0, tzinfo=UTC))


@pytest.fixture
def workspace(clock: ManualClock) -> Iterator[LocalWorkspace]:
    """A running workspace: two people, a channel with the bot, one without it, and a private one without it."""
    with LocalWorkspace(clock=clock) as running:
        populate(running)
        yield running


def populate(workspace: LocalWorkspace) -> None:
    """Let the invented people in."""
    world = workspace.world
    world.add_user(WREN, "Wren Sample", "social worker")
    world.add_user(ASH, "Ash Example", "team manager")
    world.add_channel(TEAM, "riverbank-team", [WREN, ASH, workspace.bot_user_id])
    world.add_channel(ELSEWHERE, "elsewhere", [WREN])
    world.add_channel(CLOSED, "closed", [ASH], is_private=True)


@pytest.fixture
def client(workspace: LocalWorkspace) -> WebClient:
    """The SDK's own client, with no retries of its own."""
    return WebClient(workspace.bot_token, base_url=workspace.api_url, timeout=30, retry_handlers=[])


@pytest.fixture
def socket_app(workspace: LocalWorkspace) -> Iterator[Tiny]:
    """A Bolt app over Socket Mode."""
    with over_socket(Tiny(workspace)) as tiny:
        yield tiny


@pytest.fixture
def http_app(workspace: LocalWorkspace) -> Iterator[Tiny]:
    """A Bolt app over signed HTTP."""
    with over_http(Tiny(workspace)) as tiny:
        yield tiny


@pytest.fixture(params=["socket", "http"])
def app(request: pytest.FixtureRequest) -> Tiny:
    """A Bolt app: once over Socket Mode, once over signed HTTP."""
    found = request.getfixturevalue(f"{request.param}_app")
    assert isinstance(found, Tiny)
    return found
