"""What the local workspace itself says, where Slack's own client would: everything else there is the bot's."""

from __future__ import annotations


def required() -> str:
    """Under a field of a dialog that was left empty."""
    return "Please fill in this field."


def too_short(least: int) -> str:
    """Under a text that is shorter than the field takes."""
    return f"Please use at least {least} characters."


def too_long(most: int) -> str:
    """Under a text that is longer than the field takes."""
    return f"Please use at most {most} characters."


def failed(command: str, error: str) -> str:
    """In place of an answer to a command that nobody answered in time, or badly."""
    return f"{command} failed ({error}). Nothing was changed; please try again."


def slackbot() -> str:
    """Who says so."""
    return "Workspace"
