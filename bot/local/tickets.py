"""What is handed out once and runs out: triggers for dialogs, response URLs, tickets for the socket."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.local.changes import Changes
from bot.local.clock import Clock
from bot.local.errors import SlackError
from bot.slack.limits_table import LIMITS

TRIGGER_LIFE = timedelta(seconds=LIMITS["trigger_id.seconds"].most)
RESPONSE_LIFE = timedelta(minutes=LIMITS["response_url.minutes"].most)
RESPONSE_USES = LIMITS["response_url.uses"].most


@dataclass(frozen=True)
class Responding:
    """Where a response URL answers: for whom, where, and to which message it belongs (if to one)."""

    user: str
    channel: str
    thread_ts: str | None
    message_ts: str | None
    until: datetime
    left: int = RESPONSE_USES


@dataclass(frozen=True)
class _Trigger:
    user: str
    until: datetime
    used: bool = False


class Tickets:
    """All that has been handed out."""

    def __init__(self, changes: Changes, clock: Clock) -> None:
        self._changes, self._clock = changes, clock
        self._triggers: dict[str, _Trigger] = {}
        self._responding: dict[str, Responding] = {}
        self._sockets: set[str] = set()

    def trigger(self, user: str) -> str:
        """A trigger id that opens one dialog for *user* within three seconds."""
        id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        with self._changes.read():
            now = self._clock.now()
            self._triggers = {key: it for key, it in self._triggers.items() if it.until > now - timedelta(minutes=5)}
            self._triggers[id] = _Trigger(user, now + TRIGGER_LIFE)
        return id

    def exchange(self, id: str) -> str:
        """The person whose trigger it is; it is used up by this.

        Raises:
            SlackError: `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
        """
        with self._changes.read():
            trigger = self._triggers.get(id)
            if trigger is None:
                raise SlackError("invalid_trigger_id")
            if trigger.used:
                raise SlackError("exchanged_trigger_id")
            if self._clock.now() > trigger.until:
                raise SlackError("expired_trigger_id")
            self._triggers[id] = replace(trigger, used=True)
            return trigger.user

    def response(self, user: str, channel: str, thread_ts: str | None = None, message_ts: str | None = None) -> str:
        """The secret part of a response URL: good for five uses in thirty minutes."""
        secret = secrets.token_urlsafe(24)
        with self._changes.read():
            now = self._clock.now()
            self._responding = {key: it for key, it in self._responding.items() if it.until > now - RESPONSE_LIFE}
            self._responding[secret] = Responding(user, channel, thread_ts, message_ts, now + RESPONSE_LIFE)
        return secret

    def respond(self, secret: str) -> Responding:
        """Use a response URL once.

        Raises:
            SlackError: `expired_url` when its time or its uses are over, or it never was.
        """
        with self._changes.read():
            found = self._responding.get(secret)
            if found is None or self._clock.now() > found.until:
                raise SlackError("expired_url")
            if found.left == 0:
                raise SlackError("used_url")
            self._responding[secret] = replace(found, left=found.left - 1)
            return found

    def peek(self, secret: str) -> Responding:
        """What a response URL is about, without using it. KeyError if there is none."""
        with self._changes.read():
            return self._responding[secret]

    def socket(self) -> str:
        """A ticket to open one socket with."""
        ticket = secrets.token_urlsafe(24)
        with self._changes.read():
            self._sockets.add(ticket)
        return ticket

    def admit(self, ticket: str) -> bool:
        """Use a ticket up; False if there was none."""
        with self._changes.read():
            known = ticket in self._sockets
            self._sockets.discard(ticket)
            return known
