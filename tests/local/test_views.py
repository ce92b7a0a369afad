"""Dialogs and Home tabs: opened by a trigger in time, refused when wrong, answered as the app says."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt import Ack
from slack_sdk import WebClient

from bot.local.clock import ManualClock
from bot.local.model import View
from bot.local.server import LocalWorkspace
from tests.local.conftest import ASH, TEAM, WREN
from tests.local.test_web_api import refusal
from tests.local.tiny import Body, Tiny


def plain(text: str) -> dict[str, Any]:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def field(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - block fields
    """An input block."""
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


NAME = field("name", {"type": "plain_text_input", "action_id": "value", "max_length": 10, "min_length": 2})
DAY = field("day", {"type": "datepicker", "action_id": "value", "initial_date": "2026-04-02"})
KIND = field(
    "kind",
    {
        "type": "static_select",
        "action_id": "value",
        "options": [{"text": plain("A"), "value": "a"}, {"text": plain("B"), "value": "b"}],
    },
    optional=True,
)


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - view fields
    """A dialog."""
    view = {"type": "modal", "callback_id": "form", "title": plain("A form"), "submit": plain("Save")}
    return {**view, "blocks": list(blocks) or [{"type": "divider"}], **more}


def opened(workspace: LocalWorkspace, client: WebClient, view: dict[str, Any]) -> View:
    """A dialog opened for Wren."""
    client.views_open(trigger_id=workspace.world.tickets.trigger(WREN), view=view)
    found = workspace.world.modal(WREN)
    assert found is not None
    return found


def test_a_trigger_opens_one_dialog_within_three_seconds(
    workspace: LocalWorkspace, client: WebClient, clock: ManualClock
) -> None:
    """A dialog opened too late opens not at all: the bot must be quick, or say so."""
    trigger = workspace.world.tickets.trigger(WREN)
    late = workspace.world.tickets.trigger(WREN)
    clock.advance(seconds=3)
    view = client.views_open(trigger_id=trigger, view=modal())["view"]
    assert view["state"] == {"values": {}}
    assert workspace.world.modal(WREN) is not None
    assert workspace.world.modal(ASH) is None
    assert refusal(client.views_open, trigger_id=trigger, view=modal())["error"] == "exchanged_trigger_id"
    clock.advance(seconds=0.1)
    assert refusal(client.views_open, trigger_id=late, view=modal())["error"] == "expired_trigger_id"
    assert refusal(client.views_open, trigger_id="1.2.x", view=modal())["error"] == "invalid_trigger_id"


def test_a_view_that_slack_refuses_is_refused(workspace: LocalWorkspace, client: WebClient) -> None:
    """A dialog that would not open in Slack does not open here."""
    trigger = workspace.world.tickets.trigger(WREN)
    wrong = modal(title=plain("A title that is much too long"))
    found = refusal(client.views_open, trigger_id=trigger, view=wrong)
    assert found["error"] == "invalid_arguments"
    assert found["response_metadata"]["messages"] == ["[ERROR] view.title is 29 characters; Slack takes 24"]
    found = refusal(client.views_publish, user_id=WREN, view=modal())
    assert found["error"] == "invalid_arguments"
    assert workspace.world.modal(WREN) is None


def test_an_update_keeps_what_was_chosen_and_minds_the_hash(workspace: LocalWorkspace, client: WebClient) -> None:
    """Nobody's typing is lost when a dialog is redrawn, and an old drawing does not replace a new one."""
    view = opened(workspace, client, modal(NAME, DAY, external_id="mine"))
    workspace.people.press(WREN, view, "value", block_id="day", selected_date="2026-04-09")
    client.views_update(view_id=view.id, hash=view.hash, view=modal(DAY, KIND))
    now = workspace.world.modal(WREN)
    assert now is not None
    assert now.id == view.id
    assert now.state["day"]["value"]["selected_date"] == "2026-04-09"
    assert set(now.state) == {"day", "kind"}
    assert refusal(client.views_update, view_id=view.id, hash=view.hash, view=modal())["error"] == "hash_conflict"
    assert refusal(client.views_update, view_id="V0", view=modal())["error"] == "not_found"


def test_external_ids_are_their_own(workspace: LocalWorkspace, client: WebClient) -> None:
    """Two dialogs of one name could not be told apart."""
    opened(workspace, client, modal(external_id="mine"))
    client.views_update(external_id="mine", view=modal(title=plain("Again"), external_id="mine"))
    found = workspace.world.modal(WREN)
    assert found is not None
    assert found.title == "Again"
    trigger = workspace.world.tickets.trigger(ASH)
    again = refusal(client.views_open, trigger_id=trigger, view=modal(external_id="mine"))
    assert again["error"] == "duplicate_external_id"


def test_three_dialogs_stand_on_each_other(workspace: LocalWorkspace, client: WebClient) -> None:
    """Closing the working brings one back to the form it was opened from."""
    first = opened(workspace, client, modal(title=plain("1")))
    for title in ("2", "3"):
        client.views_push(trigger_id=workspace.world.tickets.trigger(WREN), view=modal(title=plain(title)))
    trigger = workspace.world.tickets.trigger(WREN)
    assert refusal(client.views_push, trigger_id=trigger, view=modal())["error"] == "push_limit_reached"
    top = workspace.world.modal(WREN)
    assert top is not None
    assert (top.title, top.root_id) == ("3", first.id)
    workspace.people.close(WREN, top)
    below = workspace.world.modal(WREN)
    assert below is not None
    assert below.title == "2"


def test_a_home_tab_is_published_for_one_person(workspace: LocalWorkspace, client: WebClient) -> None:
    """My cases are on my Home tab, not on yours."""
    view = {"type": "home", "blocks": [{"type": "header", "text": plain("Mine")}]}
    shown = client.views_publish(user_id=WREN, view=view)["view"]
    home = workspace.world.home(WREN)
    assert home is not None
    assert home.blocks[0]["text"]["text"] == "Mine"
    assert workspace.world.home(ASH) is None
    client.views_publish(user_id=WREN, view=view, hash=shown["hash"])
    again = refusal(client.views_publish, user_id=WREN, view=view, hash=shown["hash"])
    assert again["error"] == "hash_conflict"
    assert refusal(client.views_publish, user_id="U0NOBODY", view=view)["error"] == "user_not_found"


def test_what_is_sent_in_reaches_the_app(app: Tiny) -> None:
    """What a worker records is what is stored."""
    people, world = app.workspace.people, app.workspace.world
    view = opened(app.workspace, app.client, modal(NAME, DAY, KIND, private_metadata="case 7"))
    done = people.submit(WREN, view, {"name": {"value": "YK-0417"}, "kind": {"selected_option": "b"}})
    assert done.ok
    body = app.wait(1)[0]
    values = body["view"]["state"]["values"]
    assert values["name"]["value"] == {"type": "plain_text_input", "value": "YK-0417"}
    assert values["day"]["value"]["selected_date"] == "2026-04-02"
    assert values["kind"]["value"]["selected_option"] == {"text": plain("B"), "value": "b"}
    assert (body["type"], body["view"]["private_metadata"], body["user"]["id"]) == ("view_submission", "case 7", WREN)
    assert world.modal(WREN) is None, "an empty acknowledgement closes it"


def test_the_client_refuses_before_it_asks(app: Tiny) -> None:
    """An empty field is pointed out at once."""
    view = opened(app.workspace, app.client, modal(NAME, KIND))
    empty = app.workspace.people.submit(WREN, view, {})
    assert set(empty.errors) == {"name"}
    assert not empty.ok
    now = app.workspace.world.modal(WREN)
    assert now is not None
    assert set(now.errors) == {"name"}
    assert set(app.workspace.people.submit(WREN, view, {"name": {"value": "x"}}).errors) == {"name"}
    assert set(app.workspace.people.submit(WREN, view, {"name": {"value": "x" * 11}}).errors) == {"name"}
    assert app.got == []
    with pytest.raises(ValueError, match="no field 'nonsense'"):
        app.workspace.people.submit(WREN, view, {"nonsense": {"value": "x"}})
    with pytest.raises(ValueError, match="not U0ASH's"):
        app.workspace.people.submit(ASH, view, {})


def test_errors_stand_under_their_fields_until_put_right(app: Tiny) -> None:
    """A day in the future is refused in words, and can be corrected."""
    view = opened(app.workspace, app.client, modal(NAME, DAY))
    app.answer = lambda ack, body: ack(response_action="errors", errors={"day": "Not in the future."})
    refused = app.workspace.people.submit(WREN, view, {"name": {"value": "ok"}})
    assert (refused.action, refused.errors) == ("errors", {"day": "Not in the future."})
    now = app.workspace.world.modal(WREN)
    assert now is not None
    assert now.errors == {"day": "Not in the future."}
    assert now.state["name"]["value"]["value"] == "ok", "what was typed is still there"
    app.answer = lambda ack, body: ack()
    assert app.workspace.people.submit(WREN, view, {"day": {"selected_date": "2026-04-01"}}).ok
    assert app.workspace.world.modal(WREN) is None


def test_errors_for_no_field_are_a_fault(socket_app: Tiny) -> None:
    """A sentence under a field that is not there would be seen by nobody."""
    view = opened(socket_app.workspace, socket_app.client, modal(DAY))
    socket_app.answer = lambda ack, body: ack(response_action="errors", errors={"elsewhere": "No."})
    assert socket_app.workspace.people.submit(WREN, view, {}).error == "invalid_errors"
    assert socket_app.workspace.world.modal(WREN) is not None


def test_the_answer_updates_pushes_or_clears(app: Tiny) -> None:
    """What is due next is said in the dialog itself."""
    people, world = app.workspace.people, app.workspace.world
    view = opened(app.workspace, app.client, modal(DAY))
    app.answer = lambda ack, body: ack(response_action="push", view=modal(title=plain("On top")))
    assert people.submit(WREN, view, {}).action == "push"
    top = world.modal(WREN)
    assert top is not None
    assert top.previous_id == view.id
    app.answer = lambda ack, body: ack(response_action="update", view=modal(title=plain("Next")))
    assert people.submit(WREN, top, {}).action == "update"
    now = world.modal(WREN)
    assert now is not None
    assert (now.id, now.title) == (top.id, "Next")
    app.answer = lambda ack, body: ack(response_action="update", view=modal(title=plain("T" * 25)))
    assert people.submit(WREN, now, {}).error == "invalid_arguments"
    app.answer = lambda ack, body: ack(response_action="clear")
    assert people.submit(WREN, now, {}).action == "clear"
    assert world.modal(WREN) is None
    with pytest.raises(ValueError, match="closed"):
        people.submit(WREN, now, {})


def test_closing_is_told_only_where_it_was_asked_for(socket_app: Tiny) -> None:
    """A dialog given up leaves nothing half recorded."""
    people = socket_app.workspace.people
    people.close(WREN, opened(socket_app.workspace, socket_app.client, modal()))
    people.close(WREN, opened(socket_app.workspace, socket_app.client, modal(notify_on_close=True)))
    [body] = socket_app.wait(1)
    assert (body["type"], body["is_cleared"]) == ("view_closed", False)
    assert socket_app.workspace.world.modal(WREN) is None


def test_a_button_opens_a_dialog_with_its_trigger(app: Tiny) -> None:
    """Done opens a dialog."""

    def answer(ack: Ack, body: Body) -> None:
        app.client.views_open(trigger_id=body["trigger_id"], view=modal(DAY))
        ack()

    app.answer = answer
    button = {"type": "button", "action_id": "done", "text": plain("Done"), "value": "7"}
    sent = app.client.chat_postMessage(channel=TEAM, text="x", blocks=[{"type": "actions", "elements": [button]}])
    message = app.workspace.world.message(TEAM, sent["ts"])
    assert message is not None
    assert app.workspace.people.press(WREN, message, "done").ok
    found = app.workspace.world.modal(WREN)
    assert found is not None
    assert found.title == "A form"
