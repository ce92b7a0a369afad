"""What a press of a button says: who, on which message, with what value; and what a dialog's fields hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.nudges.plan import LONDON
from bot.slack.asked import Asked


@dataclass(frozen=True)
class Press:
    """A button, picker or menu that somebody used. `channel` is empty on the Home tab."""

    user: str
    trigger: str
    channel: str
    message_ts: str
    thread: str
    ephemeral: bool
    action_id: str
    block_id: str
    value: str

    def asked(self, text: str) -> Asked:
        """The press as a question of its own, answered in the thread of its message."""
        return Asked(
            user=self.user,
            channel=self.channel,
            ts=f"{self.message_ts}:{self.trigger}"[-120:],
            thread=self.thread,
            text=text,
            private=self.ephemeral or self.channel.startswith("D"),
        )


def press(body: dict[str, Any]) -> Press:
    """Read the body of a block action."""
    action = body["actions"][0]
    container = body.get("container") or {}
    message = body.get("message") or {}
    ts = str(container.get("message_ts") or message.get("ts") or "")
    chosen = action.get("selected_option") or {}
    value = action.get("value") or action.get("selected_date") or chosen.get("value") or ""
    return Press(
        user=body["user"]["id"],
        trigger=str(body.get("trigger_id") or ""),
        channel=str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        message_ts=ts,
        thread=str(message.get("thread_ts") or container.get("thread_ts") or ts),
        ephemeral=bool(container.get("is_ephemeral")),
        action_id=str(action.get("action_id") or ""),
        block_id=str(action.get("block_id") or ""),
        value=str(value),
    )


class Fields:
    """The fields of a dialog that was sent in: each by its block id, all elements are called ``value``."""

    def __init__(self, view: dict[str, Any]) -> None:
        self._values: dict[str, Any] = (view.get("state") or {}).get("values") or {}

    def _element(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = next(iter(self._values.get(name, {}).values()), {})
        return found

    def text(self, name: str) -> str | None:
        """A text, a chosen option or a chosen person; None if empty."""
        element = self._element(name)
        option = element.get("selected_option") or {}
        found = element.get("value") or option.get("value") or element.get("selected_user")
        return str(found) if found else None

    def day(self, name: str) -> date | None:
        """A picked day."""
        element = self._element(name)
        picked = element.get("selected_date")
        return date.fromisoformat(picked) if picked else None

    def moment(self, day: date | None, name: str) -> datetime | None:
        """A picked hour on *day*, Europe/London; None where either is empty."""
        element = self._element(name)
        picked = element.get("selected_time")
        return datetime.combine(day, time.fromisoformat(picked), tzinfo=LONDON) if day and picked else None
