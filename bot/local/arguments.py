"""A method's arguments, however they came: JSON, a form, or the query; structured ones perhaps as JSON in a string."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from bot.local.errors import SlackError
from bot.local.model import Json

_TRUE = {"1", "true", "True", True}


class Arguments:
    """The arguments of one call.

    >>> found = Arguments({"channel": "C1", "limit": "20", "blocks": '[{"type": "divider"}]'})
    >>> found.text("channel"), found.number("limit", 100), found.blocks()
    ('C1', 20, [{'type': 'divider'}])
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        """The values as they came."""
        self._values = values

    def need(self, name: str) -> str:
        """A text that must be there.

        Raises:
            SlackError: `invalid_arguments`, naming it.
        """
        found = self.text(name)
        if not found:
            raise _invalid(f"missing required field: {name}")
        return found

    def text(self, name: str) -> str | None:
        """A text, or None where it is not given."""
        found = self._values.get(name)
        return None if found is None else str(found)

    def flag(self, name: str) -> bool:
        """Whether something is asked for."""
        found = self._values.get(name)
        return found in _TRUE if isinstance(found, str | int | bool) else False

    def number(self, name: str, otherwise: int) -> int:
        """A whole number.

        Raises:
            SlackError: `invalid_arguments`.
        """
        found = self._values.get(name)
        if found in (None, ""):
            return otherwise
        try:
            return int(str(found))
        except ValueError:
            raise _invalid(f"{name} must be a whole number") from None

    def object(self, name: str) -> Json | None:
        """A structured argument, or None where it is not given.

        Raises:
            SlackError: `invalid_arguments`.
        """
        found = self._read(name)
        if found is None or isinstance(found, dict):
            return found
        raise _invalid(f"{name} must be an object")

    def items(self, name: str) -> list[Any] | None:
        """A list, or None where it is not given.

        Raises:
            SlackError: `invalid_arguments`.
        """
        found = self._read(name)
        if found is None or isinstance(found, list):
            return found
        raise _invalid(f"{name} must be a list")

    def blocks(self) -> list[Any] | None:
        """The blocks, unchecked; None where they are not given.

        Raises:
            SlackError: `invalid_blocks_format`.
        """
        try:
            return self.items("blocks")
        except SlackError:
            raise SlackError("invalid_blocks_format") from None

    def _read(self, name: str) -> Any:  # noqa: ANN401 - JSON
        found = self._values.get(name)
        if not isinstance(found, str):
            return found
        if not found:
            return None
        try:
            return json.loads(found)
        except ValueError:
            raise _invalid(f"{name} is not JSON") from None


def parse(body: bytes, content_type: str, query: Mapping[str, str]) -> dict[str, Any]:
    """The values of a request.

    Raises:
        SlackError: `invalid_json` or `json_not_object`.
    """
    if content_type.startswith("application/json"):
        try:
            found = json.loads(body or b"{}")
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(found, dict):
            raise SlackError("json_not_object")
        return {**query, **found}
    return {**query, **dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))}


def _invalid(why: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {why}"]})
