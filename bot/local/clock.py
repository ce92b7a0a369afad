"""The workspace's clock: the machine's own for the demo, one that stands still until moved for tests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """What time it is. The machine's own; `ManualClock` is the one for tests. May be called like a function."""

    def now(self) -> datetime:
        """The time it is, aware, UTC."""
        return datetime.now(UTC)

    def __call__(self) -> datetime:
        """The same, so that the bot can be given this very clock."""
        return self.now()

    def seconds_until(self, when: datetime) -> float | None:
        """Real seconds to wait until *when*, zero if it is past; None where only moving the clock brings it about."""
        return max(0.0, (when - self.now()).total_seconds())

    def on_move(self, callback: Callable[[], None]) -> None:
        """Call *callback* whenever the time jumps. The machine's own never does."""


class ManualClock(Clock):
    """A clock that stands still until it is moved.

    >>> clock = ManualClock(datetime(2026, 4, 2, 9, 0, tzinfo=UTC))
    >>> clock.advance(minutes=1)
    >>> clock.now().isoformat()
    '2026-04-02T09:01:00+00:00'
    """

    def __init__(self, now: datetime) -> None:
        """Start at *now*, which must be aware."""
        if now.tzinfo is None:
            raise ValueError("a clock needs a time zone")
        self._lock = threading.Lock()
        self._now = now.astimezone(UTC)
        self._callbacks: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The time it was moved to last."""
        with self._lock:
            return self._now

    def seconds_until(self, when: datetime) -> float | None:
        """Zero if *when* is past; None otherwise: waiting brings nothing."""
        return 0.0 if when <= self.now() else None

    def on_move(self, callback: Callable[[], None]) -> None:
        """Call *callback* after each move, in the thread that moves the clock."""
        with self._lock:
            self._callbacks.append(callback)

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Move forward; whoever waits for a time that has now come is told before this returns."""
        with self._lock:
            self._now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
            callbacks = list(self._callbacks)
        for callback in callbacks:
            callback()
