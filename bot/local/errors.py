"""How the workspace refuses: with Slack's own error codes."""

from __future__ import annotations

from typing import Any


class LocalError(Exception):
    """Anything the local workspace will not do."""


class SlackError(LocalError):
    """A refusal by its code in Slack (`channel_not_found`), and what else stands in the reply."""

    def __init__(self, code: str, **extra: Any) -> None:  # noqa: ANN401 - the rest of a reply
        super().__init__(code)
        self.code = code
        self.extra = extra

    @property
    def reply(self) -> dict[str, Any]:
        """The reply's body."""
        return {"ok": False, "error": self.code, **self.extra}


def invalid_blocks(found: list[str]) -> SlackError:
    """The refusal of blocks; *found* are the sentences of `bot.slack.limits.problems`."""
    if any("characters of text in all" in line for line in found):
        return SlackError("msg_blocks_too_long", response_metadata={"messages": found})
    return SlackError("invalid_blocks", errors=found, response_metadata={"messages": [f"[ERROR] {it}" for it in found]})
