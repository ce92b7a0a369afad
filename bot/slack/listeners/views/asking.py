"""The dialog that gives an answer the day and hour it waits for."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App

from bot.messages import cases as say
from bot.slack import modals
from bot.slack.asked import Asked
from bot.slack.asking import with_date
from bot.slack.blocks import unpacked
from bot.slack.desk import Desk
from bot.slack.press import Fields
from bot.store import outbox


def register(app: App, desk: Desk) -> None:
    """Answer again, into the thread the dialog was opened from."""

    @app.view("moment_submit")
    def take_moment(ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        fields = Fields(view)
        when = fields.moment(fields.day("day"), "time")
        if when is None:
            ack(modals.errors_of({"day": say.give_date()}))
            return
        from_where = unpacked(view.get("private_metadata") or "")
        message = Asked(
            user=body["user"]["id"],
            channel=from_where["channel"],
            ts=f"{from_where['ts']}:{body.get('trigger_id') or view['id']}"[-120:],
            thread=from_where["thread"],
            text="",
            private=bool(from_where.get("ephemeral")) or from_where["channel"].startswith("D"),
        )
        with desk.store.read() as connection:
            kept = outbox.by_key(connection, from_where["key"])
        with_date(desk, message, kept.extra if kept else {}, when)
        ack()
