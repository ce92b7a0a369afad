"""A small real Bolt app, over Socket Mode or over signed HTTP, that writes down what it is given."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.local.server import LocalWorkspace

Body = dict[str, Any]
ANY = re.compile(".*")


class Tiny:
    """The app: `got` holds every body, `retries` every repetition's (number, reason), both in order of arrival."""

    def __init__(self, workspace: LocalWorkspace) -> None:
        self.workspace = workspace
        self.client = WebClient(workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        self.app = App(client=self.client, signing_secret=workspace.signing_secret)
        self.changed = threading.Condition()
        self.got: list[Body] = []
        self.retries: list[tuple[str, str]] = []
        self.refuse = 0
        self.answer: Callable[[Ack, Body], object] = lambda ack, body: ack()
        self.app.middleware(self._note)
        for event in ("message", "app_mention", "app_home_opened"):
            self.app.event(event)(lambda: None)
        self.app.command("/signpost")(self._asked)
        self.app.action({"type": "block_actions", "action_id": ANY})(self._asked)
        self.app.view({"type": "view_submission", "callback_id": ANY})(self._asked)
        self.app.view({"type": "view_closed", "callback_id": ANY})(self._asked)

    def events(self, kind: str) -> list[Body]:
        """The events of one type, as they came."""
        with self.changed:
            return [body["event"] for body in self.got if body.get("event", {}).get("type") == kind]

    def wait(self, count: int) -> list[Body]:
        """Everything so far, once there are *count*."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.got) >= count, 30), f"only {len(self.got)} came"
            return list(self.got)

    def _asked(self, ack: Ack, body: Body) -> None:
        self.answer(ack, body)

    def _note(self, body: Body, request: BoltRequest, next: Callable[[], BoltResponse]) -> BoltResponse | None:
        with self.changed:
            self.got.append(body)
            if "x-slack-retry-num" in request.headers and request.headers["x-slack-retry-num"][0] != "0":
                reason = request.headers.get("x-slack-retry-reason", [""])[0]
                self.retries.append((request.headers["x-slack-retry-num"][0], reason))
            refused = self.refuse > 0
            self.refuse -= 1 if refused else 0
            self.changed.notify_all()
        return BoltResponse(status=503, body="") if refused else next()


@contextmanager
def over_socket(tiny: Tiny, ping_interval: float = 10) -> Iterator[Tiny]:
    """Connect over Socket Mode; the client looks after its connection every *ping_interval* seconds."""
    handler = SocketModeHandler(tiny.app, tiny.workspace.app_token, web_client=tiny.client, ping_interval=ping_interval)
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        assert tiny.workspace.wait_connected()
        yield tiny
    finally:
        handler.client.auto_reconnect_enabled = False
        noticed = threading.Event()
        handler.client.on_close_listeners.append(lambda session: noticed.set())
        tiny.workspace.sockets.drop()  # the client notices its own closing only after ten seconds
        noticed.wait(30)
        handler.client.closed = True
        handler.client.enqueue_message("")  # wakes the thread that waits for messages
        handler.close()  # type: ignore[no-untyped-call]


@contextmanager
def over_http(tiny: Tiny) -> Iterator[Tiny]:
    """Serve a request URL on loopback, and have the workspace deliver to it."""
    handler = SlackRequestHandler(tiny.app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    with served(Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])) as url:
        tiny.workspace.deliver_to(f"{url}/slack/events")
        yield tiny


@contextmanager
def served(app: Any) -> Iterator[str]:  # noqa: ANN401 - any ASGI app
    """An ASGI app on a free port of loopback; gives its address."""
    plug = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    plug.bind(("127.0.0.1", 0))
    plug.listen(32)  # calls wait in the queue until the server takes them
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, ws="none", loop="asyncio"))
    thread = threading.Thread(target=server.run, args=([plug],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{plug.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        plug.close()
