"""Signed HTTP: deliveries are posted to the app's request URL, as Slack does where Socket Mode is off."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from bot.local.delivery import Attempt
from bot.local.errors import LocalError
from bot.local.model import Json

_TIMEOUT_S = 30.0  # real seconds; that three are too long is decided by the workspace's clock
_THREADS = 8


@dataclass(frozen=True)
class _Response:
    status: int
    type: str
    body: str
    no_retry: bool


class HttpTransport:
    """Posts to one URL, a few at a time. A transport for `Delivery`.

    *wall* gives the seconds that the signature carries: real time, because whoever checks it uses real time.
    """

    def __init__(
        self,
        url: str,
        secret: str,
        acknowledged: Callable[[str, Json | None], object],
        failed: Callable[[str, str, bool], None],
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._url, self._secret, self._wall = urlsplit(url), secret, wall
        self._acknowledged, self._failed = acknowledged, failed
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="local-post")
        self._lock = threading.Lock()
        self._open = True

    def verify(self) -> None:
        """Ask the app whether it is there, as Slack does when a request URL is entered.

        Raises:
            LocalError: it does not answer with the challenge.
        """
        challenge = hashlib.sha256(str(self._wall()).encode()).hexdigest()
        body = json.dumps({"type": "url_verification", "challenge": challenge, "token": ""})
        try:
            response = self._post(body, "application/json", {})
        except (OSError, http.client.HTTPException) as error:
            raise LocalError(f"the request URL cannot be reached: {error}") from error
        if response.status != 200 or challenge not in response.body:
            raise LocalError(f"the request URL did not answer the challenge (status {response.status})")

    def send(self, attempt: Attempt) -> bool:
        """Post in the background."""
        with self._lock:
            if self._open:
                self._pool.submit(self._deliver, attempt)
            return self._open

    def drop(self) -> None:
        """Nothing stays open between two posts, so that nothing can be cut."""

    def disconnect(self, reason: str) -> None:
        """No socket, no `disconnect`."""

    def close(self) -> None:
        """Post nothing more."""
        with self._lock:
            self._open = False
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _deliver(self, attempt: Attempt) -> None:
        headers = {}
        if attempt.number:
            headers = {"X-Slack-Retry-Num": str(attempt.number), "X-Slack-Retry-Reason": attempt.reason}
        try:
            response = self._post(*_encoded(attempt), headers)
        except (OSError, http.client.HTTPException) as error:
            reason = "http_timeout" if isinstance(error, TimeoutError) else "connection_failed"
            self._failed(attempt.envelope_id, reason, True)
            return
        if 200 <= response.status < 300:
            self._acknowledged(attempt.envelope_id, _payload(response))
        else:
            self._failed(attempt.envelope_id, "http_error", not response.no_retry)

    def _post(self, body: str, kind: str, headers: dict[str, str]) -> _Response:
        stamp = str(int(self._wall()))
        signed = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(self._secret, stamp, body)}
        connection = http.client.HTTPConnection(self._url.hostname or "", self._url.port, timeout=_TIMEOUT_S)
        try:
            path = self._url.path or "/"
            connection.request("POST", path, body.encode(), {"Content-Type": kind, **signed, **headers})
            found = connection.getresponse()
            no_retry = found.headers.get("X-Slack-No-Retry") == "1"
            return _Response(found.status, found.headers.get_content_type(), found.read().decode(), no_retry)
        finally:
            connection.close()


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's signature, version 0, of a request body.

    >>> signature("secret", "1531420618", "token=x").startswith("v0=")
    True
    """
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def _encoded(attempt: Attempt) -> tuple[str, str]:
    if attempt.kind == "events_api":
        return json.dumps(attempt.payload), "application/json"
    form = attempt.payload if attempt.kind == "slash_commands" else {"payload": json.dumps(attempt.payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _payload(response: _Response) -> Json | None:
    if not response.body.strip():
        return None
    if response.type == "application/json":
        found = json.loads(response.body)
        return found if isinstance(found, dict) else None
    return {"text": response.body}
