"""What people do, as the app sees it: words, commands, buttons, pickers, the Home tab."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local.model import Message, View
from bot.local.server import LocalWorkspace
from tests.local.conftest import ASH, ELSEWHERE, TEAM, WREN
from tests.local.test_views import DAY, KIND, modal, opened, plain
from tests.local.tiny import Tiny


def option(value: str) -> dict[str, Any]:
    """An option of a menu."""
    return {"text": plain(value.upper()), "value": value}


ELEMENTS: list[dict[str, Any]] = [
    {"type": "button", "action_id": "go", "text": plain("Go"), "value": "1", "style": "primary"},
    {"type": "button", "action_id": "go_too", "text": plain("Go"), "value": "2"},
    {"type": "datepicker", "action_id": "day"},
    {"type": "timepicker", "action_id": "time"},
    {"type": "static_select", "action_id": "menu", "options": [option("a"), option("b")]},
    {"type": "users_select", "action_id": "who"},
    {"type": "overflow", "action_id": "more", "options": [option("x"), option("y")]},
]
FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "verdict",
    "positive_button": {"text": plain("Yes"), "value": "good"},
    "negative_button": {"text": plain("No"), "value": "bad"},
}


def posted(app: Tiny, thread_ts: str | None = None) -> Message:
    """A message with one of each."""
    blocks = [
        {"type": "actions", "block_id": "row", "elements": ELEMENTS},
        {"type": "context_actions", "block_id": "verdicts", "elements": [FEEDBACK]},
    ]
    sent = app.client.chat_postMessage(channel=TEAM, text="x", blocks=blocks, thread_ts=thread_ts)
    message = app.workspace.world.message(TEAM, sent["ts"])
    assert message is not None
    return message


def pressed(app: Tiny) -> dict[str, Any]:
    """The last press that came."""
    return [body for body in app.got if body.get("type") == "block_actions"][-1]


def test_a_mention_comes_as_both_events(app: Tiny) -> None:
    """A bot that answers both answers twice."""
    bot = app.workspace.bot_user_id
    said = app.workspace.people.post(WREN, TEAM, f"<@{bot}> when is it due?")
    assert app.workspace.delivery.wait_settled()
    [message], [mention] = app.events("message"), app.events("app_mention")
    assert message["ts"] == mention["ts"] == said.ts
    assert (message["channel_type"], message["user"], message["text"]) == ("channel", WREN, said.text)
    assert "channel_type" not in mention
    assert len({body["event_id"] for body in app.got}) == 2
    user = {"type": "user", "user_id": bot}
    assert user in message["blocks"][0]["elements"][0]["elements"]


def test_a_direct_message_comes_once(app: Tiny) -> None:
    """One question, one event, one answer."""
    direct = app.workspace.world.open_im(WREN)
    app.workspace.people.post(WREN, direct, f"<@{app.workspace.bot_user_id}> hello")
    assert app.workspace.delivery.wait_settled()
    [message] = app.events("message")
    assert message["channel_type"] == "im"
    assert app.events("app_mention") == []


def test_the_bot_hears_itself(socket_app: Tiny) -> None:
    """A bot that answers itself never stops: its own words come with its bot id (Bolt then drops most of them)."""
    sent = socket_app.client.chat_postMessage(channel=TEAM, text="me")["ts"]
    socket_app.client.chat_update(channel=TEAM, ts=sent, text="me again")
    socket_app.client.chat_delete(channel=TEAM, ts=sent)
    assert socket_app.workspace.delivery.wait_settled()
    events = [attempt.payload["event"] for attempt in socket_app.workspace.delivery.sent]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert events[0]["bot_id"] == socket_app.workspace.install.bot_id
    assert (events[1]["message"]["text"], events[1]["previous_message"]["text"]) == ("me again", "me")
    assert events[2]["deleted_ts"] == sent


def test_what_the_bot_may_not_hear_is_not_told(socket_app: Tiny) -> None:
    """A channel that the bot has not been let into stays private."""
    workspace = socket_app.workspace
    workspace.people.post(WREN, ELSEWHERE, f"<@{workspace.bot_user_id}> hello")
    workspace.people.post(WREN, TEAM, "hello")
    workspace.world.leave(TEAM, workspace.bot_user_id)
    workspace.people.post(WREN, TEAM, "unheard")
    assert workspace.delivery.wait_settled()
    assert [event["text"] for event in socket_app.events("message")] == ["hello"]
    assert socket_app.events("app_mention") == []


def test_people_stay_where_they_may_be(workspace: LocalWorkspace) -> None:
    """Nobody can be made to speak where they are not."""
    with pytest.raises(ValueError, match="not in"):
        workspace.people.post(ASH, ELSEWHERE, "hello")
    with pytest.raises(ValueError, match="thread_not_found"):
        workspace.people.post(WREN, TEAM, "hello", thread_ts="1.000001")
    with pytest.raises(ValueError, match="nothing"):
        workspace.people.post(WREN, TEAM, "  ")
    assert workspace.world.messages(ELSEWHERE, viewer=ASH) == []


def test_typed_words_are_kept_as_slack_keeps_them(workspace: LocalWorkspace) -> None:
    """What somebody types cannot become mark-up, but a name becomes a mention."""
    typed = workspace.people.typed("@signpost is <b> & @Wren Sample in #riverbank-team? https://example.org/a")
    bot = workspace.bot_user_id
    assert typed == (f"<@{bot}> is &lt;b&gt; &amp; <@U0WREN> in <#C0TEAM|riverbank-team>? <https://example.org/a>")


def test_a_command_is_answered_to_one_person(app: Tiny) -> None:
    """/signpost due … is nobody else's business."""
    app.answer = lambda ack, body: ack(text=f"for {body['text']}", blocks=[{"type": "divider"}])
    done = app.workspace.people.command(WREN, TEAM, "/signpost due a review")
    assert done.ok
    assert done.message is not None
    assert (done.message.text, done.message.visible_to) == ("for due a review", WREN)
    assert app.workspace.world.messages(TEAM, viewer=ASH) == []
    [body] = app.wait(1)
    assert (body["command"], body["channel_id"], body["user_id"]) == ("/signpost", TEAM, WREN)
    assert body["channel_name"] == "riverbank-team"


def test_a_command_may_be_answered_to_all_or_not_at_all(app: Tiny) -> None:
    """An empty acknowledgement leaves nothing behind; `in_channel` is for everybody."""
    assert app.workspace.people.command(WREN, TEAM, "help").message is None
    app.answer = lambda ack, body: ack(response_type="in_channel", text="all")
    app.workspace.people.command(WREN, TEAM, "help")
    assert [one.text for one in app.workspace.world.messages(TEAM)] == ["all"]
    with pytest.raises(ValueError, match="no command /other"):
        app.workspace.people.command(WREN, TEAM, "/other thing")


def test_a_command_that_is_answered_badly_says_so(socket_app: Tiny) -> None:
    """Never silence: the person who asked is told that it failed."""
    socket_app.answer = lambda ack, body: ack(text="x", blocks=[{"type": "nonsense"}])
    done = socket_app.workspace.people.command(WREN, TEAM, "help")
    assert done.error == "invalid_blocks"
    assert done.message is not None
    assert "invalid_blocks" in done.message.text


def test_a_command_in_a_direct_message_says_so(socket_app: Tiny) -> None:
    """Set-up belongs in a channel, and the bot can tell."""
    socket_app.workspace.people.command(WREN, socket_app.workspace.world.open_im(WREN), "setup")
    assert socket_app.wait(1)[0]["channel_name"] == "directmessage"


CHOICES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("go", {}, {"type": "button", "value": "1", "style": "primary", "text": plain("Go")}),
    ("go_too", {}, {"type": "button", "value": "2", "text": plain("Go")}),
    ("day", {"selected_date": "2026-04-09"}, {"type": "datepicker", "selected_date": "2026-04-09"}),
    ("time", {"selected_time": "16:30"}, {"type": "timepicker", "selected_time": "16:30"}),
    ("menu", {"selected_option": "b"}, {"type": "static_select", "selected_option": option("b")}),
    ("menu", {"value": "a"}, {"type": "static_select", "selected_option": option("a")}),
    ("who", {"selected_user": ASH}, {"type": "users_select", "selected_user": ASH}),
    ("more", {"selected_option": option("y")}, {"type": "overflow", "selected_option": option("y")}),
    ("verdict", {"value": "bad"}, {"type": "feedback_buttons", "value": "bad", "text": plain("No")}),
]


def test_each_element_says_what_was_chosen(app: Tiny) -> None:
    """A press means to the app what it meant to the person."""
    message = posted(app)
    for action, how, says in CHOICES:
        assert app.workspace.people.press(WREN, message, action, **how).ok
        body = pressed(app)
        [said] = body["actions"]
        found = {name: value for name, value in said.items() if name not in ("action_ts", "block_id")}
        assert found == {**says, "action_id": action}
        assert said["block_id"] == ("verdicts" if action == "verdict" else "row")
        assert body["container"]["message_ts"] == message.ts
        assert (body["message"]["ts"], body["channel"]["id"], body["user"]["id"]) == (message.ts, TEAM, WREN)
        assert body["trigger_id"]
        assert body["response_url"].startswith(app.workspace.url)


def test_a_press_in_a_thread_or_on_a_private_message_says_where(app: Tiny) -> None:
    """An answer to a button goes into the thread of its message."""
    people, world = app.workspace.people, app.workspace.world
    parent = people.post(WREN, TEAM, "question")
    people.press(WREN, posted(app, thread_ts=parent.ts), "go")
    assert pressed(app)["container"]["thread_ts"] == parent.ts
    app.client.chat_postEphemeral(
        channel=TEAM, user=WREN, text="x", blocks=[{"type": "actions", "elements": [ELEMENTS[0]]}]
    )
    private = next(one for one in world.messages(TEAM, viewer=WREN) if one.is_ephemeral)
    people.press(WREN, private, "go")
    body = pressed(app)
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body, "Slack sends no copy of what only one person sees"
    with pytest.raises(ValueError, match="not there"):
        people.press(ASH, private, "go")


def test_a_press_needs_something_to_press(socket_app: Tiny) -> None:
    """A button that has gone cannot be pressed, nor an option that never was."""
    message, people = posted(socket_app), socket_app.workspace.people
    with pytest.raises(ValueError, match="no element 'gone'"):
        people.press(WREN, message, "gone")
    with pytest.raises(ValueError, match="no option 'z'"):
        people.press(WREN, message, "menu", "z")
    with pytest.raises(ValueError, match="no feedback 'z'"):
        people.press(WREN, message, "verdict", "z")
    socket_app.client.chat_update(channel=TEAM, ts=message.ts, text="met", blocks=[])
    with pytest.raises(ValueError, match="no element 'go'"):
        people.press(WREN, message, "go")


def test_the_second_of_two_alike_can_be_pressed(socket_app: Tiny) -> None:
    """A digest has a Done button a line."""
    rows = [{"type": "actions", "elements": [{**ELEMENTS[0], "value": str(number)}]} for number in range(3)]
    ts = socket_app.client.chat_postMessage(channel=TEAM, text="x", blocks=rows)["ts"]
    message = socket_app.workspace.world.message(TEAM, ts)
    assert message is not None
    socket_app.workspace.people.press(WREN, message, "go", index=2)
    assert pressed(socket_app)["actions"][0]["value"] == "2"


def test_a_press_on_a_view_says_which(app: Tiny) -> None:
    """Buttons on the Home tab work as those on messages do; a field in a dialog only keeps its value."""
    row = {"type": "actions", "block_id": "row", "elements": ELEMENTS}
    app.client.views_publish(user_id=WREN, view={"type": "home", "blocks": [row]})
    home = app.workspace.world.home(WREN)
    assert home is not None
    app.workspace.people.press(WREN, home, "menu", "b")
    body = pressed(app)
    assert body["container"] == {"type": "view", "view_id": home.id}
    assert body["view"]["type"] == "home"
    assert body["view"]["state"]["values"]["row"]["menu"]["selected_option"] == option("b")
    assert "response_url" not in body
    count = len(app.got)
    view = opened(app.workspace, app.client, modal(DAY, KIND))
    app.workspace.people.press(WREN, view, "value", "b", block_id="kind")
    assert len(app.got) == count
    now = app.workspace.world.modal(WREN)
    assert now is not None
    assert now.state["kind"]["value"]["selected_option"]["value"] == "b"
    with pytest.raises(ValueError, match="not U0ASH's"):
        app.workspace.people.press(ASH, view, "value", "b", block_id="kind")


def test_opening_home_tells_which_tab(app: Tiny) -> None:
    """The bot shows cases on Home, and prompts beside Messages."""
    app.workspace.people.open_home(WREN)
    app.workspace.people.open_home(WREN, "messages")
    assert app.workspace.delivery.wait_settled()
    events = sorted(app.events("app_home_opened"), key=lambda event: str(event["event_ts"]))
    assert [event["tab"] for event in events] == ["home", "messages"]
    assert {event["channel"] for event in events} == {app.workspace.world.open_im(WREN)}


def test_views_are_not_taken_for_messages(workspace: LocalWorkspace) -> None:
    """What is not there cannot be pressed."""
    gone = View("V0", "home", WREN, {"type": "home", "blocks": []}, "1", "V0")
    with pytest.raises(ValueError, match="closed"):
        workspace.people.press(WREN, gone, "go")
