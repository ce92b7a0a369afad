"""The manifest asks for what the app uses and no more."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bot.messages import slack as say
from tests.conftest import ROOT

NEEDED_BY = {  # what the app calls or listens for, and the scope that Slack wants for it
    "chat_postMessage|chat\\.postMessage": {"chat:write"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations\\.history": {"channels:history", "groups:history", "im:history"},
    "setSuggestedPrompts": {"assistant:write"},
    "app\\.command\\(": {"commands"},
    '"app_mention"': {"app_mentions:read"},
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """The manifest that a council makes its own app from."""
    return dict(json.loads((ROOT / "manifest.json").read_text(encoding="utf-8")))


def test_the_app_asks_for_nine_bot_scopes_at_most_and_none_of_a_user(manifest: dict[str, Any]) -> None:
    """An administrator signs off what can be read; every scope more is a question more."""
    scopes = manifest["oauth_config"]["scopes"]
    assert set(scopes) == {"bot"}
    assert len(scopes["bot"]) <= 9
    assert scopes["bot"] == sorted(set(scopes["bot"]))


def test_every_scope_is_used_and_every_use_has_its_scope(manifest: dict[str, Any]) -> None:
    """A missing scope is silence in the channel; one too many is trust wasted."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot" / "slack").rglob("*.py")))
    used = set().union(*(scopes for pattern, scopes in NEEDED_BY.items() if re.search(pattern, code)))
    assert used == set(manifest["oauth_config"]["scopes"]["bot"])


def test_the_events_are_those_listened_for(manifest: dict[str, Any]) -> None:
    """An event nobody subscribed to never comes."""
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert events == {"app_home_opened", "app_mention", "message.channels", "message.groups", "message.im"}
    assert manifest["settings"]["socket_mode_enabled"]
    assert manifest["settings"]["interactivity"]["is_enabled"]


def test_the_manifest_says_what_the_app_says(manifest: dict[str, Any]) -> None:
    """Suggested questions and the command's hint must work when they are tried."""
    view = manifest["features"]["agent_view"]
    assert [(one["title"], one["message"]) for one in view["suggested_prompts"]] == list(say.SUGGESTED_PROMPTS)
    assert manifest["features"]["slash_commands"][0]["usage_hint"] == say.COMMAND_HINT
