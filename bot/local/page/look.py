"""What drawing needs to know besides the block itself: names, people to choose from, and what a person chose so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.local.page.mrkdwn import Names

Json = dict[str, Any]


@dataclass(frozen=True)
class Look:
    """How one message or view is drawn.

    `place` begins every id in it, so that a message shown twice has no id twice. `people` are those that can be chosen:
    (id, name). `state` and `errors` are a view's: block id → action id → state, and block id → sentence.
    """

    names: Names = field(default_factory=Names)
    place: str = "p"
    people: tuple[tuple[str, str], ...] = ()
    state: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def chosen(self, block_id: str, element: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - text, option, list
        """What is chosen in an element so far: its state, else what it starts with. *name*: `date`, `option`, `users`.

        >>> Look(state={"b": {"a": {"selected_date": "2026-04-02"}}}).chosen("b", {"action_id": "a"}, "date")
        '2026-04-02'
        >>> Look().chosen("b", {"action_id": "a", "initial_date": "2026-04-03"}, "date")
        '2026-04-03'
        """
        state = self.state.get(block_id, {}).get(str(element.get("action_id")))
        if state is None:
            return element.get(f"initial_{name}")
        return state.get("value") if name == "value" else state.get(f"selected_{name}")
