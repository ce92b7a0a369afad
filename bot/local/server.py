"""The workspace as a server: on loopback, in a thread of its own, with the app's tokens and secrets made afresh."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Iterable

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, WebSocketRoute

from bot.local.api import Api, Called
from bot.local.clock import Clock
from bot.local.delivery import Delivery
from bot.local.errors import LocalError
from bot.local.faults import FaultPlan
from bot.local.model import Install
from bot.local.people import People
from bot.local.posting import HttpTransport
from bot.local.sockets import SocketHub
from bot.local.wire import Wires
from bot.local.world import World

HOST = "127.0.0.1"


class LocalWorkspace:
    """Slack on loopback. A context manager; `mount` before it starts.

    >>> with LocalWorkspace() as workspace:
    ...     workspace.api_url.startswith("http://127.0.0.1:")
    True
    """

    def __init__(self, port: int = 0, clock: Clock | None = None, install: Install | None = None) -> None:
        """Take a port (0: any free one); serve from `start` on.

        Raises:
            OSError: the port is taken.
        """
        self.clock = clock or Clock()
        self.install = install or new_install()
        self.faults = FaultPlan()
        self._bound = _bound(port)
        self._port: int = self._bound.getsockname()[1]
        self._wires = Wires()
        self.world = World(self.clock, self.install)
        self.sockets = SocketHub(self.install, self.world.tickets, self._wires)
        self.delivery = Delivery(self.clock, self.faults, self.install, self.sockets)
        self.sockets.acknowledged = self.delivery.acknowledged
        self.world.tell = self.delivery.event
        self.people = People(self.world, self.delivery, self.url)
        self._api = Api(self.world, self.faults, self.url, self._wires.cut)
        self._routes: list[BaseRoute] = [*self._api.routes, WebSocketRoute("/socket", self.sockets.endpoint)]
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._posting: list[HttpTransport] = []

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://{HOST}:{self._port}"

    @property
    def api_url(self) -> str:
        """`http://127.0.0.1:PORT/api/`."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token."""
        return self.install.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token, for Socket Mode."""
        return self.install.app_token

    @property
    def signing_secret(self) -> str:
        """What HTTP deliveries are signed with."""
        return self.install.signing_secret

    @property
    def bot_user_id(self) -> str:
        """The bot's user id."""
        return self.install.bot_user_id

    def mount(self, routes: Iterable[BaseRoute]) -> None:
        """Add routes of one's own (the page), before the start. `/api`, `/socket` and `/respond` are taken."""
        if self._server is not None:
            raise LocalError("mount before the start")
        self._routes.extend(routes)

    def start(self) -> None:
        """Serve; returns once it can be reached.

        Raises:
            LocalError: it is running, or has been: make another.
        """
        if self._server is not None:
            raise LocalError("a workspace starts once")
        config = uvicorn.Config(
            Starlette(routes=self._routes),
            loop="asyncio",
            http=self._wires.http(),
            ws=self._wires.web_socket(),
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=2,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._bound],), name="local-workspace", daemon=True
        )
        self._thread.start()
        if not self._server.ready.wait(timeout=30) or not self._server.started:
            raise LocalError("the local workspace did not start")
        self.delivery.start()

    def stop(self) -> None:
        """Stop serving and let go of the port. What is under way is given up."""
        self.delivery.stop()
        self.faults.end()
        self.sockets.close()
        self.sockets.wait_gone(timeout=5)
        for transport in self._posting:
            transport.close()
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(timeout=30)
        self._bound.close()

    def __enter__(self) -> LocalWorkspace:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait_connected(self, timeout: float = 30.0, opened: int = 1) -> bool:
        """Wait until an app has a socket open (and *opened* have been, since the start); False if none within that."""
        return self.sockets.wait_connected(timeout, opened)

    def deliver_to(self, request_url: str) -> None:
        """Deliver by signed HTTP to *request_url* from now on, instead of by the socket.

        Raises:
            LocalError: the app there does not answer Slack's challenge.
        """
        transport = HttpTransport(request_url, self.signing_secret, self.delivery.acknowledged, self.delivery.failed)
        self._posting.append(transport)
        transport.verify()
        self.delivery.transport = transport

    def calls(self, method: str | None = None) -> list[Called]:
        """What the app has called so far, in order (or only one method's calls), with the replies."""
        return self._api.calls(method)


def new_install() -> Install:
    """An installation with tokens and a signing secret that nobody else has."""
    return Install(
        bot_token=f"xoxb-local-{secrets.token_hex(16)}",
        app_token=f"xapp-local-{secrets.token_hex(16)}",
        signing_secret=secrets.token_hex(16),
    )


class _Server(uvicorn.Server):
    """Says when it can be reached."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()


def _bound(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen(128)  # from now on the port is ours, also before the start
    except OSError:
        found.close()
        raise
    return found
