"""What is made to go wrong, method by method: each fault once, or always until it is cleared."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from dataclasses import dataclass

DELIVERY = "delivery"  # in place of a method's name: what goes wrong on the way to the app


@dataclass(frozen=True)
class RateLimited:
    """429 with Retry-After; nothing is done."""

    retry_after: int = 1


@dataclass(frozen=True)
class ServerError:
    """500 or 503; `commit`: although it has been done."""

    status: int = 500
    commit: bool = False


@dataclass(frozen=True)
class Reset:
    """The connection is reset without a reply; `commit`: after it has been done."""

    commit: bool = False


@dataclass(frozen=True)
class Hang:
    """No reply until `FaultPlan.release` (or the end); `commit`: after it has been done, else it is never done."""

    commit: bool = False


@dataclass(frozen=True)
class Lag:
    """History lags: what the app has said is not shown by the first *lookups* look-ups after it."""

    lookups: int = 1


@dataclass(frozen=True)
class SocketReset:
    """The socket is reset instead of delivering, or right after (`sent`)."""

    sent: bool = False


@dataclass(frozen=True)
class Disconnect:
    """A `disconnect` envelope comes first; deliveries then go to other sockets."""

    reason: str = "refresh_requested"


@dataclass(frozen=True)
class LateAck:
    """The app's acknowledgement is counted as too late: the event comes again, as if it had timed out."""


@dataclass(frozen=True)
class Twice:
    """The same delivery is made twice, with the same event id."""


@dataclass(frozen=True)
class Lost:
    """The delivery never reaches the app."""


Fault = RateLimited | ServerError | Reset | Hang | Lag | SocketReset | Disconnect | LateAck | Twice | Lost
_FOR_DELIVERY = (SocketReset, Disconnect, LateAck, Twice, Lost)


class FaultPlan:
    """The faults to come. `DELIVERY` in place of a method's name takes those on the way to the app.

    >>> plan = FaultPlan()
    >>> plan.add("chat.postMessage", RateLimited(30))
    >>> plan.take("chat.postMessage"), plan.take("chat.postMessage")
    (RateLimited(retry_after=30), None)
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._queues: dict[str, deque[Fault]] = defaultdict(deque)
        self._always: dict[str, Fault] = {}
        self._taken: list[tuple[str, Fault]] = []
        self._held = 0
        self._released = 0
        self._over = False

    def add(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let *fault* happen once (or *times* times), after those that are waiting already.

        Raises:
            ValueError: the fault does not belong to that.
        """
        _check(method, fault)
        count = times * (fault.lookups if isinstance(fault, Lag) else 1)
        with self._condition:
            self._queues[method].extend([fault] * count)

    def always(self, method: str, fault: Fault) -> None:
        """Let *fault* happen every time, once none waits in the queue, until it is cleared."""
        _check(method, fault)
        with self._condition:
            self._always[method] = fault

    def clear(self, method: str | None = None) -> None:
        """Forget what was to go wrong with *method*, or with everything."""
        with self._condition:
            for each in [method] if method else list({*self._queues, *self._always}):
                self._queues.pop(each, None)
                self._always.pop(each, None)

    def take(self, method: str) -> Fault | None:
        """What goes wrong this time."""
        with self._condition:
            queue = self._queues.get(method)
            fault = queue.popleft() if queue else self._always.get(method)
            if fault is not None:
                self._taken.append((method, fault))
                self._condition.notify_all()
            return fault

    @property
    def taken(self) -> list[tuple[str, Fault]]:
        """What has gone wrong so far, in order."""
        with self._condition:
            return list(self._taken)

    def wait_taken(self, count: int, timeout: float = 30.0) -> bool:
        """Wait until *count* faults have happened."""
        with self._condition:
            return self._condition.wait_for(lambda: len(self._taken) >= count, timeout)

    def hold(self) -> None:
        """Called by the server: wait until released."""
        with self._condition:
            self._held += 1
            mine = self._held
            self._condition.notify_all()
            self._condition.wait_for(lambda: self._over or self._released >= mine)

    def wait_held(self, count: int = 1, timeout: float = 30.0) -> bool:
        """Wait until *count* replies (counted from the start) have been held."""
        with self._condition:
            return self._condition.wait_for(lambda: self._held >= count, timeout)

    def release(self) -> None:
        """Let every reply that is held go."""
        with self._condition:
            self._released = self._held
            self._condition.notify_all()

    def end(self) -> None:
        """Hold nothing any more: the workspace stops."""
        with self._condition:
            self._over = True
            self._condition.notify_all()


def _check(method: str, fault: Fault) -> None:
    if (method == DELIVERY) != isinstance(fault, _FOR_DELIVERY):
        raise ValueError(f"{type(fault).__name__} cannot happen to {method}")
    if isinstance(fault, Lag) and method not in ("conversations.history", "conversations.replies"):
        raise ValueError(f"{method} is no look-up: it cannot lag")
