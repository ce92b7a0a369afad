"""Socket Mode itself: envelopes, tickets, turns, times, and connections that end in every way they can."""

from __future__ import annotations

import pytest
from websocket import (
    WebSocketBadStatusException,
    WebSocketConnectionClosedException,
    create_connection,
)

from bot.local.clock import ManualClock
from bot.local.faults import DELIVERY, Disconnect, SocketReset
from bot.local.server import LocalWorkspace
from tests.local.conftest import TEAM, WREN
from tests.local.plugs import acknowledge, address, opened, received, settle
from tests.local.tiny import Tiny, over_socket


def test_an_envelope_is_what_slack_sends(workspace: LocalWorkspace) -> None:
    """Other clients than ours can connect, too."""
    with opened(workspace) as plug:
        said = workspace.people.post(WREN, TEAM, "hello")
        envelope = received(plug)
        assert envelope["type"] == "events_api"
        assert (envelope["accepts_response_payload"], envelope["retry_attempt"]) == (False, 0)
        body = envelope["payload"]
        assert (body["type"], body["event"]["ts"], body["team_id"]) == ("event_callback", said.ts, "T0LOCAL")
        assert body["authorizations"][0]["user_id"] == workspace.bot_user_id
        acknowledge(plug, envelope)
        assert workspace.delivery.wait_settled()


def test_a_socket_needs_a_ticket_of_its_own(workspace: LocalWorkspace) -> None:
    """Nobody without the app's token hears what a team says."""
    with pytest.raises(WebSocketBadStatusException):
        create_connection(f"{workspace.url.replace('http', 'ws')}/socket?ticket=guess", timeout=30)
    url = address(workspace)
    create_connection(url, timeout=30).shutdown()  # type: ignore[no-untyped-call]
    with pytest.raises(WebSocketBadStatusException):
        create_connection(url, timeout=30)


def test_an_event_not_acknowledged_comes_three_times_more(workspace: LocalWorkspace, clock: ManualClock) -> None:
    """A bot that was away for a minute still answers."""
    with opened(workspace) as plug:
        workspace.people.post(WREN, TEAM, "hello")
        first = received(plug)
        again = []
        for wait in ({"seconds": 3}, {"seconds": 63}, {"minutes": 5, "seconds": 3}):
            clock.advance(**wait)
            again.append(received(plug))
        assert [one["retry_attempt"] for one in again] == [1, 2, 3]
        assert {one["retry_reason"] for one in again} == {"http_timeout"}
        assert {one["payload"]["event_id"] for one in again} == {first["payload"]["event_id"]}
        assert len({one["envelope_id"] for one in [first, *again]}) == 4
        acknowledge(plug, first)  # hours too late: nobody waits for that one any more
        clock.advance(minutes=10)
        assert workspace.delivery.wait_settled()
        assert workspace.delivery.given_up == 1
        assert len(workspace.delivery.sent) == 4


def test_it_comes_no_earlier_than_it_should(workspace: LocalWorkspace, clock: ManualClock) -> None:
    """Times are Slack's: three seconds to acknowledge, then at once, then a minute, then five."""
    with opened(workspace):
        workspace.people.post(WREN, TEAM, "hello")
        counts = []
        for seconds in (2.9, 0.1, 3, 59.9, 0.1, 3, 299.9, 0.1):
            clock.advance(seconds=seconds)
            counts.append(len(workspace.delivery.sent))
        assert counts == [1, 2, 2, 2, 3, 3, 3, 4]


@pytest.mark.parametrize("sent", [False, True])
def test_a_socket_breaks_before_or_after_the_event(workspace: LocalWorkspace, clock: ManualClock, sent: bool) -> None:
    """What was on its way when the network broke comes again: at its time-out, or, never sent, a minute later."""
    with opened(workspace) as plug:
        workspace.faults.add(DELIVERY, SocketReset(sent))
        workspace.people.post(WREN, TEAM, "hello")
        first = received(plug) if sent else None
        with pytest.raises(ConnectionResetError):
            received(plug)
    with opened(workspace) as plug:
        clock.advance(seconds=3 if sent else 60)
        again = received(plug)
        assert again["retry_attempt"] == (1 if sent else 2)
        assert again["retry_reason"] == ("http_timeout" if sent else "connection_failed")
        assert first is None or first["payload"] == again["payload"]
        acknowledge(plug, again)
        assert workspace.delivery.wait_settled()


def test_an_app_whose_socket_breaks_connects_again_and_loses_nothing(
    workspace: LocalWorkspace, clock: ManualClock
) -> None:
    """A network that breaks for a moment costs nobody an answer."""
    with over_socket(Tiny(workspace), ping_interval=1) as tiny:
        workspace.faults.add(DELIVERY, SocketReset())
        workspace.people.post(WREN, TEAM, "hello")
        assert workspace.wait_connected(opened=2)
        settle(workspace, clock)
        assert next(event["text"] for event in tiny.events("message")) == "hello"
        assert len({body["event_id"] for body in tiny.got}) == 1


def test_disconnect_comes_before_the_next_event_which_waits(workspace: LocalWorkspace) -> None:
    """Slack renews sockets every few hours, in the middle of whatever is going on."""
    with opened(workspace) as old:
        workspace.faults.add(DELIVERY, Disconnect())
        workspace.people.post(WREN, TEAM, "hello")
        assert (told := received(old))["type"] == "disconnect"
        assert told["reason"] == "refresh_requested"
        with pytest.raises(WebSocketConnectionClosedException):
            received(old)
    with opened(workspace) as new:
        envelope = received(new)
        assert (envelope["payload"]["event"]["text"], envelope["retry_attempt"]) == ("hello", 0)
        acknowledge(new, envelope)
        assert workspace.delivery.wait_settled()


def test_a_warning_leaves_the_socket_open_for_what_was_sent(workspace: LocalWorkspace) -> None:
    """An answer under way can still be acknowledged on the old socket."""
    with opened(workspace) as old:
        workspace.people.post(WREN, TEAM, "hello")
        envelope = received(old)
        workspace.sockets.disconnect("warning")
        assert received(old)["reason"] == "warning"
        acknowledge(old, envelope)
        assert workspace.delivery.wait_settled()


def test_an_app_told_to_come_again_comes_and_loses_nothing(socket_app: Tiny, clock: ManualClock) -> None:
    """Slack's own client, asked to connect anew, answers what was said meanwhile."""
    workspace = socket_app.workspace
    workspace.faults.add(DELIVERY, Disconnect())
    workspace.people.post(WREN, TEAM, "hello")
    settle(workspace, clock)
    assert workspace.sockets.opened >= 2
    assert {event["text"] for event in socket_app.events("message")} == {"hello"}


def test_sockets_take_turns(workspace: LocalWorkspace) -> None:
    """Several replicas share the work; each event goes to one of them."""
    with opened(workspace) as first, opened(workspace) as second:
        for number in range(4):
            workspace.people.post(WREN, TEAM, str(number))
        seen = [[received(plug) for _ in range(2)] for plug in (first, second)]
        texts = [envelope["payload"]["event"]["text"] for envelopes in seen for envelope in envelopes]
        assert sorted(texts) == ["0", "1", "2", "3"]
        for plug, envelopes in zip((first, second), seen, strict=True):
            for envelope in envelopes:
                acknowledge(plug, envelope)
        assert workspace.delivery.wait_settled()


def test_rubbish_over_the_socket_is_passed_over(workspace: LocalWorkspace) -> None:
    """A confused client does not bring the workspace down."""
    with opened(workspace) as plug:
        for text in ("not json", "[]", '{"envelope_id": "unknown"}', '{"type": "pong"}'):
            plug.send(text)
        workspace.people.post(WREN, TEAM, "hello")
        acknowledge(plug, received(plug))
        assert workspace.delivery.wait_settled()


def test_stopping_ends_every_socket(clock: ManualClock) -> None:
    """The demo ends cleanly on Ctrl-C."""
    workspace = LocalWorkspace(clock=clock)
    workspace.start()
    with opened(workspace) as plug:
        workspace.stop()
        with pytest.raises(WebSocketConnectionClosedException):
            plug.recv()
    again = LocalWorkspace(port=int(workspace.url.rsplit(":", 1)[1]), clock=clock)
    again.stop()
