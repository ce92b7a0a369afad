"""Before anything is acknowledged: each event is written down once, and one seen before is dropped.

Bolt acknowledges an event before its listener ends, and drops nothing twice delivered. So a process killed in between
would leave a worker without an answer, and a repeated delivery would answer twice. Talk that is not meant for the bot
is neither kept nor looked at further.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.messages import slack as say
from bot.slack.asked import asked, mentions, scrubbed_body, sounds_asked
from bot.slack.desk import Desk
from bot.store import inbox, outbox, threads

log = logging.getLogger(__name__)
REPLAY = "signpost_replay"
_LAST_RETRY = "3"


def register(app: App, desk: Desk) -> None:
    """Put the inbox before every listener."""

    @app.middleware
    def remember(
        body: dict[str, Any], context: BoltContext, request: BoltRequest, next: Callable[[], BoltResponse]
    ) -> BoltResponse | None:
        if context.get(REPLAY):
            return next()
        try:
            new = _receive(desk, body, context.bot_user_id or "")
        except SQLAlchemyError as error:
            log.error("inbox: the database cannot be used (%s); Slack will try again", type(error).__name__)
            return _not_kept(desk, body, request)
        return next() if new else BoltResponse(status=200, body="")


def delivery_id(body: dict[str, Any]) -> str | None:
    """What tells one delivery from another: the event's id, or an interaction's trigger."""
    if body.get("event_id"):
        return str(body["event_id"])
    trigger = body.get("trigger_id")
    return f"{body.get('type') or 'command'}:{trigger}" if trigger else None


def is_addressed(desk: Desk, body: dict[str, Any], bot_user: str) -> bool:
    """Whether a message is meant for the bot: a direct message, a mention, or a question in a thread it is in."""
    message = asked(body)
    if message is None:
        return False
    event = body["event"]
    if message.private or event["type"] == "app_mention":
        return True
    if mentions(body) or not event.get("thread_ts") or not sounds_asked(message.text):
        return False  # a mention of the bot comes as an event of its own; one of a colleague is meant for them
    with desk.store.read() as connection:
        thread = threads.get(connection, message.channel, message.thread)
    return thread is not None and thread.joined


def _receive(desk: Desk, body: dict[str, Any], bot_user: str) -> bool:
    """Write a delivery down; False if there is nothing to do about it."""
    id = delivery_id(body)
    if id is None:
        return True
    kept = None
    kind = str(body.get("type") or "command")
    if body.get("event"):
        kind = str(body["event"].get("type"))
        if kind in ("message", "app_mention"):
            if not is_addressed(desk, body, bot_user):
                return False
            kept = scrubbed_body(body)
    with desk.store.write() as connection:
        return inbox.receive(connection, id, kind, kept, desk.now)


def _not_kept(desk: Desk, body: dict[str, Any], request: BoltRequest) -> BoltResponse:
    """Without a database nothing can be promised: let Slack try again, and after its last try say so.

    Only where the bot was certainly asked: whether it is in a thread of colleagues, the database alone knows.
    """
    message = asked(body)
    certainly = message is not None and (message.private or body["event"]["type"] == "app_mention")
    if not certainly or request.headers.get("x-slack-retry-num", [""])[0] != _LAST_RETRY:
        return BoltResponse(status=503, body="")
    assert message is not None
    desk.client.chat_postMessage(channel=message.channel, thread_ts=message.thread, text=say.went_wrong("DATABASE"))
    return BoltResponse(status=200, body="")


def recover(app: App, desk: Desk) -> int:
    """Answer what was acknowledged and never answered, because the process died in between; returns how many."""
    count = 0
    while True:
        with desk.store.write() as connection:
            waiting = inbox.take_unhandled(connection, desk.now)
            if waiting is not None and waiting.tries > inbox.MAX_TRIES:
                _apologise(desk, connection, waiting)
        if waiting is None:
            return count
        if waiting.tries <= inbox.MAX_TRIES:
            app.dispatch(BoltRequest(body=waiting.body, mode="socket_mode", context={REPLAY: True}))
        count += 1


def _apologise(desk: Desk, connection: Any, waiting: inbox.Unhandled) -> None:  # noqa: ANN401 - a connection
    message = asked(waiting.body)
    if message is not None:
        payload = {"channel": message.channel, "thread_ts": message.thread, "text": say.went_wrong(waiting.id[-6:])}
        outbox.put(connection, message.key, "chat.postMessage", payload, desk.now)
    inbox.handled(connection, waiting.id, desk.now)
    desk.sender.wake()
