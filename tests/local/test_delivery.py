"""Deliveries to an app: acknowledged in time, or again, or told to whoever asked."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError

from bot.local.clock import ManualClock
from bot.local.faults import DELIVERY, LateAck, Lost, Twice
from bot.local.model import BOT_EVENTS, Install
from bot.local.server import LocalWorkspace
from tests.local.conftest import TEAM, WREN, populate
from tests.local.plugs import acknowledge, opened, received
from tests.local.tiny import Body, Tiny


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


def test_a_dialog_cannot_be_opened_after_three_seconds(app: Tiny, clock: ManualClock) -> None:
    """A bot that looks too long for its answer cannot open the dialog any more."""
    errors: list[str] = []

    def answer(ack: Ack, body: Body) -> None:
        clock.advance(seconds=3.1)
        view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": [{"type": "divider"}]}
        with pytest.raises(SlackApiError) as caught:
            app.client.views_open(trigger_id=body["trigger_id"], view=view)
        errors.append(caught.value.response["error"])
        ack()
        done.set()

    done = threading.Event()
    app.answer = answer
    assert app.workspace.people.command(WREN, TEAM, "new").error == "operation_timeout"
    assert done.wait(30)
    assert errors == ["expired_trigger_id"]
    assert app.workspace.world.modal(WREN) is None
