"""Dialogs from a person's side: what Slack's client checks, sends in, and does with the answer."""

from __future__ import annotations

from collections.abc import Mapping

from bot.local import events
from bot.local.delivery import Delivery
from bot.local.elements import completed, elements_of, is_empty
from bot.local.errors import SlackError
from bot.local.model import Ack, Json, View
from bot.local.world import World
from bot.messages import workspace as say


class Dialogs:
    """Sending in and closing."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world, self._delivery = world, delivery

    def theirs(self, user: str, view: View) -> View:
        """The view as it stands now. ValueError if it is closed or somebody else's."""
        try:
            current = self._world.views.current(view)
        except SlackError as error:
            raise ValueError("that view is closed") from error
        if current.user != user:
            raise ValueError(f"that view is not {user}'s")
        return current

    def submit(self, user: str, view: View, values: Mapping[str, Json]) -> Ack:
        """Send a dialog in; see `People.submit`."""
        current = self._filled(self.theirs(user, view), values)
        if current.kind != "modal" or "submit" not in current.payload:
            raise ValueError("that view cannot be sent in")
        wrong = _wrong(current)
        if wrong:
            self._world.views.mark(current, wrong)
            return Ack(errors=wrong)
        self._world.views.mark(current, {})
        install = self._world.install
        body = events.interaction("view_submission", self._world.user(user), install, self._world.tickets.trigger(user))
        body |= {"view": events.view_json(current, install), "response_urls": []}
        reply = self._delivery.ask("interactive", body)
        if reply.error:
            return Ack(error=reply.error)
        try:
            return self._answered(current, reply.payload)
        except SlackError as error:
            return Ack(reply.payload, error=error.code)

    def close(self, user: str, view: View) -> None:
        """Close a dialog; see `People.close`."""
        current = self.theirs(user, view)
        everything = bool(current.payload.get("clear_on_close"))
        self._world.views.close(current, everything)
        if current.payload.get("notify_on_close"):
            body = events.interaction("view_closed", self._world.user(user), self._world.install, None)
            shown = {"view": events.view_json(current, self._world.install), "is_cleared": everything}
            self._delivery.ask("interactive", body | shown)

    def _filled(self, view: View, values: Mapping[str, Json]) -> View:
        for block_id, state in values.items():
            block = next((one for one in view.blocks if one["block_id"] == block_id), None)
            element = next(iter(elements_of(block)), None) if block else None
            if element is None:
                raise ValueError(f"no field {block_id!r}; there are {[one['block_id'] for one in view.blocks]}")
            view = self._world.views.choose(view, block_id, element["action_id"], completed(element, state))
        return view

    def _answered(self, view: View, payload: Json) -> Ack:
        views = self._world.views
        match payload.get("response_action"):
            case None:
                views.close(view)
            case "clear":
                views.close(view, everything=True)
            case "update":
                views.update(payload.get("view") or {}, view.id)
            case "push":
                views.push(view.user, payload.get("view") or {})
            case "errors":
                return self._refused(view, payload)
            case other:
                raise SlackError(f"invalid response_action {other!r}")
        return Ack(payload)

    def _refused(self, view: View, payload: Json) -> Ack:
        errors = payload.get("errors")
        fields = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not set(errors) <= fields:
            raise SlackError("invalid_errors")  # Slack's client then says that it had some trouble connecting
        found = {str(block): str(sentence) for block, sentence in errors.items()}
        self._world.views.mark(view, found)
        return Ack(payload, errors=found)


def _wrong(view: View) -> dict[str, str]:
    """What Slack's client refuses before it sends anything: empty required fields, texts too short or too long."""
    found: dict[str, str] = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = view.state.get(block["block_id"], {}).get(element["action_id"], {})
        text = str(state.get("value") or "")
        least, most = int(element.get("min_length") or 0), int(element.get("max_length") or 3_000)
        if is_empty(state):
            if not block.get("optional"):
                found[block["block_id"]] = say.required()
        elif len(text) > most:
            found[block["block_id"]] = say.too_long(most)
        elif "value" in state and len(text) < least:
            found[block["block_id"]] = say.too_short(least)
    return found
