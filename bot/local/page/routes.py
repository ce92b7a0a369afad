"""The page's doors: the page itself, what changes on it, the live line that tells of changes, and what people do."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.local.page import talk
from bot.local.page.deeds import Here, NotPossible, do
from bot.local.page.guard import Endpoint, guarded
from bot.local.page.scene import HOME, Scene, latest_ts, scene, url_of
from bot.messages import page as say
from bot.messages import slack as say_slack

_KINDS = {"style.css": "text/css", "page.js": "text/javascript", "sign.svg": "image/svg+xml"}
_MOST_BYTES = 100_000
_BEAT_S = 15.0


class Page:
    """The page of one workspace. `close` ends the live lines, so that the server can stop."""

    def __init__(self, here: Here) -> None:
        self._here = here
        self._closed = False
        self._lines: set[_Line] = set()
        self._lock = threading.Lock()
        self._seen: dict[str, dict[str, str]] = {}
        environment = Environment(
            loader=PackageLoader("bot.local.page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        environment.globals.update(say=say, avatar=talk.avatar, joined=talk.joined_html, url_of=url_of)
        environment.globals.update(command_hint=say_slack.COMMAND_HINT)
        self._shell = environment.get_template("page.html")
        self._parts = environment.get_template("parts.html").make_module()

    def routes(self) -> list[BaseRoute]:
        """What to mount in the workspace's server."""
        gets: dict[str, Endpoint] = {
            "/": self._page,
            "/page/scene": self._scene,
            "/page/live": self._live,
            "/page/static/{name}": self._static,
        }
        routes: list[BaseRoute] = [Route(path, guarded(door), methods=["GET"]) for path, door in gets.items()]
        return [*routes, Route("/page/do/{what}", guarded(self._do), methods=["POST"])]

    def close(self) -> None:
        """End the live lines; pages that are open try again by themselves."""
        with self._lock:
            self._closed = True
            lines = list(self._lines)
        for line in lines:
            line.wake()

    async def _page(self, request: Request) -> Response:
        asked = request.query_params
        viewer = self._viewer(asked.get("as", ""))
        if viewer is None:
            return HTMLResponse(say.gone(), status_code=404)
        seen = await run_in_threadpool(self._look, viewer, asked.get("at", ""), asked.get("thread", ""))
        if not asked.get("as") or not asked.get("at"):
            return RedirectResponse(url_of(viewer, seen.at), status_code=303)
        return HTMLResponse(self._shell.render(scene=seen))

    async def _scene(self, request: Request) -> Response:
        asked = request.query_params
        viewer = self._viewer(asked.get("as", ""))
        if viewer is None:
            return JSONResponse({"problem": say.gone()}, status_code=404)
        seen = await run_in_threadpool(self._look, viewer, asked.get("at", ""), asked.get("thread", ""))
        return JSONResponse(self._json(seen))

    async def _live(self, request: Request) -> Response:
        line = _Line(asyncio.get_running_loop())
        return StreamingResponse(self._changes(line), media_type="text/event-stream")

    async def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _KINDS:
            return Response(status_code=404)
        body = files("bot.local.page").joinpath("static", name).read_bytes()
        return Response(body, media_type=_KINDS[name])

    async def _do(self, request: Request) -> Response:
        try:
            asked = json.loads(await _body(request))
        except (ValueError, RecursionError):
            return JSONResponse({"problem": say.too_long()}, status_code=400)
        try:
            return JSONResponse(await run_in_threadpool(do, self._here, request.path_params["what"], asked))
        except NotPossible as fault:
            return JSONResponse({"problem": str(fault)}, status_code=409)

    def _viewer(self, asked: str) -> str | None:
        """Who is looking: whoever was asked for, else the first person there is."""
        people = [user.id for user in self._here.world.users() if not user.is_bot]
        return asked if asked in people else people[0] if people else None

    def _look(self, viewer: str, at: str, thread: str) -> Scene:
        world = self._here.world
        with self._lock:
            seen = dict(self._seen.get(viewer, {}))
        found = scene(world, viewer, at, thread, seen)
        if found.at != HOME:
            latest = latest_ts(world, found.at, viewer)
            with self._lock:
                self._seen.setdefault(viewer, {})[found.at] = latest
        return found

    def _json(self, seen: Scene) -> dict[str, Any]:
        parts: Any = self._parts
        dialog = {"key": seen.dialog.key, "html": str(parts.dialog(seen.dialog))} if seen.dialog else None
        return {
            "version": seen.version,
            "title": seen.title,
            "places": str(parts.places(seen)),
            "prompts": str(parts.prompts(seen)),
            "items": [_item(one) for one in seen.items],
            "thread": None if seen.thread is None else [_item(one) for one in seen.thread],
            "dialog": dialog,
        }

    async def _changes(self, line: _Line) -> AsyncIterator[str]:
        """Tell of every change, one number a line; now and then a beat, so that a line that is gone is noticed."""
        world = self._here.world
        stop = world.on_change(lambda version: line.wake())
        with self._lock:
            self._lines.add(line)
        try:
            told = -1
            while not self._closed:
                version = world.version
                yield f"data: {version}\n\n" if version != told else ": beat\n\n"
                told = version
                await line.wait(_BEAT_S)
        finally:
            stop()
            with self._lock:
                self._lines.discard(line)


class _Line:
    """One open page that waits for changes: woken from any thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._event = loop, asyncio.Event()

    def wake(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return
        self._event.clear()


def _item(one: talk.Item) -> dict[str, Any]:
    return {**asdict(one), "html": str(one.html)}


async def _body(request: Request) -> bytes:
    """A request's body, of no more than a hundred thousand bytes; ValueError beyond."""
    whole = b""
    async for piece in request.stream():
        whole += piece
        if len(whole) > _MOST_BYTES:
            raise ValueError("too long")
    return whole
