"""Buttons on a case and on the Home tab: record anything that happened, add a case."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.messages import slack as say
from bot.slack import modals
from bot.slack.casebook import open_new_case, record_view
from bot.slack.client import open_view
from bot.slack.desk import Desk
from bot.slack.press import press


def register(app: App, desk: Desk) -> None:
    """Each opens a dialog."""

    @app.action("case_record")
    def record(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        open_view(client, body["trigger_id"], record_view(desk, press(body)))
        ack()

    @app.action("case_new")
    def new(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        if not open_new_case(desk, client, press(body).user, body["trigger_id"]):
            open_view(client, body["trigger_id"], modals.notice(say.ADD_CASE, [say.no_team()]))
        ack()
