"""Bare sockets of Socket Mode, for tests that look at envelopes themselves."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from websocket import (
    ABNF,
    WebSocket,
    create_connection,
)

from bot.local.clock import ManualClock
from bot.local.server import LocalWorkspace
from tests.local.tiny import Body


def address(workspace: LocalWorkspace) -> str:
    """Where a socket can be opened, once."""
    request = urllib.request.Request(
        f"{workspace.api_url}apps.connections.open", b"", {"Authorization": f"Bearer {workspace.app_token}"}
    )
    with urllib.request.urlopen(request, timeout=30) as reply:
        return str(json.load(reply)["url"])


@contextmanager
def opened(workspace: LocalWorkspace) -> Iterator[WebSocket]:
    """A bare socket, past its `hello`."""
    plug = create_connection(address(workspace), timeout=30)
    try:
        hello = received(plug)
        assert (hello["type"], hello["connection_info"]["app_id"]) == ("hello", workspace.install.app_id)
        yield plug
    finally:
        plug.shutdown()  # type: ignore[no-untyped-call]


def received(plug: WebSocket) -> Body:
    """The next envelope; fails after thirty seconds, however often the server pings meanwhile."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        code, frame = plug.recv_data_frame(control_frame=True)
        if code == ABNF.OPCODE_TEXT:
            found = json.loads(frame.data)
            assert isinstance(found, dict)
            return found
    raise AssertionError("no envelope came")


def acknowledge(plug: WebSocket, envelope: Body, payload: Body | None = None) -> None:
    """Acknowledge it."""
    body = {"envelope_id": envelope["envelope_id"]} | ({"payload": payload} if payload else {})
    plug.send(json.dumps(body))


def settle(workspace: LocalWorkspace, clock: ManualClock) -> None:
    """Let the time pass until all is acknowledged. Slack's client may connect twice, and lose what it says between."""
    for seconds in (0, 3, 60, 3, 300):
        assert workspace.wait_connected()
        clock.advance(seconds=seconds)
        if workspace.delivery.wait_settled(timeout=3):
            break
    assert workspace.delivery.wait_settled(timeout=0)
    assert workspace.delivery.given_up == 0
