"""One lock for the whole workspace, a count of changes, and ways to wait for them without sleeping."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Changes:
    """The lock, the count, and who is told.

    >>> changes = Changes()
    >>> with changes.change():
    ...     pass
    >>> changes.version
    1
    """

    def __init__(self) -> None:
        self._condition = threading.Condition(threading.RLock())
        self._depth = 0
        self._version = 0
        self._callbacks: list[Callable[[int], None]] = []

    @property
    def version(self) -> int:
        """How many changes there have been."""
        with self._condition:
            return self._version

    @contextmanager
    def read(self) -> Iterator[None]:
        """Look without anything changing meanwhile."""
        with self._condition:
            yield

    @contextmanager
    def change(self) -> Iterator[None]:
        """Change something; those who wait look again, and callbacks are called once the lock is free."""
        with self._condition:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                self._version += 1
                version, outermost = self._version, self._depth == 0
                callbacks = list(self._callbacks)
                self._condition.notify_all()
        if outermost:
            for callback in callbacks:
                callback(version)

    def wait_for(self, predicate: Callable[[], bool], timeout: float) -> bool:
        """Wait until *predicate* holds, asked after every change; False when it does not within *timeout* seconds."""
        with self._condition:
            return self._condition.wait_for(predicate, timeout)

    def on_change(self, callback: Callable[[int], None]) -> Callable[[], None]:
        """Call *callback* with the count after every change; returns how to stop that."""
        with self._condition:
            self._callbacks.append(callback)

        def stop() -> None:
            with self._condition:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)

        return stop
