"""The Bolt app: made, not started. Nothing happens on import; making it asks Slack who the bot is, and no more."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from slack_bolt import App

from bot import answers
from bot.nudges import sweep
from bot.services import Services
from bot.settings import Settings
from bot.slack import failing, inbox, listeners
from bot.slack.client import web_client
from bot.slack.desk import Answering, Desk, Knowledge
from bot.slack.members import Members
from bot.slack.sender import Sender, utc_now
from bot.store import Store


class SignpostApp(App):
    """A Bolt app with its desk: `desk.sender` sends, `desk.store` keeps."""

    desk: Desk

    def recover(self) -> int:
        """Answer what an earlier process acknowledged and did not answer; returns how many."""
        return inbox.recover(self, self.desk)

    def sweep(self, at_any_hour: bool = False) -> int:
        """Promise the nudges that are due now, and send them; returns how many."""
        count = sweep.run_once(self.desk.store, self.desk.services, self.desk.clock(), at_any_hour)
        if count:
            self.desk.sender.wake()
        return count


def create_app(
    settings: Settings,
    services: Services,
    store: Store,
    *,
    clock: Callable[[], datetime] = utc_now,
) -> SignpostApp:
    """The app that answers with *services* and keeps its state in *store* (already upgraded).

    Its sender starts with the first message to send; `desk.sender.stop()` ends it.

    Raises:
        slack_bolt.error.BoltError: Slack refuses the token.
    """
    return assemble(settings, services, partial(answers.answer, services=services), store, clock=clock)


def assemble(
    settings: Settings,
    services: Knowledge,
    answer: Answering,
    store: Store,
    *,
    clock: Callable[[], datetime] = utc_now,
    settle: timedelta = timedelta(seconds=2),
) -> SignpostApp:
    """The same from its parts: any rules and calendar, any function that answers. Tests and other doors use it."""
    client = web_client(settings.bot_token, settings.api_url)
    app = SignpostApp(
        client=client,
        signing_secret=settings.signing_secret,
        request_verification_enabled=settings.signing_secret is not None,
        process_before_response=False,
        logger=_logger(settings.log_level),
    )
    app.desk = Desk(
        settings=settings,
        services=services,
        answer=answer,
        store=store,
        client=client,
        sender=Sender(store, client, clock=clock, settle=settle, refresh=partial(sweep.refreshed, store, services)),
        members=Members(client),
        clock=clock,
    )
    inbox.register(app, app.desk)
    listeners.register(app, app.desk)
    failing.register(app, app.desk)
    return app


def _logger(level: str) -> logging.Logger:
    """Bolt's and the SDK's own log. At DEBUG they would write what people type, so DEBUG is never set."""
    logger = logging.getLogger("signpost.slack")
    logger.setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
    return logger
