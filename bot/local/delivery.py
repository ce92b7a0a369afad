"""Getting events and interactions to the app: acknowledged within three seconds, or again at 0, 1 and 5 minutes.

Only events are repeated; a command or a press is asked once, and whoever pressed is told when nobody answers. All
times are the workspace's clock's. How it gets there (socket, signed HTTP) is the transport's business.
"""

from __future__ import annotations

import secrets
import threading
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from bot.local.clock import Clock
from bot.local.events import event_body
from bot.local.faults import DELIVERY, Disconnect, Fault, FaultPlan, LateAck, Lost, SocketReset, Twice
from bot.local.model import Install, Json
from bot.slack.limits_table import LIMITS

Kind = Literal["events_api", "slash_commands", "interactive"]
ACK_WITHIN = timedelta(seconds=LIMITS["ack.seconds"].most)
RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
_PATIENCE_S = 30.0  # real seconds, for when the clock stands still and nobody answers
_KEPT = 2_000


@dataclass(frozen=True)
class Attempt:
    """One delivery of one payload. `number` counts repetitions from 0; `reason` says why it comes again."""

    envelope_id: str
    kind: Kind
    payload: Json
    number: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Reply:
    """How the app answered: `payload`, or an `error`: `operation_timeout`, `dispatch_failed`."""

    payload: Json = field(default_factory=dict)
    error: str | None = None


class Transport(Protocol):
    """What carries deliveries."""

    def send(self, attempt: Attempt) -> bool:
        """Send it; False where there is no way to. Must not block."""

    def drop(self) -> None:
        """Reset the connection."""

    def disconnect(self, reason: str) -> None:
        """Ask the app to connect anew; what is sent next waits for that."""


@dataclass
class _Pending:
    attempt: Attempt
    deadline: datetime | None = None  # when an attempt under way times out
    retry_at: datetime | None = None  # when the next one is due
    ignores_ack: bool = False
    done: Callable[[Reply], None] | None = None  # for what is asked only once


class Delivery:
    """What is on its way. Thread-safe."""

    def __init__(self, clock: Clock, faults: FaultPlan, install: Install, transport: Transport) -> None:
        self._clock, self._faults, self._install = clock, faults, install
        self.transport = transport
        self._condition = threading.Condition(threading.RLock())
        self._pending: dict[str, _Pending] = {}
        self._sent: deque[Attempt] = deque(maxlen=_KEPT)
        self._sent_count = 0
        self._given_up = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="local-delivery", daemon=True)
        clock.on_move(self.tick)

    def start(self) -> None:
        """Begin to watch the time."""
        self._thread.start()

    def stop(self) -> None:
        """Give up on everything under way."""
        with self._condition:
            self._stopping = True
            for pending in list(self._pending.values()):
                self._settle(pending, Reply(error="dispatch_failed"))
            self._condition.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def event(self, event: Json) -> None:
        """Deliver an event; returns at once."""
        id = f"Ev{secrets.token_hex(6).upper()}"
        body = event_body(event, self._install, id, int(self._clock.now().timestamp()))
        with self._condition:
            if not self._stopping:
                self._begin(_Pending(Attempt(_new_id(), "events_api", body)))

    def ask(self, kind: Kind, payload: Json) -> Reply:
        """Deliver a command or an interaction, and wait for the acknowledgement."""
        answers: list[Reply] = []
        with self._condition:
            if self._stopping:
                return Reply(error="dispatch_failed")
            self._begin(_Pending(Attempt(_new_id(), kind, payload), done=answers.append))
            self._condition.wait_for(lambda: bool(answers), _PATIENCE_S)
            return answers[0] if answers else Reply(error="operation_timeout")

    def acknowledged(self, envelope_id: str, payload: Json | None) -> bool:
        """The app's acknowledgement has come; False where it is too late or nobody asked."""
        with self._condition:
            pending = self._pending.get(envelope_id)
            if pending is None or pending.deadline is None or pending.ignores_ack:
                return False
            self._settle(pending, Reply(payload or {}))
            return True

    def failed(self, envelope_id: str, reason: str, again: bool = True) -> None:
        """An attempt failed: `http_timeout`, `http_error`, `connection_failed`. *again*: events are tried again."""
        with self._condition:
            pending = self._pending.get(envelope_id)
            if pending is None or pending.deadline is None:
                return
            number = pending.attempt.number
            if pending.done is not None or not again or number == len(RETRY_AFTER):
                self._given_up += 1
                error = "operation_timeout" if reason == "http_timeout" else "dispatch_failed"
                self._settle(pending, Reply(error=error))
                return
            del self._pending[envelope_id]
            follower = Attempt(_new_id(), pending.attempt.kind, pending.attempt.payload, number + 1, reason)
            failed_at = min(self._clock.now(), pending.deadline)  # the clock may have jumped past the time-out
            waiting = _Pending(follower, retry_at=failed_at + RETRY_AFTER[number])
            self._pending[follower.envelope_id] = waiting
            self._condition.notify_all()
        self.tick()

    def tick(self) -> None:
        """Look at the time: time out what is late, repeat what is due."""
        while True:
            with self._condition:
                now = self._clock.now()
                late = [p for p in self._pending.values() if p.deadline is not None and p.deadline <= now]
                due = [p for p in self._pending.values() if p.retry_at is not None and p.retry_at <= now]
                for pending in due:
                    if pending.retry_at is not None:  # not begun meanwhile by a failure within this loop
                        pending.retry_at = None
                        self._begin(pending)
            for pending in late:
                self.failed(pending.attempt.envelope_id, "http_timeout")
            if not due and not late:
                return

    @property
    def sent(self) -> list[Attempt]:
        """The last two thousand attempts that went out, oldest first."""
        with self._condition:
            return list(self._sent)

    @property
    def given_up(self) -> int:
        """How many deliveries the app has never acknowledged in time."""
        with self._condition:
            return self._given_up

    def wait_settled(self, timeout: float = 30.0) -> bool:
        """Wait until nothing is under way and nothing is left to repeat."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._pending, timeout)

    def wait_repetition(self, number: int, timeout: float = 30.0) -> bool:
        """Wait until a *number*-th repetition (1 to 3) waits for its time to come."""

        def waits() -> bool:
            return any(p.retry_at is not None and p.attempt.number == number for p in self._pending.values())

        with self._condition:
            return self._condition.wait_for(waits, timeout)

    def wait_sent(self, count: int, timeout: float = 30.0) -> bool:
        """Wait until *count* attempts have gone out since the start."""
        with self._condition:
            return self._condition.wait_for(lambda: self._sent_count >= count, timeout)

    def _begin(self, pending: _Pending) -> None:
        fault = self._faults.take(DELIVERY)
        attempt = pending.attempt
        pending.deadline = self._clock.now() + ACK_WITHIN
        pending.ignores_ack = isinstance(fault, LateAck)
        self._pending[attempt.envelope_id] = pending
        if isinstance(fault, Twice) and pending.done is None:
            second = _Pending(Attempt(_new_id(), attempt.kind, attempt.payload, attempt.number, attempt.reason))
            second.deadline = pending.deadline
            self._pending[second.attempt.envelope_id] = second
            self._send(second.attempt, None)
        self._send(attempt, fault)

    def _send(self, attempt: Attempt, fault: Fault | None) -> None:
        if isinstance(fault, Disconnect):
            self.transport.disconnect(fault.reason)
        cut_before = isinstance(fault, SocketReset) and not fault.sent
        if cut_before:
            self.transport.drop()
        if not isinstance(fault, Lost):
            if cut_before or not self.transport.send(attempt):
                self.failed(attempt.envelope_id, "connection_failed")
                return
            self._sent.append(attempt)
            self._sent_count += 1
        if isinstance(fault, SocketReset) and fault.sent:
            self.transport.drop()
        self._condition.notify_all()

    def _settle(self, pending: _Pending, reply: Reply) -> None:
        self._pending.pop(pending.attempt.envelope_id, None)
        if pending.done is not None:
            pending.done(reply)
        self._condition.notify_all()

    def _run(self) -> None:
        while True:
            self.tick()
            with self._condition:
                if self._stopping:
                    return
                times = [t for p in self._pending.values() for t in (p.deadline, p.retry_at) if t is not None]
                waits = [wait for wait in map(self._clock.seconds_until, times) if wait is not None]
                self._condition.wait(min(waits) if waits else None)


def _new_id() -> str:
    return str(uuid.uuid4())
