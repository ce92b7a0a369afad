"""The app's own page was opened: suggested questions beside Messages, one's cases on Home."""

from __future__ import annotations

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.messages import slack as say
from bot.slack.desk import Desk
from bot.slack.home import show_home


def register(app: App, desk: Desk) -> None:
    """Show what there is to show, whichever tab was opened."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        if event.get("tab") == "messages":
            prompts = [{"title": title, "message": message} for title, message in say.SUGGESTED_PROMPTS]
            client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], prompts=prompts)
            return
        show_home(desk, event["user"])
