"""The Web API through the SDK's own client: what is said is kept, paged, edited; what Slack refuses is refused."""

from __future__ import annotations

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local.model import Message
from bot.local.server import LocalWorkspace
from tests.local.conftest import ASH, TEAM, WREN

KEY = {"event_type": "signpost_outbox", "event_payload": {"key": "k1"}}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "words"}}


def refusal(call: Any, *arguments: Any, **named: Any) -> dict[str, Any]:  # noqa: ANN401 - any method
    """What a call is refused with."""
    with pytest.raises(SlackApiError) as caught:
        call(*arguments, **named)
    found = caught.value.response.data
    assert isinstance(found, dict)
    return found


def test_a_message_is_kept_as_sent(workspace: LocalWorkspace, client: WebClient) -> None:
    """A worker reads what the bot wrote, mark-up and all."""
    text = "*Due* on <!date^1|x> &amp; <@U0WREN>"
    sent = client.chat_postMessage(channel=TEAM, text=text, blocks=[SECTION])
    kept = workspace.world.message(TEAM, sent["ts"])
    assert kept is not None
    assert kept.text == text
    assert kept.blocks[0]["text"] == SECTION["text"]
    assert kept.blocks[0]["block_id"], "Slack fills the id in"
    assert sent["message"]["bot_id"] == workspace.install.bot_id


def test_every_ts_is_its_own_and_later(workspace: LocalWorkspace, client: WebClient) -> None:
    """Two nudges at the same instant are two messages."""
    with ThreadPoolExecutor(8) as pool:
        sent = [
            done["ts"] for done in pool.map(lambda n: client.chat_postMessage(channel=TEAM, text=str(n)), range(24))
        ]
    assert len(set(sent)) == 24
    listed = [one.ts for one in workspace.world.messages(TEAM)]
    assert listed == sorted(sent, key=float)
    assert float(client.chat_postMessage(channel=TEAM, text="last")["ts"]) > max(map(float, sent))


def test_metadata_comes_back_only_when_asked_for(client: WebClient) -> None:
    """The outbox finds its message again by its key, or a nudge is sent twice."""
    ts = client.chat_postMessage(channel=TEAM, text="hello", metadata=KEY)["ts"]
    plain = client.conversations_history(channel=TEAM)["messages"][0]
    whole = client.conversations_history(channel=TEAM, include_all_metadata=True)["messages"][0]
    assert "metadata" not in plain
    assert whole["metadata"] == KEY
    assert (
        client.conversations_replies(channel=TEAM, ts=ts, include_all_metadata=True)["messages"][0]["metadata"] == KEY
    )


def test_metadata_out_of_shape_is_refused(client: WebClient) -> None:
    """A key that Slack would not keep must not look kept."""
    bad = {"event_type": "x", "event_payload": "words"}
    assert refusal(client.chat_postMessage, channel=TEAM, text="a", metadata=bad)["error"] == "invalid_metadata_format"


def test_history_comes_in_pages_newest_first(client: WebClient) -> None:
    """A look-up that reads the first page only misses messages."""
    sent = [client.chat_postMessage(channel=TEAM, text=str(n))["ts"] for n in range(7)]
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(4):
        page = client.conversations_history(channel=TEAM, limit=2, cursor=cursor)
        seen += [message["ts"] for message in page["messages"]]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        assert page["has_more"] is bool(cursor)
    assert seen == sent[::-1]
    assert cursor is None


def test_oldest_and_latest_leave_out_the_bound_itself(client: WebClient) -> None:
    """A look-up from a moment on finds what came after it."""
    first, second, third = (client.chat_postMessage(channel=TEAM, text=str(n))["ts"] for n in range(3))
    after = client.conversations_history(channel=TEAM, oldest=first)["messages"]
    between = client.conversations_history(channel=TEAM, oldest=first, latest=third)["messages"]
    closed = client.conversations_history(channel=TEAM, oldest=first, latest=third, inclusive=True)["messages"]
    assert [one["ts"] for one in after] == [third, second]
    assert [one["ts"] for one in between] == [second]
    assert [one["ts"] for one in closed] == [third, second, first]


def test_replies_stand_in_the_thread_only(client: WebClient) -> None:
    """A follow-up belongs under its question, not in the channel."""
    parent = client.chat_postMessage(channel=TEAM, text="parent")["ts"]
    answers = [client.chat_postMessage(channel=TEAM, text=f"r{n}", thread_ts=parent)["ts"] for n in range(5)]
    history = client.conversations_history(channel=TEAM)["messages"]
    assert [one["ts"] for one in history] == [parent]
    assert (history[0]["reply_count"], history[0]["latest_reply"]) == (5, answers[-1])
    first = client.conversations_replies(channel=TEAM, ts=parent, limit=3)
    rest = client.conversations_replies(
        channel=TEAM, ts=parent, limit=3, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [one["ts"] for one in [*first["messages"], *rest["messages"]]] == [parent, *answers]
    later = client.conversations_replies(channel=TEAM, ts=parent, oldest=answers[2])["messages"]
    assert [one["ts"] for one in later] == [parent, *answers[3:]]


def test_a_reply_needs_its_parent(client: WebClient) -> None:
    """An answer in a thread that is gone would be seen by nobody."""
    parent = client.chat_postMessage(channel=TEAM, text="parent")["ts"]
    reply = client.chat_postMessage(channel=TEAM, text="reply", thread_ts=parent)["ts"]
    assert refusal(client.chat_postMessage, channel=TEAM, text="x", thread_ts="1.000001")["error"] == "thread_not_found"
    assert (
        refusal(client.chat_postMessage, channel=TEAM, text="x", thread_ts=reply)["error"] == "cannot_reply_to_message"
    )
    assert refusal(client.conversations_replies, channel=TEAM, ts="1.000001")["error"] == "thread_not_found"


def test_an_edit_is_marked_and_keeps_what_is_not_given(client: WebClient) -> None:
    """A digest line struck through must still carry its key."""
    ts = client.chat_postMessage(channel=TEAM, text="old", blocks=[SECTION], metadata=KEY)["ts"]
    client.chat_update(channel=TEAM, ts=ts, text="new")
    found = client.conversations_history(channel=TEAM, include_all_metadata=True)["messages"][0]
    assert (found["text"], found["ts"], found["metadata"]) == ("new", ts, KEY)
    assert found["blocks"][0]["text"] == SECTION["text"]
    assert float(found["edited"]["ts"]) > float(ts)
    client.chat_update(channel=TEAM, ts=ts, text="bare", blocks=[])
    assert client.conversations_history(channel=TEAM)["messages"][0]["blocks"] == []


def test_only_its_own_messages_can_be_changed(workspace: LocalWorkspace, client: WebClient) -> None:
    """What a worker said stays as it was said."""
    theirs = workspace.people.post(WREN, TEAM, "mine").ts
    assert refusal(client.chat_update, channel=TEAM, ts=theirs, text="x")["error"] == "cant_update_message"
    assert refusal(client.chat_delete, channel=TEAM, ts=theirs)["error"] == "cant_delete_message"
    assert refusal(client.chat_update, channel=TEAM, ts="1.000001", text="x")["error"] == "message_not_found"


def test_a_deleted_reply_is_counted_out(workspace: LocalWorkspace, client: WebClient) -> None:
    """A thread does not promise an answer that is gone."""
    parent = client.chat_postMessage(channel=TEAM, text="parent")["ts"]
    reply = client.chat_postMessage(channel=TEAM, text="reply", thread_ts=parent)["ts"]
    client.chat_delete(channel=TEAM, ts=reply)
    found = workspace.world.message(TEAM, parent)
    assert found is not None
    assert (found.reply_count, found.thread_ts) == (0, None)


def test_a_direct_message_is_reached_by_the_person(workspace: LocalWorkspace, client: WebClient) -> None:
    """A private notice finds its reader."""
    sent = client.chat_postMessage(channel=WREN, text="hello")
    assert sent["channel"] == workspace.world.open_im(WREN)
    assert [one.text for one in workspace.world.messages(sent["channel"])] == ["hello"]
    assert refusal(client.chat_postMessage, channel="U0NOBODY", text="x")["error"] == "channel_not_found"


def test_only_one_person_sees_an_ephemeral_message(workspace: LocalWorkspace, client: WebClient) -> None:
    """A warning about a child's name must not be read by the channel."""
    client.chat_postEphemeral(channel=TEAM, user=WREN, text="only you")
    assert workspace.world.messages(TEAM) == []
    assert workspace.world.messages(TEAM, viewer=ASH) == []
    assert [one.text for one in workspace.world.messages(TEAM, viewer=WREN)] == ["only you"]
    assert client.conversations_history(channel=TEAM)["messages"] == []
    wrong = refusal(client.chat_postEphemeral, channel=TEAM, user="U0NOBODY", text="x")
    assert wrong["error"] == "user_not_in_channel"


def test_members_come_in_pages(workspace: LocalWorkspace, client: WebClient) -> None:
    """Everybody in the channel sees its cases, not only the first page of them."""
    crowd = [workspace.world.add_user(f"U1{n:03}", f"Person {n}").id for n in range(7)]
    workspace.world.add_channel("C0CROWD", "crowd", crowd)
    first = client.conversations_members(channel="C0CROWD", limit=4)
    rest = client.conversations_members(channel="C0CROWD", limit=4, cursor=first["response_metadata"]["next_cursor"])
    assert [*first["members"], *rest["members"]] == crowd
    assert rest["response_metadata"]["next_cursor"] == ""
    assert refusal(client.conversations_members, channel=TEAM, cursor="nonsense")["error"] == "invalid_cursor"
    assert refusal(client.conversations_members, channel=TEAM, limit=5_000)["error"] == "invalid_limit"


def test_forms_and_json_mean_the_same(workspace: LocalWorkspace) -> None:
    """Every client may call as it likes; blocks may come as JSON within a form."""
    body = f"channel={TEAM}&text=hello&blocks={json.dumps([SECTION])}&metadata={json.dumps(KEY)}".encode()
    request = urllib.request.Request(
        f"{workspace.api_url}chat.postMessage",
        body,
        {"Authorization": f"Bearer {workspace.bot_token}", "Content-Type": "application/x-www-form-urlencoded"},
    )
    with urllib.request.urlopen(request, timeout=30) as reply:
        found = json.load(reply)
    assert found["ok"], found
    kept = workspace.world.message(TEAM, found["ts"])
    assert kept is not None
    assert (kept.blocks[0]["text"], kept.metadata) == (SECTION["text"], KEY)


def test_prompts_are_shown_beside_the_direct_message(workspace: LocalWorkspace, client: WebClient) -> None:
    """A newcomer sees what to ask."""
    direct = workspace.world.open_im(WREN)
    prompts = [{"title": "When is it due?", "message": "When is a review due?"}]
    client.assistant_threads_setSuggestedPrompts(channel_id=direct, prompts=prompts, title="Try", thread_ts="")
    assert workspace.world.prompts(direct).prompts == (("When is it due?", "When is a review due?"),)
    many = refusal(client.assistant_threads_setSuggestedPrompts, channel_id=direct, prompts=prompts * 5, thread_ts="")
    assert many["error"] == "invalid_arguments"


def test_waiting_for_a_change_needs_no_sleep(workspace: LocalWorkspace, client: WebClient) -> None:
    """The page shows a message when it is there, not a second later."""
    versions: list[int] = []
    stop = workspace.world.on_change(versions.append)
    before = workspace.world.version
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(workspace.world.wait_for, lambda: len(workspace.world.messages(TEAM)) == 1, 30)
        client.chat_postMessage(channel=TEAM, text="now")
        assert waiting.result()
    stop()
    workspace.world.say(Message(TEAM, "", WREN, "unheard"))
    assert versions
    assert versions[0] > before
    assert workspace.world.version > versions[-1]
    assert not workspace.world.wait_for(lambda: False, timeout=0.01)


def test_calls_are_written_down_without_tokens(workspace: LocalWorkspace, client: WebClient) -> None:
    """Others check every payload against Slack's own types; a token in it would leak."""
    client.chat_postMessage(channel=TEAM, text="hello")
    [called] = workspace.calls("chat.postMessage")
    assert called.arguments["text"] == "hello"
    assert called.reply is not None
    assert called.reply["ok"]
    assert workspace.bot_token not in str(workspace.calls())
