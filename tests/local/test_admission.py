"""Who may call what, where, with what: tokens, scopes, membership, and blocks that Slack would not take."""

from __future__ import annotations

import pytest
from slack_sdk import WebClient

from bot.local.clock import ManualClock
from bot.local.model import BOT_SCOPES, Install
from bot.local.server import LocalWorkspace
from tests.local.conftest import CLOSED, ELSEWHERE, TEAM, WREN, populate
from tests.local.test_web_api import SECTION, refusal


def test_where_the_bot_is_not_it_cannot_speak(client: WebClient) -> None:
    """Cases are shown in their team's channel and nowhere else."""
    assert refusal(client.chat_postMessage, channel=ELSEWHERE, text="x")["error"] == "not_in_channel"
    assert refusal(client.conversations_history, channel=ELSEWHERE)["error"] == "not_in_channel"
    assert refusal(client.chat_postMessage, channel=CLOSED, text="x")["error"] == "channel_not_found"
    assert refusal(client.chat_postMessage, channel="C0NOWHERE", text="x")["error"] == "channel_not_found"
    assert refusal(client.conversations_members, channel=CLOSED)["error"] == "channel_not_found"


def test_blocks_that_slack_refuses_are_refused(workspace: LocalWorkspace, client: WebClient) -> None:
    """A block too long fails here, not in front of a team."""
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "a" * 3_104}}
    found = refusal(client.chat_postMessage, channel=TEAM, text="x", blocks=[SECTION, long])
    assert found["error"] == "invalid_blocks"
    assert found["response_metadata"]["messages"] == ["[ERROR] blocks[1].text is 3,104 characters; Slack takes 3,000"]
    assert workspace.world.messages(TEAM) == []
    many = [{"type": "section", "text": {"type": "mrkdwn", "text": "a" * 2_600}}] * 4
    assert refusal(client.chat_postMessage, channel=TEAM, text="x", blocks=many)["error"] == "msg_blocks_too_long"
    assert refusal(client.chat_postMessage, channel=TEAM, text="a" * 40_001)["error"] == "msg_too_long"
    empty = {"channel": TEAM, "text": " "}
    assert refusal(client.api_call, "chat.postMessage", json=empty)["error"] == "no_text"
    sent = client.chat_postMessage(channel=TEAM, text="fine")["ts"]
    assert refusal(client.chat_update, channel=TEAM, ts=sent, text="x", blocks=[long])["error"] == "invalid_blocks"


def test_tokens_are_looked_at(workspace: LocalWorkspace, client: WebClient) -> None:
    """A wrong token is told apart from a wrong method."""
    nobody = WebClient("xoxb-wrong", base_url=workspace.api_url, retry_handlers=[])
    unnamed = WebClient(None, base_url=workspace.api_url, retry_handlers=[])
    app_level = WebClient(workspace.app_token, base_url=workspace.api_url, retry_handlers=[])
    assert refusal(nobody.auth_test)["error"] == "invalid_auth"
    assert refusal(unnamed.auth_test)["error"] == "not_authed"
    assert refusal(app_level.auth_test)["error"] == "not_allowed_token_type"
    assert refusal(client.apps_connections_open, app_token=workspace.bot_token)["error"] == "not_allowed_token_type"
    assert unnamed.api_test()["ok"]
    assert refusal(client.api_call, "chat.doNothing")["error"] == "unknown_method"
    assert client.auth_test()["user_id"] == workspace.bot_user_id


def test_scopes_are_looked_at_method_by_method(clock: ManualClock) -> None:
    """The manifest asks for what is used, and for no more."""
    few = Install("xoxb-few", "xapp-few", "secret", scopes=frozenset({"channels:read", "im:history"}))
    with LocalWorkspace(clock=clock, install=few) as workspace:
        populate(workspace)
        client = WebClient("xoxb-few", base_url=workspace.api_url, retry_handlers=[])
        found = refusal(client.chat_postMessage, channel=TEAM, text="x")
        assert (found["error"], found["needed"]) == ("missing_scope", "chat:write")
        assert found["provided"] == "channels:read,im:history"
        assert refusal(client.conversations_history, channel=TEAM)["needed"] == "channels:history"
        assert refusal(client.users_info, user=WREN)["needed"] == "users:read"
        assert refusal(client.conversations_open, users=WREN)["needed"] == "im:write"
        direct = workspace.world.open_im(WREN)
        assert client.conversations_history(channel=direct)["messages"] == []
        assert refusal(client.conversations_members, channel=direct)["needed"] == "im:read"
        prompts = [{"title": "a", "message": "b"}]
        refused = refusal(
            client.assistant_threads_setSuggestedPrompts, channel_id=direct, thread_ts="", prompts=prompts
        )
        assert refused["needed"] == "assistant:write"
        assert len(client.conversations_members(channel=TEAM)["members"]) == 3


def test_nine_scopes_are_the_most() -> None:
    """A council's administrator is promised a short list."""
    assert len(BOT_SCOPES) == 9
    with pytest.raises(ValueError, match="10 bot scopes"):
        Install("xoxb-1", "xapp-1", "s", scopes=BOT_SCOPES | {"users:read"})


def test_who_somebody_is_and_what_a_channel_is(clock: ManualClock) -> None:
    """Names shown are the names people have."""
    scopes = frozenset({"users:read", "channels:read", "im:read", "im:write"})
    with LocalWorkspace(clock=clock, install=Install("xoxb-r", "xapp-r", "s", scopes=scopes)) as workspace:
        populate(workspace)
        client = WebClient("xoxb-r", base_url=workspace.api_url, retry_handlers=[])
        assert client.users_info(user=WREN)["user"]["profile"]["title"] == "social worker"
        assert refusal(client.users_info, user="U0NOBODY")["error"] == "user_not_found"
        assert client.conversations_info(channel=TEAM)["channel"]["name"] == "riverbank-team"
        opened = client.conversations_open(users=WREN)["channel"]["id"]
        assert client.conversations_info(channel=opened)["channel"]["user"] == WREN
