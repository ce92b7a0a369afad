"""Each fault of the plan, seen from the SDK's own client: what arrives, and what was done all the same."""

from __future__ import annotations

import socket
import threading
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local.faults import DELIVERY, Hang, Lag, LateAck, RateLimited, Reset, ServerError
from bot.local.server import LocalWorkspace
from tests.local.conftest import TEAM

POST = "chat.postMessage"


def said(workspace: LocalWorkspace) -> list[str]:
    """What stands in the channel."""
    return [one.text for one in workspace.world.messages(TEAM)]


def test_too_many_calls_are_told_when_to_come_again(workspace: LocalWorkspace, client: WebClient) -> None:
    """A morning's digests are slowed down, not lost."""
    workspace.faults.add(POST, RateLimited(30))
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=TEAM, text="one")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "30"
    assert caught.value.response["error"] == "ratelimited"
    client.chat_postMessage(channel=TEAM, text="two")
    assert said(workspace) == ["two"]


@pytest.mark.parametrize("status", [500, 503])
@pytest.mark.parametrize("commit", [False, True])
def test_a_server_error_may_have_been_done_or_not(
    workspace: LocalWorkspace, client: WebClient, status: int, commit: bool
) -> None:
    """After a 500 nobody knows whether the nudge is there: it must be looked up."""
    workspace.faults.add(POST, ServerError(status, commit))
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=TEAM, text="one")
    assert caught.value.response.status_code == status
    assert said(workspace) == (["one"] if commit else [])


@pytest.mark.parametrize("commit", [False, True])
def test_a_reset_tells_nothing(workspace: LocalWorkspace, client: WebClient, commit: bool) -> None:
    """A connection that breaks after Slack has taken the message must not make two of it."""
    workspace.faults.add(POST, Reset(commit))
    with pytest.raises(ConnectionResetError):
        client.chat_postMessage(channel=TEAM, text="one")
    assert said(workspace) == (["one"] if commit else [])
    client.chat_postMessage(channel=TEAM, text="two")
    assert said(workspace)[-1] == "two"


def test_a_reset_is_a_real_one(workspace: LocalWorkspace) -> None:
    """RST, not an orderly end: that is what networks do."""
    workspace.faults.add("api.test", Reset())
    host, port = workspace.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as plug:
        plug.sendall(b"GET /api/api.test HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            plug.recv(100)


@pytest.mark.parametrize("commit", [False, True])
def test_a_reply_is_held_until_it_is_let_go(workspace: LocalWorkspace, client: WebClient, commit: bool) -> None:
    """A time-out leaves the same doubt as a reset; the test decides when it ends."""
    workspace.faults.add(POST, Hang(commit))
    replies: list[Any] = []

    def call() -> None:
        try:
            replies.append(client.chat_postMessage(channel=TEAM, text="one").data)
        except SlackApiError as error:
            replies.append(error.response["error"])

    caller = threading.Thread(target=call)
    caller.start()
    assert workspace.faults.wait_held()
    assert replies == []
    assert said(workspace) == (["one"] if commit else [])
    client.chat_postMessage(channel=TEAM, text="meanwhile")
    workspace.faults.release()
    caller.join(timeout=30)
    assert len(replies) == 1
    assert (replies[0] == "request_timeout") is not commit


def test_a_client_gives_up_on_a_reply_that_is_held(workspace: LocalWorkspace) -> None:
    """The bot's own time-out ends the waiting, and the message may be there."""
    workspace.faults.add(POST, Hang(commit=True))
    hasty = WebClient(workspace.bot_token, base_url=workspace.api_url, timeout=1, retry_handlers=[])
    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel=TEAM, text="one")
    assert said(workspace) == ["one"]


def test_stopping_lets_go_of_what_is_held(client: WebClient, workspace: LocalWorkspace) -> None:
    """A test that fails in the middle does not hang the next."""
    workspace.faults.add("api.test", Hang())
    broken: list[bool] = []

    def call() -> None:
        try:
            urllib.request.urlopen(f"{workspace.api_url}api.test", timeout=30).close()
            broken.append(False)
        except OSError:
            broken.append(True)

    caller = threading.Thread(target=call)
    caller.start()
    assert workspace.faults.wait_held()
    workspace.stop()
    caller.join(timeout=30)
    assert len(broken) == 1


def test_history_that_lags_shows_a_message_later(workspace: LocalWorkspace, client: WebClient) -> None:
    """Absent once is not absent: a look-up too early must not lead to a second message."""
    old = client.chat_postMessage(channel=TEAM, text="old")["ts"]
    client.conversations_history(channel=TEAM)
    workspace.faults.add("conversations.history", Lag(2))
    new = client.chat_postMessage(channel=TEAM, text="new")["ts"]
    seen = [[one["ts"] for one in client.conversations_history(channel=TEAM)["messages"]] for _ in range(3)]
    assert seen == [[old], [old], [new, old]]
    workspace.faults.always("conversations.replies", Lag(1))
    reply = client.chat_postMessage(channel=TEAM, text="reply", thread_ts=old)["ts"]
    seen = [[one["ts"] for one in client.conversations_replies(channel=TEAM, ts=old)["messages"]] for _ in range(2)]
    assert seen == [[old], [old, reply]]


def test_faults_come_in_turn_once_or_until_cleared(workspace: LocalWorkspace, client: WebClient) -> None:
    """A storm of errors can be written down in advance."""
    plan = workspace.faults
    plan.add(POST, RateLimited(), times=2)
    plan.always(POST, ServerError(503))
    statuses = []
    for _ in range(4):
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel=TEAM, text="x")
        statuses.append(caught.value.response.status_code)
    assert statuses == [429, 429, 503, 503]
    assert client.auth_test()["ok"], "other methods go on"
    plan.clear(POST)
    client.chat_postMessage(channel=TEAM, text="x")
    assert [method for method, _ in plan.taken] == [POST] * 4
    plan.always(POST, RateLimited())
    plan.clear()
    client.chat_postMessage(channel=TEAM, text="x")
    assert plan.wait_taken(4)
    assert not plan.wait_taken(5, timeout=0.01)


def test_a_fault_must_fit(workspace: LocalWorkspace) -> None:
    """A plan that can never happen proves nothing."""
    with pytest.raises(ValueError, match="LateAck cannot happen"):
        workspace.faults.add(POST, LateAck())
    with pytest.raises(ValueError, match="RateLimited cannot happen"):
        workspace.faults.always(DELIVERY, RateLimited())
    with pytest.raises(ValueError, match="cannot lag"):
        workspace.faults.add(POST, Lag())
