"""A database on which a test can wait, and in which it can look for what must not be there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select

from bot.store import Store, outbox, tables

WAIT_S = 60.0


class WatchedStore(Store):
    """A store on which one can wait: whoever waits looks again after every transaction that may write."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._changed = threading.Condition()
        self._version = 0

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """As ever; then those who wait look again."""
        try:
            with super().write() as connection:
                yield connection
        finally:
            with self._changed:
                self._version += 1
                self._changed.notify_all()

    def wait_for(self, holds: Callable[[], bool], timeout: float = WAIT_S) -> bool:
        """Wait until *holds*; asked outside the lock, so that it may look into the database."""
        until = time.monotonic() + timeout  # a sender that looks every second must not make it wait for ever
        while time.monotonic() < until:
            with self._changed:
                seen = self._version
            if holds():
                return True
            with self._changed:
                left = max(0.0, until - time.monotonic())
                self._changed.wait_for(lambda seen=seen: self._version != seen, left)  # type: ignore[misc]
        return holds()

    def nothing_in_hand(self) -> bool:
        """Whether no message is being sent just now: what was refused has been put off, by the clock as it stands."""
        with self.read() as connection:
            sending = connection.execute(select(tables.outbox.c.id).where(tables.outbox.c.state == "sending")).first()
            return sending is None

    def quiet(self) -> bool:
        """Whether nothing is promised that is not through, and nothing received that is not handled."""
        with self.read() as connection:
            unhandled = connection.execute(select(tables.inbox.c.id).where(tables.inbox.c.handled.is_(None))).first()
            return unhandled is None and outbox.unsent(connection) == 0

    def everything(self) -> str:
        """Every value of every table, to look for what must not be there."""
        with self.read() as connection:
            found = [connection.execute(select(table)).all() for table in tables.metadata.sorted_tables]
        return "\n".join(str(row) for rows in found for row in rows)
