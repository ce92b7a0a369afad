"""`/signpost due …`, `find …`, `case REF`, `new`, `setup`, `help`: answered privately, with the acknowledgement."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.messages import cases as say_case
from bot.messages import slack as say
from bot.slack.asked import Asked, plain_words
from bot.slack.asking import Reply, answer_now, refusal
from bot.slack.casebook import open_new_case, open_setup
from bot.slack.desk import Desk
from bot.slack.personal import scrub

_ASKING = ("due", "find", "ask", "when", "case")


def register(app: App, desk: Desk) -> None:
    """One command with words after it."""

    @app.command("/signpost")
    def signpost(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        word, _, rest = plain_words(body.get("text") or "").partition(" ")
        match word.lower():
            case "" | "help":
                reply = refusal(say.help_text())
            case "new" | "add":
                if open_new_case(desk, client, body["user_id"], body["trigger_id"]):
                    ack()
                    return
                reply = refusal(say.no_team())
            case "setup" | "set-up":
                if open_setup(
                    desk, client, body["channel_id"], str(body.get("channel_name") or ""), body["trigger_id"]
                ):
                    ack()
                    return
                reply = refusal(say_case.setup_in_channel())
            case asking if asking in _ASKING and not rest.strip():
                reply = refusal(say.what_to_ask())
            case asking:
                reply = _answered(desk, body, rest if asking in _ASKING and asking != "when" else f"{word} {rest}")
        ack(response_type="ephemeral", text=reply.text, blocks=reply.blocks)


def _answered(desk: Desk, body: dict[str, Any], words: str) -> Reply:
    found = scrub(words.strip())
    message = Asked(
        user=body["user_id"],
        channel=body["channel_id"],
        ts=f"command:{body['trigger_id']}"[-120:],
        thread="",
        text=found.text,
        private=True,
        personal=found.found,
    )
    return answer_now(desk, message)
