"""chat.*: posting, editing, deleting, and what only one person sees."""

from __future__ import annotations

import json
from typing import Any

from bot.local.errors import SlackError, invalid_blocks
from bot.local.events import message_json
from bot.local.methods import Call, Method
from bot.local.model import Channel, Json, Message
from bot.slack.limits import problems, text_problems


def checked(text: str, blocks: list[Any] | None) -> None:
    """Refuse a text or blocks that Slack would not take in a message.

    Raises:
        SlackError: `no_text`, `msg_too_long`, `invalid_blocks`, `msg_blocks_too_long`.
    """
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    if text_problems(text):
        raise SlackError("msg_too_long")
    found = problems(blocks or [], "message")
    if found:
        raise invalid_blocks(found)


def post(call: Call) -> Json:
    """chat.postMessage."""
    given = call.arguments
    text, blocks = given.text("text") or "", given.blocks()
    place = _place(call)
    if not call.world.bot_in(place):
        raise SlackError("not_in_channel")
    checked(text, blocks)
    said = call.world.say(
        Message(
            channel=place.id,
            ts="",
            user=call.world.install.bot_user_id,
            text=text,
            blocks=tuple(blocks or ()),
            thread_ts=given.text("thread_ts") or None,
            bot_id=call.world.install.bot_id,
            metadata=_metadata(given.object("metadata")),
            broadcast=given.flag("reply_broadcast"),
        )
    )
    shown = message_json(said, call.world.install, with_metadata=True)
    return {"channel": place.id, "ts": said.ts, "message": shown}


def update(call: Call) -> Json:
    """chat.update: only the bot's own, and nothing that only one person sees."""
    given = call.arguments
    text, blocks = given.text("text"), given.blocks()
    place, old = call.channel(), _own(call, "cant_update_message")
    if text is None and blocks is None:
        raise SlackError("no_text")
    text = old.text if text is None else text
    checked(text, list(old.blocks) if blocks is None else blocks)
    metadata = given.object("metadata")
    new = call.world.edit(place.id, old.ts, text, blocks, metadata and _metadata(metadata) if metadata else metadata)
    return {"channel": place.id, "ts": new.ts, "text": new.text, "message": message_json(new, call.world.install)}


def delete(call: Call) -> Json:
    """chat.delete: only the bot's own."""
    old = _own(call, "cant_delete_message")
    call.world.remove(old.channel, old.ts)
    return {"channel": old.channel, "ts": old.ts}


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral: only *user* sees it, who must be in the channel; so must the bot."""
    given, place, user = call.arguments, call.channel(), call.arguments.need("user")
    if not call.world.bot_in(place):
        raise SlackError("not_in_channel")
    if user not in place.members:
        raise SlackError("user_not_in_channel")
    text, blocks = given.text("text") or "", given.blocks()
    checked(text, blocks)
    install = call.world.install
    said = call.world.say(
        Message(
            channel=place.id,
            ts="",
            user=install.bot_user_id,
            text=text,
            blocks=tuple(blocks or ()),
            thread_ts=given.text("thread_ts") or None,
            bot_id=install.bot_id,
            visible_to=user,
        )
    )
    return {"message_ts": said.ts}


def _place(call: Call) -> Channel:
    """A channel, or a person: then the direct message with them."""
    named = call.arguments.need("channel")
    if named.startswith(("U", "W")):
        try:
            named = call.world.open_im(named)
        except KeyError:
            raise SlackError("channel_not_found") from None
    return call.world.for_bot(named)


def _own(call: Call, otherwise: str) -> Message:
    found = call.world.message(call.channel().id, call.arguments.need("ts"))
    if found is None or found.is_ephemeral:
        raise SlackError("message_not_found")
    if found.user != call.world.install.bot_user_id:
        raise SlackError(otherwise)
    return found


def _metadata(given: Json | None) -> Json | None:
    if not given:
        return None
    if set(given) != {"event_type", "event_payload"} or not isinstance(given["event_payload"], dict):
        raise SlackError("invalid_metadata_format")
    return dict(json.loads(json.dumps(given)))


METHODS = {
    "chat.postMessage": Method(post, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
}
