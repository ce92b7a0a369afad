"""Who may ask: only this page, on this computer. Another web page in the same browser may not post into it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.messages import page as say

Endpoint = Callable[[Request], Awaitable[Response]]
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def guarded(endpoint: Endpoint) -> Endpoint:
    """An endpoint that refuses what did not come from the page itself, and whose answers carry the page's headers."""

    async def checked(request: Request) -> Response:
        if not allowed(request.method, dict(request.headers)):
            response: Response = JSONResponse({"problem": say.refused()}, status_code=403)
        else:
            response = await endpoint(request)
        response.headers.update(HEADERS)
        return response

    return checked


def allowed(method: str, headers: dict[str, str]) -> bool:
    """Whether a request may be served. *headers* have lower-case names.

    The Host must be loopback (a name that was made to point here is refused). What changes something must be JSON, sent
    by a page of the same origin: browsers put the sender's Origin on every POST.

    >>> allowed("GET", {"host": "127.0.0.1:8765"}), allowed("GET", {"host": "evil.example:8765"})
    (True, False)
    >>> post = {"host": "127.0.0.1:8765", "content-type": "application/json"}
    >>> allowed("POST", post), allowed("POST", post | {"origin": "http://127.0.0.1:8765"})
    (False, True)
    """
    host = headers.get("host", "")
    if not is_loopback(host):
        return False
    if method in ("GET", "HEAD"):
        return True
    same = headers.get("origin") == f"http://{host}" and headers.get("sec-fetch-site", "same-origin") == "same-origin"
    return same and headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def is_loopback(host: str) -> bool:
    """Whether a Host header names this computer.

    >>> [is_loopback(host) for host in ("localhost:1", "[::1]:1", "127.0.0.1", "127.0.0.1.evil.example", "a@localhost")]
    [True, True, True, False, False]
    """
    try:
        parts = urlsplit(f"//{host}")
        return parts.hostname in LOOPBACK and parts.username is None and parts.port != 0
    except ValueError:
        return False
