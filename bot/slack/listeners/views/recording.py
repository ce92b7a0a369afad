"""Dialogs that record: what was done, anything that happened, a snooze, a new case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.slack import casebook
from bot.slack.blocks import unpacked
from bot.slack.casebook import Outcome
from bot.slack.desk import Desk
from bot.slack.press import Fields

Take = Callable[[Desk, str, dict[str, Any], Fields], Outcome]


def register(app: App, desk: Desk) -> None:
    """Take what was sent in; say under the fields what is wrong, or in the dialog what follows."""
    takes: dict[str, Take] = {
        "done_submit": casebook.take_done,
        "record_submit": casebook.take_record,
        "snooze_submit": casebook.take_snooze,
        "new_case_submit": casebook.take_new_case,
    }
    for callback, take in takes.items():
        _listen(app, desk, callback, take)


def _listen(app: App, desk: Desk, callback: str, take: Take) -> None:
    @app.view(callback)
    def sent_in(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        outcome = take(desk, body["user"]["id"], unpacked(view.get("private_metadata") or ""), Fields(view))
        ack(outcome.acknowledgement())
