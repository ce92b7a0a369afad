"""Dialogs and Home tabs: opened, stacked, updated, published, closed; what is chosen in them so far."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.local.changes import Changes
from bot.local.elements import initial_states, with_ids
from bot.local.errors import SlackError
from bot.local.model import Json, View, ViewKind
from bot.slack.limits import LIMITS, view_problems

_MOST_STACKED = LIMITS["view.stack"].most


class ViewBook:
    """All open dialogs, a stack a person, and everybody's Home tab."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def open(self, user: str, payload: Json) -> View:
        """Open a dialog; any other of the person's goes.

        Raises:
            SlackError: `invalid_arguments` with what is wrong, or `duplicate_external_id`.
        """
        with self._changes.change():
            self._unused(payload)
            view = _made(user, "modal", payload)
            self._stacks[user] = [view]
            return view

    def push(self, user: str, payload: Json) -> View:
        """Put a dialog on top of the one that is open.

        Raises:
            SlackError: as for `open`; `push_limit_reached` beyond three; `not_found` where none is open.
        """
        with self._changes.change():
            stack = self._stacks.get(user) or []
            if not stack:
                raise SlackError("not_found")
            if len(stack) >= _MOST_STACKED:
                raise SlackError("push_limit_reached")
            self._unused(payload)
            view = replace(_made(user, "modal", payload), root_id=stack[0].id, previous_id=stack[-1].id)
            stack.append(view)
            return view

    def update(
        self, payload: Json, view_id: str | None, external_id: str | None = None, hash: str | None = None
    ) -> View:
        """Replace what a view shows; what was chosen in fields that stay, stays.

        Raises:
            SlackError: `not_found`, `hash_conflict`, or `invalid_arguments`.
        """
        with self._changes.change():
            old = self._find(view_id, external_id)
            if hash is not None and hash != old.hash:
                raise SlackError("hash_conflict")
            new = _made(old.user, old.kind, payload)
            state = {
                block: {action: old.state.get(block, {}).get(action, value) for action, value in actions.items()}
                for block, actions in new.state.items()
            }
            view = replace(new, id=old.id, root_id=old.root_id, previous_id=old.previous_id, state=state)
            self._put(view)
            return view

    def publish(self, user: str, payload: Json, hash: str | None = None) -> View:
        """Show a Home tab.

        Raises:
            SlackError: `hash_conflict` or `invalid_arguments`.
        """
        with self._changes.change():
            old = self._homes.get(user)
            if hash is not None and old is not None and hash != old.hash:
                raise SlackError("hash_conflict")
            view = _made(user, "home", payload)
            self._homes[user] = replace(view, id=old.id, root_id=old.id) if old else view
            return self._homes[user]

    def choose(self, view: View, block_id: str, action_id: str, state: Json) -> View:
        """Note what somebody has chosen in a field."""
        with self._changes.change():
            old = self._find(view.id, None)
            block = {**old.state.get(block_id, {}), action_id: state}
            new = replace(old, state={**old.state, block_id: block})
            self._put(new)
            return new

    def mark(self, view: View, errors: Mapping[str, str]) -> None:
        """Show a sentence under each field that is wrong."""
        with self._changes.change():
            self._put(replace(self._find(view.id, None), errors=dict(errors)))

    def close(self, view: View, everything: bool = False) -> None:
        """Close a dialog: the one below comes back, unless *everything* goes."""
        with self._changes.change():
            stack = self._stacks.get(view.user) or []
            below = (
                [] if everything else stack[: next((n for n, it in enumerate(stack) if it.id == view.id), len(stack))]
            )
            self._stacks[view.user] = below

    def top(self, user: str) -> View | None:
        """The dialog a person sees."""
        with self._changes.read():
            stack = self._stacks.get(user)
            return stack[-1] if stack else None

    def home(self, user: str) -> View | None:
        """A person's Home tab."""
        with self._changes.read():
            return self._homes.get(user)

    def current(self, view: View) -> View:
        """The view as it stands now.

        Raises:
            SlackError: `not_found`: it has been closed.
        """
        with self._changes.read():
            return self._find(view.id, None)

    def _every(self) -> list[View]:
        return [*(view for stack in self._stacks.values() for view in stack), *self._homes.values()]

    def _find(self, view_id: str | None, external_id: str | None) -> View:
        for view in self._every():
            if view.id == view_id or (external_id and view.payload.get("external_id") == external_id):
                return view
        raise SlackError("not_found")

    def _put(self, view: View) -> None:
        if view.kind == "home":
            self._homes[view.user] = view
        else:
            self._stacks[view.user] = [view if it.id == view.id else it for it in self._stacks.get(view.user, [])]

    def _unused(self, payload: Json) -> None:
        external = payload.get("external_id")
        if external and any(view.payload.get("external_id") == external for view in self._every()):
            raise SlackError("duplicate_external_id")


def _made(user: str, kind: ViewKind, payload: Json) -> View:
    found = view_problems(payload) if isinstance(payload, dict) else ["view is not an object"]
    if not found and payload["type"] != kind:
        found = [f"view.type is {payload['type']}; Slack takes {kind} there"]
    if found:
        raise SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {line}" for line in found]})
    filled: dict[str, Any] = {**payload, "blocks": with_ids(payload["blocks"])}
    id = f"V{secrets.token_hex(5).upper()}"
    hash = f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
    return View(id, kind, user, filled, hash, root_id=id, state=initial_states(filled["blocks"]))
