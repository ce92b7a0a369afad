"""Signed HTTP: what is posted can be trusted, and what is refused is posted again."""

from __future__ import annotations

import json
import threading
import time

import pytest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.local.clock import ManualClock
from bot.local.errors import LocalError
from bot.local.posting import signature
from bot.local.server import LocalWorkspace
from tests.local.conftest import TEAM, WREN
from tests.local.tiny import served


def test_deliveries_are_signed_as_slack_signs(workspace: LocalWorkspace) -> None:
    """Nobody but Slack can tell the bot that a visit was made."""
    got: list[tuple[dict[str, str], str]] = []
    arrived = threading.Event()

    async def endpoint(request: Request) -> Response:
        body = (await request.body()).decode()
        got.append((dict(request.headers), body))
        found = json.loads(body) if body.startswith("{") else {}
        if found.get("type") == "url_verification":
            return JSONResponse({"challenge": found["challenge"]})
        arrived.set()
        return Response("heard", media_type="text/plain")

    with served(Starlette(routes=[Route("/events", endpoint, methods=["POST"])])) as url:
        workspace.deliver_to(f"{url}/events")
        workspace.people.post(WREN, TEAM, "hello")
        assert arrived.wait(30)
        done = workspace.people.command(WREN, TEAM, "due a review")
        assert workspace.delivery.wait_settled()
    verifier = SignatureVerifier(workspace.signing_secret)
    assert len(got) == 3
    for headers, body in got:
        assert verifier.is_valid_request(body, headers)
        assert abs(int(headers["x-slack-request-timestamp"]) - time.time()) < 60
        assert not SignatureVerifier("another secret").is_valid_request(body, headers)
    assert got[1][0]["content-type"] == "application/json"
    assert got[2][0]["content-type"] == "application/x-www-form-urlencoded"
    assert "text=due+a+review" in got[2][1]
    assert done.message is not None
    assert done.message.text == "heard"
    assert signature("s", "1", "x") != signature("s", "2", "x")


def test_a_refusal_over_http_comes_again_unless_it_says_not_to(workspace: LocalWorkspace, clock: ManualClock) -> None:
    """`x-slack-no-retry` stops the repeating; anything else is repeated."""
    seen: list[str | None] = []

    async def endpoint(request: Request) -> Response:
        body = json.loads(await request.body())
        if body.get("type") == "url_verification":
            return JSONResponse({"challenge": body["challenge"]})
        seen.append(request.headers.get("x-slack-retry-num"))
        stop = body["event"]["text"] == "stop"
        return Response(status_code=500, headers={"X-Slack-No-Retry": "1"} if stop else {})

    with served(Starlette(routes=[Route("/events", endpoint, methods=["POST"])])) as url:
        workspace.deliver_to(f"{url}/events")
        workspace.people.post(WREN, TEAM, "stop")
        assert workspace.delivery.wait_settled()
        assert seen == [None]
        workspace.people.post(WREN, TEAM, "go on")
        for number, minutes in ((2, 1), (3, 5)):
            assert workspace.delivery.wait_repetition(number)
            clock.advance(minutes=minutes)
        assert workspace.delivery.wait_settled()
    assert seen == [None, None, "1", "2", "3"]
    assert workspace.delivery.given_up == 2


def test_a_request_url_that_is_not_there_is_not_taken(workspace: LocalWorkspace) -> None:
    """A wrong address is found when it is entered, as in Slack's settings."""
    with pytest.raises(LocalError, match="cannot be reached"):
        workspace.deliver_to("http://127.0.0.1:9/slack/events")
    with served(Starlette()) as url, pytest.raises(LocalError, match="challenge"):
        workspace.deliver_to(f"{url}/slack/events")
