"""conversations.*: what has been said, in pages; who is in a channel; opening a direct message."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TypeVar

from bot.local.errors import SlackError
from bot.local.events import message_json
from bot.local.methods import Call, Method
from bot.local.model import Channel, Json, Message

_HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history"}
_READ = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
T = TypeVar("T")


def history(call: Call) -> Json:
    """conversations.history: newest first, replies left out."""
    place = _readable(call)
    found = [one for one in call.world.book.channel(place.id) if not one.is_ephemeral]
    return _page_of(call, _within(call, found)[::-1], 100, 999)


def replies(call: Call) -> Json:
    """conversations.replies: a thread's parent, then its replies, oldest first."""
    place, ts = _readable(call), call.arguments.need("ts")
    message = call.world.message(place.id, ts)
    if message is None or message.is_ephemeral:
        raise SlackError("thread_not_found")
    thread = [one for one in call.world.book.thread(place.id, message.thread_ts or ts) if not one.is_ephemeral]
    return _page_of(call, [thread[0], *_within(call, thread[1:])], 1_000, 1_000)


def info(call: Call) -> Json:
    """conversations.info."""
    place = call.channel()
    call.require(_READ[place.kind])
    return {"channel": channel_json(place, call.world.install.bot_user_id)}


def members(call: Call) -> Json:
    """conversations.members, in pages."""
    place = call.channel()
    call.require(_READ[place.kind])
    page, cursor = _paged(call, sorted(place.members), 100, 1_000)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def open_im(call: Call) -> Json:
    """conversations.open with one person."""
    users = (call.arguments.text("users") or "").split(",")
    if len(users) != 1 or not users[0]:
        raise SlackError("users_list_not_supplied" if users == [""] else "too_many_users")
    try:
        id = call.world.open_im(users[0])
    except KeyError:
        raise SlackError("user_not_found") from None
    return {"channel": {"id": id}}


def channel_json(place: Channel, bot_user: str) -> Json:
    """A channel as the Web API gives it."""
    found: Json = {"id": place.id, "created": place.created, "is_archived": False, "is_im": place.is_im}
    if place.is_im:
        return found | {"user": next(iter(place.members - {bot_user}), bot_user), "is_channel": False}
    kinds = {"is_channel": True, "is_group": False, "is_private": place.kind == "private", "is_mpim": False}
    topic = {"value": place.topic, "creator": "", "last_set": 0}
    return found | {"name": place.name, "is_member": bot_user in place.members, "topic": topic} | kinds


def _readable(call: Call) -> Channel:
    place = call.channel()
    call.require(_HISTORY[place.kind])
    if not call.world.bot_in(place):
        raise SlackError("not_in_channel")
    return place


def _within(call: Call, messages: Sequence[Message]) -> list[Message]:
    oldest, latest = call.arguments.text("oldest") or "0", call.arguments.text("latest")
    closed = call.arguments.flag("inclusive")
    found = []
    for one in messages:
        at, least, most = float(one.ts), float(oldest), float(latest) if latest else None
        if (at >= least if closed else at > least) and (most is None or (at <= most if closed else at < most)):
            found.append(one)
    return [one for one in found if not _lags(call, one)]


def _lags(call: Call, message: Message) -> bool:
    """Whether this look-up is one of those that do not show the message yet. Once shown, it stays so."""
    if message.bot_id is None:
        return False
    key = (message.channel, message.ts)
    missed = call.missed.get(key, 0)
    if call.lag is None or missed is None or missed >= call.lag.lookups:
        call.missed[key] = None
        return False
    call.missed[key] = missed + 1
    return True


def _page_of(call: Call, found: Sequence[Message], usual: int, most: int) -> Json:
    page, cursor = _paged(call, found, usual, most)
    whole = call.arguments.flag("include_all_metadata")
    shown = [message_json(one, call.world.install, with_metadata=whole) for one in page]
    more: Json = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return {"messages": shown, "has_more": bool(cursor), "pin_count": 0} | more


def _paged(call: Call, found: Sequence[T], usual: int, most: int) -> tuple[list[T], str]:
    limit = call.arguments.number("limit", usual)
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    start = 0
    if cursor := call.arguments.text("cursor"):
        try:
            start = int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
        except ValueError:
            raise SlackError("invalid_cursor") from None
    end = start + limit
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(found) else ""
    return list(found[start:end]), following


METHODS = {
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
    "conversations.info": Method(info),
    "conversations.members": Method(members),
    "conversations.open": Method(open_im, ("im:write",)),
}
