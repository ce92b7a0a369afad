"""What Slack's payloads look like: a message, a view, an event, an interaction. Pure builders of plain values."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from bot.local.model import Channel, Install, Json, Message, User, View

_KINDS = {"public": "channel", "private": "group", "im": "im"}
_SUBSCRIPTIONS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
_SCOPES = {"public": "channels:history", "private": "groups:history", "im": "im:history"}
_PIECE = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_VERIFICATION = "local-verification-token"  # Slack still sends one; nobody should look at it


def subscription(channel: Channel) -> tuple[str, str]:
    """(event, scope) that a message in *channel* needs to be delivered."""
    return _SUBSCRIPTIONS[channel.kind], _SCOPES[channel.kind]


def message_json(message: Message, install: Install, with_metadata: bool = False) -> Json:
    """A message as the Web API gives it."""
    found: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    found |= {"team": install.team_id, "blocks": list(message.blocks) or _rich(message)}
    if message.bot_id:
        profile = {"id": message.bot_id, "app_id": install.app_id, "name": install.app_name, "deleted": False}
        found |= {"bot_id": message.bot_id, "app_id": install.app_id, "bot_profile": profile}
    if message.thread_ts:
        found["thread_ts"] = message.thread_ts
    if message.reply_count:
        users = list(message.reply_users)
        found |= {"reply_count": message.reply_count, "reply_users": users, "reply_users_count": len(users)}
        found["latest_reply"] = message.latest_reply
    if message.broadcast:
        found["subtype"] = "thread_broadcast"
    if message.edited:
        found["edited"] = {"user": message.user, "ts": message.edited}
    if message.metadata and with_metadata:
        found["metadata"] = message.metadata
    return found


def message_event(message: Message, channel: Channel, install: Install) -> Json:
    """The `message` event of something said."""
    place = {"channel": channel.id, "channel_type": _KINDS[channel.kind], "event_ts": message.ts}
    extra = {} if message.bot_id else {"client_msg_id": str(uuid.uuid4())}
    return message_json(message, install) | place | extra


def mention_event(message: Message, install: Install) -> Json:
    """The `app_mention` event of a message that names the bot. It says no channel type, as Slack's does not."""
    found = message_json(message, install) | {"type": "app_mention", "channel": message.channel}
    return found | {"event_ts": message.ts, "client_msg_id": str(uuid.uuid4())}


def changed_event(old: Message, new: Message, channel: Channel, install: Install) -> Json:
    """The `message_changed` event of an edit."""
    now, before = message_json(new, install), message_json(old, install)
    return _about(channel, new.edited or new.ts, "message_changed") | {"message": now, "previous_message": before}


def deleted_event(old: Message, ts: str, channel: Channel, install: Install) -> Json:
    """The `message_deleted` event."""
    gone = {"previous_message": message_json(old, install), "deleted_ts": old.ts}
    return _about(channel, ts, "message_deleted") | gone


def home_opened_event(user: str, channel: str, tab: str, ts: str, view: View | None, install: Install) -> Json:
    """The `app_home_opened` event; it holds the Home tab as it stands."""
    found: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab, "event_ts": ts}
    return found | ({"view": view_json(view, install)} if view and tab == "home" else {})


def event_body(event: Json, install: Install, id: str, at: int) -> Json:
    """The body in which an event is delivered."""
    bot = {"team_id": install.team_id, "user_id": install.bot_user_id, "is_bot": True, "enterprise_id": None}
    return _app(install) | {
        "team_id": install.team_id,
        "type": "event_callback",
        "event": event,
        "event_id": id,
        "event_time": at,
        "authorizations": [bot | {"is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{id}",
    }


def view_json(view: View, install: Install) -> Json:
    """A view as the Web API and interactions give it."""
    plain = {"callback_id": "", "external_id": "", "private_metadata": "", "title": None, "submit": None, "close": None}
    closing = {"clear_on_close": False, "notify_on_close": False}
    ids = {"id": view.id, "team_id": install.team_id, "app_id": install.app_id, "bot_id": install.bot_id}
    place = {"hash": view.hash, "root_view_id": view.root_id, "previous_view_id": view.previous_id}
    state = {"values": {block: dict(actions) for block, actions in view.state.items()}}
    return plain | closing | view.payload | ids | place | {"state": state, "app_installed_team_id": install.team_id}


def command_body(
    user: User, channel: Channel, command: str, text: str, install: Install, trigger: str, response_url: str
) -> dict[str, str]:
    """A slash command: all of it strings, as a form is."""
    name = "directmessage" if channel.is_im else channel.name
    return {key: str(value) for key, value in _app(install).items()} | {
        "team_id": install.team_id,
        "team_domain": "local",
        "channel_id": channel.id,
        "channel_name": name,
        "user_id": user.id,
        "user_name": user.name.lower().replace(" ", "."),
        "command": command,
        "text": text,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def interaction(kind: str, user: User, install: Install, trigger: str | None) -> Json:
    """What every interaction starts with: *kind* is `block_actions`, `view_submission` or `view_closed`."""
    name = user.name.lower().replace(" ", ".")
    who = {"id": user.id, "username": name, "name": name, "team_id": install.team_id}
    team = {"id": install.team_id, "domain": "local"}
    found = _app(install) | {
        "type": kind,
        "user": who,
        "team": team,
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return found | ({"trigger_id": trigger} if trigger else {})


def message_container(message: Message, channel: Channel, install: Install) -> Json:
    """Where a press on a message happened. Of a message only one person sees, Slack sends no copy."""
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container["is_ephemeral"] = message.is_ephemeral
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    name = "directmessage" if channel.is_im else channel.name
    found: Json = {"container": container, "channel": {"id": channel.id, "name": name}, "state": {"values": {}}}
    return found | ({} if message.is_ephemeral else {"message": message_json(message, install)})


def view_container(view: View, install: Install) -> Json:
    """Where a press in a view happened."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_json(view, install)}


def _app(install: Install) -> Json:
    return {"token": _VERIFICATION, "api_app_id": install.app_id}


def _about(channel: Channel, ts: str, subtype: str) -> Json:
    place = {"channel": channel.id, "channel_type": _KINDS[channel.kind]}
    return {"type": "message", "subtype": subtype, "hidden": True, "ts": ts, "event_ts": ts, **place}


def _rich(message: Message) -> Sequence[Mapping[str, Any]]:
    """What Slack's own client makes of typed words: one rich text block. Nothing for the bot's plain messages."""
    if message.bot_id:
        return []
    pieces: list[Json] = []
    for number, part in enumerate(_PIECE.split(message.text)):
        if part:
            pieces.append({"type": "user", "user_id": part} if number % 2 else {"type": "text", "text": part})
    inside = {"type": "rich_text_section", "elements": pieces}
    return [{"type": "rich_text", "block_id": message.ts[-6:], "elements": [inside]}]
