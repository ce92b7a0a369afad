"""Who is in a channel, asked of Slack and remembered briefly: only members of a team's channel see its cases."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError


class Members:
    """Membership of channels. A change shows within *ttl* seconds; when Slack cannot be asked, nobody is let in."""

    def __init__(self, client: WebClient, ttl: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._client, self._ttl, self._clock = client, ttl, clock
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, frozenset[str]]] = {}

    def is_in(self, user: str, channel: str) -> bool:
        """Whether *user* is a member of *channel* now."""
        return user in self.of(channel)

    def of(self, channel: str) -> frozenset[str]:
        """The members of *channel*; empty where Slack does not say."""
        with self._lock:
            until, members = self._known.get(channel, (0.0, frozenset()))
        if self._clock() < until:
            return members
        try:
            members = frozenset(self._ask(channel))
        except (SlackApiError, SlackClientError, OSError):
            return frozenset()
        with self._lock:
            self._known[channel] = (self._clock() + self._ttl, members)
        return members

    def _ask(self, channel: str) -> list[str]:
        members: list[str] = []
        cursor = ""
        while True:
            page: dict[str, Any] = dict(
                self._client.conversations_members(channel=channel, limit=200, cursor=cursor or None).data  # type: ignore[arg-type]
            )
            members.extend(page.get("members") or [])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return members
