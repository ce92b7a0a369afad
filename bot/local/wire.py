"""uvicorn's protocols, with one thing added: a connection can be reset by the address of its client."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

Address = tuple[str, int]


class Wires:
    """The open connections of one server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[Address, tuple[asyncio.Transport, asyncio.AbstractEventLoop]] = {}

    def http(self) -> type[H11Protocol]:
        """uvicorn's HTTP protocol, whose connections are known here."""
        wires = self

        class Known(H11Protocol):
            def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - asyncio's own signature varies
                super().connection_made(transport)
                wires.opened(transport, self.loop)

            def connection_lost(self, exc: Exception | None) -> None:
                super().connection_lost(exc)
                wires.closed(self.transport)

        return Known

    def web_socket(self) -> type[WebSocketsSansIOProtocol]:
        """The same for web sockets: without deflating, and without deprecated parts of `websockets`."""
        wires = self

        class Known(WebSocketsSansIOProtocol):
            def connection_lost(self, exc: Exception | None) -> None:
                super().connection_lost(exc)
                wires.closed(self.transport)

        return Known

    def opened(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        """Note a connection."""
        with self._lock:
            self._open[_peer(transport)] = (transport, loop)

    def closed(self, transport: asyncio.Transport) -> None:
        """Forget a connection."""
        with self._lock:
            self._open = {address: wire for address, wire in self._open.items() if wire[0] is not transport}

    def cut(self, client: Address) -> None:
        """Reset the connection of *client*: it sees RST, not an orderly end. Any thread."""
        self._end(client, _reset)

    def end(self, client: Address) -> None:
        """End the connection of *client* once everything is written: it sees the end of the stream. Any thread."""
        self._end(client, lambda transport: transport.close())

    def _end(self, client: Address, how: Callable[[asyncio.Transport], None]) -> None:
        with self._lock:
            wire = self._open.get(client)
        if wire is not None:
            transport, loop = wire
            loop.call_soon_threadsafe(how, transport)


def _peer(transport: asyncio.Transport) -> Address:
    host, port = transport.get_extra_info("peername")[:2]
    return str(host), int(port)


def _reset(transport: asyncio.Transport) -> None:
    if transport.is_closing():
        return
    plug = transport.get_extra_info("socket")
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
