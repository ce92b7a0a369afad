"""When a listener fails: one plain sentence for the person, a reference for the log, and no words of theirs in it."""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.errors import SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from bot.messages import slack as say
from bot.slack import modals
from bot.slack.asked import asked
from bot.slack.client import open_view
from bot.slack.desk import Desk
from bot.slack.press import press
from bot.store import inbox, outbox

log = logging.getLogger(__name__)


def register(app: App, desk: Desk) -> None:
    """Answer every failure."""

    @app.error
    def failed(error: Exception, body: dict[str, Any], request: BoltRequest, response: BoltResponse) -> Any:  # noqa: ANN401 - Bolt takes a response or nothing
        reference = secrets.token_hex(3).upper()
        log.error("error %s: %s at %s", reference, type(error).__name__, where(error))
        sentence = say.went_wrong(reference)
        acknowledged = response is None or request.context.ack.response is not None
        try:
            instead = _tell(desk, body, sentence)
        except (SlackClientError, SQLAlchemyError, OSError, KeyError) as second:
            log.error("error %s: could not be told (%s)", reference, type(second).__name__)
            return None
        if instead is None or acknowledged:
            return None if acknowledged else BoltResponse(status=200, body="")
        return BoltResponse(status=200, body=json.dumps(instead), headers={"content-type": ["application/json"]})


def where(error: Exception) -> str:
    """Files and lines of a failure, without the values that it was about: they may be a person's words.

    >>> try:
    ...     raise ValueError("what somebody typed")
    ... except ValueError as error:
    ...     "typed" in where(error)
    False
    """
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))


def _tell(desk: Desk, body: dict[str, Any], sentence: str) -> dict[str, Any] | None:
    """Tell the person, in the place that fits; what is returned goes out with the acknowledgement."""
    if body.get("event"):
        _tell_thread(desk, body, sentence)
        return None
    if body.get("command"):
        return {"response_type": "ephemeral", "text": sentence}
    if body.get("type") == "view_submission":
        return {"response_action": "update", "view": modals.notice(say.SORRY, [sentence])}
    if body.get("actions"):
        _tell_presser(desk, body, sentence)
    return None


def _tell_thread(desk: Desk, body: dict[str, Any], sentence: str) -> None:
    message = asked(body)
    if message is None:
        return
    payload = {"channel": message.channel, "thread_ts": message.thread, "text": sentence}
    try:
        with desk.store.write() as connection:
            # the key of the reply: if that was promised before the failure, it is the one that is seen
            outbox.put(connection, message.key, "chat.postMessage", payload, desk.now)
            if message.event_id:
                inbox.handled(connection, message.event_id, desk.now)
        desk.sender.wake()
    except SQLAlchemyError:
        desk.client.api_call("chat.postMessage", json=payload)


def _tell_presser(desk: Desk, body: dict[str, Any], sentence: str) -> None:
    pressed = press(body)
    try:
        open_view(desk.client, pressed.trigger, modals.notice(say.SORRY, [sentence]))
    except SlackClientError:
        if pressed.channel:
            desk.client.chat_postEphemeral(channel=pressed.channel, user=pressed.user, text=sentence)
