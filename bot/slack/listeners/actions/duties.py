"""Buttons on a duty: Done, Working, Snooze."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.slack.casebook import done_view, snooze_view, working_view
from bot.slack.client import open_view
from bot.slack.desk import Desk
from bot.slack.press import press


def register(app: App, desk: Desk) -> None:
    """Each opens a dialog at once; what is decided is decided when it is sent in."""

    @app.action("duty_done")
    def done(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        open_view(client, body["trigger_id"], done_view(desk, press(body)))
        ack()

    @app.action("duty_working")
    def working(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        open_view(client, body["trigger_id"], working_view(desk, press(body)))
        ack()

    @app.action("duty_snooze")
    def snooze(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        open_view(client, body["trigger_id"], snooze_view(desk, press(body)))
        ack()
