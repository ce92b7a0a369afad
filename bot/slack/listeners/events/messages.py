"""A mention, a direct message, a question in a thread the bot has joined: all answered alike."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from bot.slack.asked import asked
from bot.slack.asking import reply_to
from bot.slack.desk import Desk


def register(app: App, desk: Desk) -> None:
    """Answer messages that are meant for the bot; the inbox lets no others through."""

    def answer_message(body: dict[str, Any]) -> None:
        message = asked(body)
        if message is not None:
            reply_to(desk, message)

    app.event("app_mention")(answer_message)
    app.event("message")(answer_message)
