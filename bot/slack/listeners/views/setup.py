"""The dialog that sets a channel up for a team."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.slack.blocks import unpacked
from bot.slack.casebook import take_setup
from bot.slack.desk import Desk
from bot.slack.press import Fields


def register(app: App, desk: Desk) -> None:
    """Set the channel up and say so there, once."""

    @app.view("setup_submit")
    def sent_in(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        outcome = take_setup(desk, body["user"]["id"], unpacked(view.get("private_metadata") or ""), Fields(view))
        ack(outcome.acknowledgement())
