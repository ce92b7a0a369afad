"""Events and interactions on their way: acknowledged in time, or again at 0, 1 and 5 minutes, as Slack does."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from websocket import (
    ABNF,
    WebSocket,
    WebSocketBadStatusException,
    WebSocketConnectionClosedException,
    create_connection,
)

from bot.local.clock import ManualClock
from bot.local.errors import LocalError
from bot.local.faults import DELIVERY, Disconnect, LateAck, Lost, SocketReset, Twice
from bot.local.model import BOT_EVENTS, Install
from bot.local.posting import signature
from bot.local.server import LocalWorkspace
from tests.local.conftest import TEAM, WREN, populate
from tests.local.tiny import Body, Tiny, over_socket, served


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


def test_an_acknowledged_event_does_not_come_again(app: Tiny, clock: ManualClock) -> None:
    """One question, one answer."""
    app.workspace.people.post(WREN, TEAM, "hello")
    assert app.workspace.delivery.wait_settled()
    clock.advance(hours=1)
    assert len(app.got) == 1


def test_a_refused_event_comes_again_and_says_so(app: Tiny, clock: ManualClock) -> None:
    """A database that is away for a minute loses no question."""
    app.refuse = 2
    app.workspace.people.post(WREN, TEAM, "hello")
    app.wait(1)
    clock.advance(seconds=3)  # the socket says nothing to a refusal: it times out; over HTTP it failed at once
    app.wait(2)
    clock.advance(seconds=3)
    clock.advance(minutes=1)
    app.wait(3)
    assert app.workspace.delivery.wait_settled()
    assert [number for number, _ in app.retries] == ["1", "2"]
    assert {reason for _, reason in app.retries} <= {"http_timeout", "http_error"}


def test_a_late_acknowledgement_is_none(app: Tiny, clock: ManualClock) -> None:
    """Slow once is twice delivered: the second must not be answered again."""
    app.workspace.faults.add(DELIVERY, LateAck())
    app.workspace.people.post(WREN, TEAM, "hello")
    app.wait(1)
    clock.advance(seconds=3)
    first, second = app.wait(2)
    assert first["event_id"] == second["event_id"]
    assert app.workspace.delivery.wait_settled()
    assert [number for number, _ in app.retries] == ["1"]


def test_the_same_event_twice(app: Tiny) -> None:
    """Two deliveries of one question are one answer, if the bot looks at the event's id."""
    app.workspace.faults.add(DELIVERY, Twice())
    app.workspace.people.post(WREN, TEAM, "hello")
    first, second = app.wait(2)
    assert first["event_id"] == second["event_id"]
    assert app.workspace.delivery.wait_settled()
    assert app.retries == []


def test_a_lost_event_comes_again(app: Tiny, clock: ManualClock) -> None:
    """What never arrived arrives the second time."""
    app.workspace.faults.add(DELIVERY, Lost())
    app.workspace.people.post(WREN, TEAM, "hello")
    clock.advance(seconds=3)
    [body] = app.wait(1)
    assert body["event"]["text"] == "hello"
    assert app.workspace.delivery.wait_settled()


@pytest.mark.parametrize("sent", [False, True])
def test_a_socket_breaks_before_or_after_the_event(workspace: LocalWorkspace, clock: ManualClock, sent: bool) -> None:
    """What was on its way when the network broke comes again: at the time-out, or where nothing was sent in a minute."""
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
    with over_socket(Tiny(workspace)) as tiny:
        workspace.faults.add(DELIVERY, SocketReset())
        workspace.people.post(WREN, TEAM, "hello")
        for wait in (60, 3, 300):
            assert workspace.wait_connected(opened=2)
            clock.advance(seconds=wait)
            if workspace.delivery.wait_settled(timeout=5):  # else its client was just connecting once more
                break
        assert workspace.delivery.given_up == 0
        assert [event["text"] for event in tiny.events("message")][0] == "hello"
        assert len({body["event_id"] for body in tiny.got}) == 1


def test_disconnect_makes_it_come_again_before_the_next_event(socket_app: Tiny) -> None:
    """Slack renews sockets every few hours, in the middle of whatever is going on."""
    workspace = socket_app.workspace
    workspace.faults.add(DELIVERY, Disconnect())
    workspace.people.post(WREN, TEAM, "hello")
    [body] = socket_app.wait(1)
    assert body["event"]["text"] == "hello"
    assert workspace.delivery.wait_settled()
    opened_so_far = workspace.sockets.opened
    assert opened_so_far >= 2
    workspace.sockets.disconnect()
    assert workspace.wait_connected(opened=opened_so_far + 1)
    workspace.people.post(WREN, TEAM, "again")
    assert workspace.delivery.wait_settled()
    assert [event["text"] for event in socket_app.events("message")] == ["hello", "again"]


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


def test_a_command_nobody_answers_fails_after_three_seconds(workspace: LocalWorkspace, clock: ManualClock) -> None:
    """Never silence: whoever asked is told, and it is not asked again."""
    with opened(workspace) as plug:
        done = []
        asking = threading.Thread(target=lambda: done.append(workspace.people.command(WREN, TEAM, "help")))
        asking.start()
        envelope = received(plug)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        clock.advance(seconds=3)
        asking.join(timeout=30)
        assert done[0].error == "operation_timeout"
        assert done[0].message is not None
        assert done[0].message.visible_to == WREN
        clock.advance(minutes=10)
        assert len(workspace.delivery.sent) == 1
        acknowledge(plug, envelope)


def test_a_command_with_nobody_there_fails_at_once(workspace: LocalWorkspace) -> None:
    """A bot that is not running is seen to be not running."""
    assert workspace.people.command(WREN, TEAM, "help").error == "dispatch_failed"


def test_a_command_needs_its_scope(clock: ManualClock) -> None:
    """A manifest without `commands` is noticed here and not at a council."""
    bare = Install("xoxb-b", "xapp-b", "s", scopes=frozenset({"chat:write"}), events=BOT_EVENTS)
    with LocalWorkspace(clock=clock, install=bare) as workspace:
        populate(workspace)
        assert workspace.people.command(WREN, TEAM, "help").error == "dispatch_failed"
        workspace.people.post(WREN, TEAM, "unheard: no history scope")
        assert workspace.delivery.wait_settled()
        assert workspace.delivery.sent == []


def test_the_machines_own_clock_repeats_by_itself() -> None:
    """The demo needs nobody to move the time."""
    with LocalWorkspace() as workspace:
        populate(workspace)
        with opened(workspace) as plug:
            workspace.faults.add(DELIVERY, LateAck())
            workspace.people.post(WREN, TEAM, "hello")
            acknowledge(plug, received(plug))
            again = received(plug)
            assert again["retry_attempt"] == 1
            acknowledge(plug, again)
            assert workspace.delivery.wait_settled()
        assert abs((workspace.clock.now() - datetime.now(UTC)).total_seconds()) < 5


def test_deliveries_are_signed_as_slack_signs(workspace: LocalWorkspace) -> None:
    """Nobody but Slack can tell the bot that a visit was made."""
    got: list[tuple[dict[str, str], str]] = []
    arrived = threading.Event()

    async def endpoint(request: Request) -> Response:
        body = (await request.body()).decode()
        got.append((dict(request.headers), body))
        found = json.loads(body) if body.startswith("{") else {}
        if found.get("type") == "url_verification":
            return JSONResponse({"challenge": found["challenge"]})
        arrived.set()
        return Response("heard", media_type="text/plain")

    with served(Starlette(routes=[Route("/events", endpoint, methods=["POST"])])) as url:
        workspace.deliver_to(f"{url}/events")
        workspace.people.post(WREN, TEAM, "hello")
        assert arrived.wait(30)
        done = workspace.people.command(WREN, TEAM, "due a review")
        assert workspace.delivery.wait_settled()
    verifier = SignatureVerifier(workspace.signing_secret)
    assert len(got) == 3
    for headers, body in got:
        assert verifier.is_valid_request(body, headers)
        assert abs(int(headers["x-slack-request-timestamp"]) - time.time()) < 60
        assert not SignatureVerifier("another secret").is_valid_request(body, headers)
    assert got[1][0]["content-type"] == "application/json"
    assert got[2][0]["content-type"] == "application/x-www-form-urlencoded"
    assert "text=due+a+review" in got[2][1]
    assert done.message is not None
    assert done.message.text == "heard"
    assert signature("s", "1", "x") != signature("s", "2", "x")


def test_a_refusal_over_http_comes_again_unless_it_says_not_to(workspace: LocalWorkspace, clock: ManualClock) -> None:
    """`x-slack-no-retry` stops the repeating; anything else is repeated."""
    seen: list[str | None] = []

    async def endpoint(request: Request) -> Response:
        body = json.loads(await request.body())
        if body.get("type") == "url_verification":
            return JSONResponse({"challenge": body["challenge"]})
        seen.append(request.headers.get("x-slack-retry-num"))
        stop = body["event"]["text"] == "stop"
        return Response(status_code=500, headers={"X-Slack-No-Retry": "1"} if stop else {})

    with served(Starlette(routes=[Route("/events", endpoint, methods=["POST"])])) as url:
        workspace.deliver_to(f"{url}/events")
        workspace.people.post(WREN, TEAM, "stop")
        assert workspace.delivery.wait_settled()
        assert seen == [None]
        workspace.people.post(WREN, TEAM, "go on")
        for number, minutes in ((2, 1), (3, 5)):
            assert workspace.delivery.wait_repetition(number)
            clock.advance(minutes=minutes)
        assert workspace.delivery.wait_settled()
    assert seen == [None, None, "1", "2", "3"]
    assert workspace.delivery.given_up == 2


def test_a_request_url_that_is_not_there_is_not_taken(workspace: LocalWorkspace) -> None:
    """A wrong address is found when it is entered, as in Slack's settings."""
    with pytest.raises(LocalError, match="cannot be reached"):
        workspace.deliver_to("http://127.0.0.1:9/slack/events")
    with served(Starlette()) as url, pytest.raises(LocalError, match="challenge"):
        workspace.deliver_to(f"{url}/slack/events")


def test_a_dialog_cannot_be_opened_after_three_seconds(app: Tiny, clock: ManualClock) -> None:
    """A bot that looks too long for its answer cannot open the dialog any more."""
    errors: list[str] = []

    def answer(ack: Ack, body: Body) -> None:
        clock.advance(seconds=3.1)
        view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [{"type": "divider"}]}
        with pytest.raises(SlackApiError) as caught:
            app.client.views_open(trigger_id=body["trigger_id"], view=view)
        errors.append(caught.value.response["error"])
        done.set()

    done = threading.Event()
    app.answer = answer
    assert app.workspace.people.command(WREN, TEAM, "new").error == "operation_timeout"
    assert done.wait(30)
    assert errors == ["expired_trigger_id"]
    assert app.workspace.world.modal(WREN) is None


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
