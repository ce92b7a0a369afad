"""How Slack is called: one client, no hidden retries, and every outcome named."""

from __future__ import annotations

import http.client
import socket
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

TIMEOUT_S = 10
METADATA_EVENT = "signpost_outbox"
NOWHERE_TO_LOOK = {"thread_not_found", "channel_not_found", "not_in_channel", "is_archived"}
_PERHAPS_TAKEN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}


@dataclass(frozen=True)
class Taken:
    """Slack has it. `ts` is the message's own, where the method gives one."""

    ts: str | None


@dataclass(frozen=True)
class TooMany:
    """Slack has not taken it, and says after how many seconds to try again."""

    seconds: float


@dataclass(frozen=True)
class NotReached:
    """Slack has certainly not taken it: no connection was made."""


@dataclass(frozen=True)
class Refused:
    """Slack will not take it, and trying again will not help."""

    error: str


@dataclass(frozen=True)
class Perhaps:
    """Nobody knows: the connection broke, timed out, or Slack failed inside."""


Outcome = Taken | TooMany | NotReached | Refused | Perhaps


def web_client(token: str | None, api_url: str) -> WebClient:
    """A client that never repeats a call by itself.

    The SDK's default repeats a post whose connection drops after Slack has taken it, and so says things twice.
    """
    return WebClient(token=token, base_url=api_url, timeout=TIMEOUT_S, retry_handlers=[])


def call(client: WebClient, method: str, payload: dict[str, Any]) -> Outcome:
    """Call *method* once and say how it ended. Never raises for anything the network or Slack may do."""
    try:
        response = client.api_call(method, json=payload)
    except SlackApiError as error:
        return _refusal(error)
    except URLError as error:
        refused = isinstance(error.reason, (ConnectionRefusedError, socket.gaierror))
        return NotReached() if refused else Perhaps()
    except (OSError, http.client.HTTPException, SlackClientError, ValueError):
        return Perhaps()
    return Taken(response.get("ts"))


def _refusal(error: SlackApiError) -> Outcome:
    response, code = error.response, refusal(error)
    if response.status_code == 429 or code in ("ratelimited", "rate_limited"):
        return TooMany(_retry_after(response.headers))
    if response.status_code >= 500 or not code or " " in code or code in _PERHAPS_TAKEN:
        return Perhaps()
    return Refused(code)


def refusal(error: SlackApiError) -> str:
    """Slack's own word for an error; empty where it gives none."""
    return str(error.response.get("error") or "") if isinstance(error.response.data, dict) else ""


def open_view(client: WebClient, trigger: str, view: dict[str, Any]) -> None:
    """Open a dialog; where nobody knows how that ended, once more at once: a trigger opens one dialog at most.

    Raises:
        SlackClientError: there is no dialog, or nobody knows.
    """
    payload = {"trigger_id": trigger, "view": view}
    outcome = call(client, "views.open", payload)
    if isinstance(outcome, Perhaps | NotReached):
        outcome = call(client, "views.open", payload)
        if outcome == Refused("exchanged_trigger_id"):
            return  # the first has opened it
    if not isinstance(outcome, Taken):
        raise SlackClientError(f"views.open: {outcome}")


def _retry_after(headers: dict[str, Any]) -> float:
    for name, value in headers.items():
        if name.lower() == "retry-after":
            first = value[0] if isinstance(value, list) else value
            return max(1.0, float(first)) if str(first).replace(".", "", 1).isdigit() else 1.0
    return 1.0


def find_by_key(client: WebClient, channel: str, thread_ts: str | None, key: str, oldest: float) -> str | None:
    """The `ts` of the message that carries *key* in its metadata; None if Slack has none.

    Raises whatever the network or Slack raise: then nobody knows, and the caller asks again later.
    """
    arguments: dict[str, Any] = {
        "channel": channel,
        "include_all_metadata": True,
        "limit": 200,
        "oldest": f"{oldest:.6f}",
    }
    method = "conversations.history"
    if thread_ts:
        method, arguments["ts"] = "conversations.replies", thread_ts
    while True:
        page = client.api_call(method, params=arguments)
        for message in page.get("messages") or []:
            metadata = message.get("metadata") or {}
            is_ours = metadata.get("event_type") == METADATA_EVENT
            if is_ours and (metadata.get("event_payload") or {}).get("key") == key:
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
        arguments["cursor"] = cursor
