"""The Web API over HTTP: tokens, scopes, the method, and whatever is made to go wrong on the way."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.local.arguments import Arguments, parse
from bot.local.chat import checked
from bot.local.errors import SlackError
from bot.local.faults import Fault, FaultPlan, Hang, Lag, RateLimited, Reset, ServerError
from bot.local.methods import Call, Method
from bot.local.model import Json, Message
from bot.local.surfaces import METHODS
from bot.local.tickets import Responding
from bot.local.world import World


@dataclass(frozen=True)
class Called:
    """One call of a method, for those who look at what an app does: its arguments and the reply (tokens left out)."""

    method: str
    arguments: Json
    reply: Json | None


class _Nothing(Response):
    """No reply at all, on a connection that is gone."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send nothing."""


class Api:
    """`/api/{method}` and `/respond/{secret}`."""

    def __init__(self, world: World, faults: FaultPlan, url: str, cut: Callable[[tuple[str, int]], None]):
        """*url* is where the workspace can be reached; *cut* resets the connection of a client's address."""
        self._world, self._faults, self._url, self._cut = world, faults, url, cut
        self._lock = threading.Lock()
        self._calls: list[Called] = []
        self._missed: dict[tuple[str, str], int | None] = {}
        self.routes = [
            Route("/api/{method}", self._called, methods=["GET", "POST"]),
            Route("/respond/{secret}", self._responded, methods=["POST"]),
        ]

    def calls(self, method: str | None = None) -> list[Called]:
        """What has been called so far, in order; or only one method's calls."""
        with self._lock:
            return [one for one in self._calls if method in (None, one.method)]

    async def _called(self, request: Request) -> Response:
        name = request.path_params["method"]
        body, kind = await request.body(), request.headers.get("content-type", "")
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        fault = self._faults.take(name) if name in METHODS else None

        def perform() -> Response | None:
            return self._perform(name, body, kind, dict(request.query_params), bearer, fault)

        response = await run_in_threadpool(perform)
        if response is not None:
            return response
        if request.client is not None:
            self._cut((request.client.host, request.client.port))
            while (await request.receive())["type"] != "http.disconnect":
                pass
        return _Nothing()

    def _perform(
        self, name: str, body: bytes, kind: str, query: dict[str, str], bearer: str, fault: Fault | None
    ) -> Response | None:
        """Do it, or what goes wrong instead; None to reset the connection."""
        if isinstance(fault, RateLimited):
            headers = {"Retry-After": str(fault.retry_after)}
            return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)
        spoiled = isinstance(fault, ServerError | Reset | Hang)
        reply = None
        if not spoiled or fault.commit:  # type: ignore[union-attr]  # each of the three has it
            lag = fault if isinstance(fault, Lag) else None
            reply = self._done(name, body, kind, query, bearer, lag)
        if isinstance(fault, Hang):
            self._faults.hold()
        if isinstance(fault, Reset):
            return None
        if isinstance(fault, ServerError):
            return PlainTextResponse("Server Error", fault.status)
        return JSONResponse(reply if reply is not None else {"ok": False, "error": "request_timeout"})

    def _done(self, name: str, body: bytes, kind: str, query: dict[str, str], bearer: str, lag: Lag | None) -> Json:
        values: Json = {}
        try:
            values = parse(body, kind, query)
            token = bearer or str(values.pop("token", "") or "")
            values.pop("token", None)
            method = METHODS.get(name)
            if method is None:
                raise SlackError("unknown_method", req_method=name)
            self._admit(method, token)
            call = Call(self._world, Arguments(values), self._url, lag, self._missed)
            call.require(*method.scopes)
            reply: Json = {"ok": True, **method.handler(call)}
        except SlackError as error:
            reply = error.reply
        with self._lock:
            self._calls.append(Called(name, values, reply))
            del self._calls[:-2_000]
        return reply

    def _admit(self, method: Method, token: str) -> None:
        install = self._world.install
        if method.token == "none":
            return
        if not token:
            raise SlackError("not_authed")
        if token not in (install.bot_token, install.app_token):
            raise SlackError("invalid_auth")
        if token != (install.app_token if method.token == "app" else install.bot_token):
            raise SlackError("not_allowed_token_type")

    async def _responded(self, request: Request) -> Response:
        body, secret = await request.body(), request.path_params["secret"]

        def perform() -> Response:
            try:
                respond(self._world, self._world.tickets.respond(secret), json.loads(body))
            except SlackError as error:
                gone = error.code in ("expired_url", "used_url")
                return PlainTextResponse(error.code, 404 if gone else 400)
            except ValueError:
                return PlainTextResponse("invalid_payload", 400)
            return PlainTextResponse("ok")

        return await run_in_threadpool(perform)


def respond(world: World, where: Responding, payload: Json) -> Message | None:
    """Do what a response URL or a command's acknowledgement asks: say something, or change the message it is about.

    Raises:
        SlackError: Slack would not take the text or the blocks.
    """
    about = world.message(where.channel, where.message_ts) if where.message_ts else None
    if payload.get("delete_original"):
        if about is not None:
            world.remove(about.channel, about.ts)
        return None
    text, blocks = str(payload.get("text") or ""), payload.get("blocks")
    checked(text, blocks)
    if payload.get("replace_original") and about is not None:
        return world.edit(about.channel, about.ts, text, blocks or [])
    return world.say(
        Message(
            channel=where.channel,
            ts="",
            user=world.install.bot_user_id,
            text=text,
            blocks=tuple(blocks or ()),
            thread_ts=str(payload.get("thread_ts") or "") or where.thread_ts,
            bot_id=world.install.bot_id,
            visible_to=None if payload.get("response_type") == "in_channel" else where.user,
        )
    )
