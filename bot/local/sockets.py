"""Socket Mode: tickets, `hello`, envelopes out, acknowledgements in, `disconnect`, and connections cut on purpose."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.local.delivery import Attempt
from bot.local.model import Install, Json
from bot.local.tickets import Tickets
from bot.local.wire import Wires

Acknowledged = Callable[[str, Json | None], object]


class _End(Enum):
    """How a connection ends: in good order, or cut."""

    CLOSE = "close"
    RESET = "reset"


@dataclass(eq=False)
class _Connection:
    """One open socket. `draining`: asked to come again; nothing more is sent on it."""

    client: tuple[str, int]
    loop: asyncio.AbstractEventLoop
    outgoing: asyncio.Queue[str | _End] = field(default_factory=asyncio.Queue)
    draining: bool = False

    def put(self, text: str | _End) -> None:
        """Send from any thread, or end the connection after what was put before."""
        self.loop.call_soon_threadsafe(self.outgoing.put_nowait, text)


class SocketHub:
    """All open sockets of the app. A transport for `Delivery`."""

    def __init__(self, install: Install, tickets: Tickets, wires: Wires) -> None:
        """*wires* are the connections underneath, to be cut or ended."""
        self._install, self._tickets, self._wires = install, tickets, wires
        self._closing = False
        self._expecting = False  # the app has been told to come again: what is sent waits for it
        self._condition = threading.Condition()
        self._connections: list[_Connection] = []
        self._waiting: list[str] = []
        self._turn = itertools.count()
        self._opened = 0
        self.acknowledged: Acknowledged = lambda envelope_id, payload: None

    def send(self, attempt: Attempt) -> bool:
        """Send an envelope over one of the sockets, in turn; False where none is open."""
        text = json.dumps(_envelope(attempt))
        with self._condition:
            ready = [one for one in self._connections if not one.draining]
            if ready:
                ready[next(self._turn) % len(ready)].put(text)
            elif self._expecting:
                self._waiting.append(text)
            return bool(ready) or self._expecting

    def drop(self) -> None:
        """Reset every socket once what was sent has gone out, as a network does: no close frame."""
        with self._condition:
            for one in self._connections:
                one.put(_End.RESET)
            self._connections.clear()

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to come again, as Slack does every few hours; after a mere `warning` it stays open."""
        text = json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})
        with self._condition:
            self._expecting = bool(self._connections)
            for one in self._connections:
                one.draining = True
                one.put(text)
                if reason != "warning":
                    one.put(_End.CLOSE)

    def close(self) -> None:
        """End every socket and let none in any more."""
        with self._condition:
            self._closing = True
            for one in self._connections:
                one.put(_End.CLOSE)

    @property
    def opened(self) -> int:
        """How many sockets have been opened since the start."""
        with self._condition:
            return self._opened

    def wait_connected(self, timeout: float = 30.0, opened: int = 1) -> bool:
        """Wait until a socket is open that is not about to close, and at least *opened* have been since the start."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self._opened >= opened and any(not one.draining for one in self._connections), timeout
            )

    def wait_gone(self, timeout: float = 30.0) -> bool:
        """Wait until no socket is open."""
        with self._condition:
            return self._condition.wait_for(lambda: not self._connections, timeout)

    async def endpoint(self, socket: WebSocket) -> None:
        """The web socket of one connection, from its ticket to its end."""
        known = self._tickets.admit(socket.query_params.get("ticket", ""))
        if not known or socket.client is None or self._closing:
            await socket.close(code=1008)
            return
        await socket.accept()
        connection = _Connection((socket.client.host, socket.client.port), asyncio.get_running_loop())
        pump = asyncio.create_task(self._pump(socket, connection))
        self._add(connection)
        try:
            async for text in socket.iter_text():
                self._received(text)
        except WebSocketDisconnect:
            pass
        finally:
            self._forget(connection)
            pump.cancel()
            with suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                await pump

    def _add(self, connection: _Connection) -> None:
        with self._condition:
            self._connections.append(connection)
            self._opened += 1
            hello: Json = {"type": "hello", "num_connections": len(self._connections)}
            hello |= {"connection_info": {"app_id": self._install.app_id}, "debug_info": {"host": "local"}}
            connection.outgoing.put_nowait(json.dumps(hello))
            for text in self._waiting:
                connection.outgoing.put_nowait(text)
            self._waiting.clear()
            self._expecting = False
            self._condition.notify_all()

    def _forget(self, connection: _Connection) -> None:
        with self._condition:
            if connection in self._connections:
                self._connections.remove(connection)
            self._condition.notify_all()

    async def _pump(self, socket: WebSocket, connection: _Connection) -> None:
        while isinstance(text := await connection.outgoing.get(), str):
            await socket.send_text(text)
        (self._wires.cut if text is _End.RESET else self._wires.end)(connection.client)

    def _received(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            return
        if isinstance(said, dict) and said.get("envelope_id"):
            payload = said.get("payload")
            self.acknowledged(str(said["envelope_id"]), payload if isinstance(payload, dict) else None)


def _envelope(attempt: Attempt) -> Json:
    found: Json = {"envelope_id": attempt.envelope_id, "type": attempt.kind, "payload": attempt.payload}
    found["accepts_response_payload"] = attempt.kind != "events_api"
    if attempt.kind == "events_api":
        found |= {"retry_attempt": attempt.number, "retry_reason": attempt.reason}
    return found
