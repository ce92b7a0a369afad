"""What an event says: who asked what, where; and whether the bot was asked at all."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import Any

from bot.slack.personal import scrub

_ANSWERED_SUBTYPES = {None, "file_share", "thread_broadcast", "me_message"}
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:https?://|mailto:|tel:)[^>|]*\|([^>]*)>")
_SOUNDS_ASKED = re.compile(
    r"\?|^\W*(?:when|what|who|whom|how|where|why|which|whose|can|could|does|do|did|is|are|was|should|must|may|and|so"
    r"|then|show|find|due|compare|next|by when)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """One message to the bot. `text` is free of personal details; `personal` names the kinds that were taken out.

    `private`: a direct message. `thread` is where the reply goes.
    """

    user: str
    channel: str
    ts: str
    thread: str
    text: str
    private: bool
    personal: tuple[str, ...] = ()
    event_id: str | None = None

    @property
    def key(self) -> str:
        """Key of the one reply to this message, whichever event brought it."""
        return f"reply:{self.channel}:{self.ts}"


def asked(body: dict[str, Any]) -> Asked | None:
    """Read an event's body; None where it is no message of a person (a bot's, an edit, a joining)."""
    event = body.get("event") or {}
    if event.get("type") not in ("message", "app_mention") or event.get("subtype") not in _ANSWERED_SUBTYPES:
        return None
    if event.get("bot_id") or not event.get("user"):
        return None
    found = scrub(plain_words(str(event.get("text") or "")))
    return Asked(
        user=event["user"],
        channel=event["channel"],
        ts=event["ts"],
        thread=event.get("thread_ts") or event["ts"],
        text=found.text,
        private=event.get("channel_type") == "im" or str(event["channel"]).startswith("D"),
        personal=tuple(body.get("signpost_personal") or found.found),
        event_id=body.get("event_id"),
    )


def plain_words(text: str) -> str:
    """A message's words without Slack's mark-up: mentions gone, links as they read, entities undone.

    >>> plain_words("<@U1> when&#39;s the <http://x|core group> due &lt;soon&gt;?")
    "when's the core group due <soon>?"
    """
    text = _LINK.sub(r"\1", _MENTION.sub(" ", text))
    return " ".join(html.unescape(text).split())


def scrubbed_body(body: dict[str, Any]) -> dict[str, Any]:
    """The little of an event that is written down until it is answered: no personal details, nothing not needed."""
    event = body["event"]
    found = scrub(str(event.get("text") or ""))
    names = ("type", "subtype", "user", "channel", "channel_type", "ts", "thread_ts")
    kept = {name: event[name] for name in names if event.get(name) is not None}
    whole = {
        name: body[name] for name in ("type", "event_id", "team_id", "api_app_id", "authorizations") if name in body
    }
    return whole | {"event": kept | {"text": found.text}, "signpost_personal": list(found.found)}


def mentions(body: dict[str, Any]) -> list[str]:
    """Ids of the people mentioned in an event's text."""
    return _MENTION.findall(str((body.get("event") or {}).get("text") or ""))


def sounds_asked(text: str) -> bool:
    """Whether words in a thread sound like a question: colleagues talk to each other there, too.

    >>> sounds_asked("and the next one?"), sounds_asked("thanks, I'll ring her")
    (True, False)
    """
    return bool(_SOUNDS_ASKED.search(text))


def without(asked: Asked, words: str) -> Asked:
    """The same message without *words*, such as a case reference that would only disturb the search."""
    pattern = re.compile(rf"(?:\b(?:for|on|of|in|case|about)\s+)*{re.escape(words)}(?:'s\b)?", re.IGNORECASE)
    return replace(asked, text=" ".join(pattern.sub(" ", asked.text).split()))
