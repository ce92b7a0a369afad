"""Listeners by kind, thin: read what came, call what decides, acknowledge. No logic lives here."""

from slack_bolt import App

from bot.slack.desk import Desk
from bot.slack.listeners.actions import answers, casebook, duties
from bot.slack.listeners.commands import signpost
from bot.slack.listeners.events import home, messages
from bot.slack.listeners.views import asking, recording, setup


def register(app: App, desk: Desk) -> None:
    """Register every listener."""
    for module in (messages, home, signpost, answers, duties, casebook, asking, recording, setup):
        module.register(app, desk)
