"""Buttons under an answer: its working, all of its words, a date for it, one of its choices, a verdict on it."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.messages import slack as say
from bot.slack import modals
from bot.slack.asking import ask_again, with_date
from bot.slack.client import open_view
from bot.slack.desk import Desk
from bot.slack.press import press
from bot.store import learning, outbox


def register(app: App, desk: Desk) -> None:
    """Everything that hangs under an answer."""

    @app.action("answer_working")
    def show_working(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        kept = _kept(desk, press(body).value)
        view = modals.working(kept["working"]) if kept.get("working") else modals.notice(say.WORKING, [say.too_old()])
        open_view(client, body["trigger_id"], view)
        ack()

    @app.action("answer_more")
    def show_all(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        text = _kept(desk, press(body).value).get("text") or say.too_old()
        open_view(client, body["trigger_id"], modals.notice(say.WHOLE_ANSWER, [text]))
        ack()

    @app.action(re.compile(r"answer_choice_\d+"))
    def choose(ack: Ack, body: dict[str, Any]) -> None:
        pressed = press(body)
        ask_again(desk, pressed.asked(pressed.value))
        ack()

    @app.action("answer_date")
    def take_date(ack: Ack, body: dict[str, Any]) -> None:
        pressed = press(body)
        kept = _kept(desk, pressed.block_id.removeprefix("answer:"))
        if pressed.value:
            with_date(desk, pressed.asked(""), kept, date.fromisoformat(pressed.value))
        ack()

    @app.action("answer_moment")
    def ask_moment(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        pressed = press(body)
        followup = _kept(desk, pressed.value).get("followup")
        private = json.dumps(
            {"key": pressed.value, "channel": pressed.channel, "ts": pressed.message_ts, "thread": pressed.thread}
            | {"ephemeral": pressed.ephemeral}
        )
        view = (
            modals.moment(followup["question"], desk.today, private)
            if followup
            else modals.notice(say.GIVE_DATE, [say.too_old()])
        )
        open_view(client, body["trigger_id"], view)
        ack()

    @app.action("answer_feedback")
    def judge(ack: Ack, body: dict[str, Any]) -> None:
        pressed = press(body)
        about = _kept(desk, pressed.block_id.removeprefix("feedback:")).get("about") or {}
        with desk.store.write() as connection:
            helpful = pressed.value == "helpful"
            learning.mark(connection, pressed.user, pressed.channel, pressed.message_ts, helpful, about, desk.now)
        ack()


def _kept(desk: Desk, key: str) -> dict[str, Any]:
    with desk.store.read() as connection:
        message = outbox.by_key(connection, key)
    return message.extra if message else {}
