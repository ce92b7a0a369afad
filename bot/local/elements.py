"""Block Kit's elements: finding them, filling in ids, and the state each is in. Pure."""

from __future__ import annotations

import copy
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.local.model import Json

# What each element's state is called, and what it starts with.
_VALUES: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
_KEEPS_STATE = set(_VALUES) - {"overflow"}
_ACTS = {*_VALUES, "button", "workflow_button", "icon_button", "feedback_buttons"}


def elements_of(block: Mapping[str, Any]) -> list[Json]:
    """A block's interactive elements, in order.

    >>> elements_of({"type": "section", "accessory": {"type": "button", "action_id": "a"}})
    [{'type': 'button', 'action_id': 'a'}]
    """
    found = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
    return [each for each in found if isinstance(each, dict) and "action_id" in each]


def with_ids(blocks: Sequence[Json]) -> list[Json]:
    """A copy of *blocks* in which every block and every element that acts has an id, as Slack fills them in."""
    filled = copy.deepcopy(list(blocks))
    for block in filled:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        for each in (block.get("element"), block.get("accessory"), *(block.get("elements") or [])):
            if isinstance(each, dict) and each.get("type") in _ACTS:
                each.setdefault("action_id", secrets.token_urlsafe(4))
    return filled


def find(blocks: Sequence[Json], action_id: str, block_id: str | None, index: int) -> tuple[Json, Json]:
    """(block, element) with *action_id*: the *index*-th from the top, in *block_id* if that is given.

    Raises:
        ValueError: there is none.
    """
    found = [
        (block, element)
        for block in blocks
        for element in elements_of(block)
        if element["action_id"] == action_id and block_id in (None, block.get("block_id"))
    ]
    if index >= len(found):
        known = sorted({element["action_id"] for block in blocks for element in elements_of(block)})
        raise ValueError(f"no element {action_id!r} number {index} here; there are {known}")
    return found[index]


def options_of(element: Mapping[str, Any]) -> list[Json]:
    """All options of a menu, those in groups as well."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def chosen(element: Mapping[str, Any], value: Any) -> Json:  # noqa: ANN401 - text, option, list
    """The state of *element* once *value* is chosen; an option may be given by its value alone.

    >>> chosen({"type": "datepicker", "action_id": "a"}, "2026-04-02")
    {'type': 'datepicker', 'selected_date': '2026-04-02'}

    Raises:
        ValueError: there is no such option.
    """
    kind = str(element["type"])
    name, _ = _VALUES[kind]
    if name == "selected_option" and value is not None:
        value = _option(element, value)
    if name == "selected_options":
        value = [_option(element, each) for each in value or []]
    return {"type": kind, name: value}


def completed(element: Mapping[str, Any], state: Mapping[str, Any]) -> Json:
    """A state as somebody gave it (`{"selected_date": …}`, `{"value": …}`) as Slack would say it."""
    name, _ = _VALUES[str(element["type"])]
    return chosen(element, state.get(name, state.get("value")))


def pressed(element: Mapping[str, Any], value: Any) -> Json:  # noqa: ANN401 - text, option, list
    """What an action says of its element: the element's own words, and what was chosen.

    Raises:
        ValueError: there is no such choice.
    """
    kind = str(element["type"])
    if kind in _VALUES:
        return chosen(element, value)
    if kind == "feedback_buttons":
        sides = [element["positive_button"], element["negative_button"]]
        side = next((each for each in sides if each["value"] == value), None)
        if side is None:
            raise ValueError(f"no feedback {value!r}; there are {[each['value'] for each in sides]}")
        return {"type": kind, "value": side["value"], "text": side["text"]}
    return {name: element[name] for name in ("type", "text", "value", "style", "url") if name in element}


def is_empty(state: Mapping[str, Any]) -> bool:
    """Whether nothing has been chosen or typed."""
    return not any(value for name, value in state.items() if name != "type")


def initial_states(blocks: Sequence[Json]) -> dict[str, dict[str, Json]]:
    """What the fields of a view start with: block id → action id → state."""
    found: dict[str, dict[str, Json]] = {}
    for block, element in _with_state(blocks):
        name, initial = _VALUES[element["type"]]
        start = element.get(initial, [] if name.endswith("s") else None)
        found.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], name: start}
    return found


def _with_state(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in _KEEPS_STATE:
                yield block, element


def _option(element: Mapping[str, Any], value: Any) -> Json:  # noqa: ANN401 - an option or its value
    wanted = value.get("value") if isinstance(value, dict) else value
    option = next((each for each in options_of(element) if each.get("value") == wanted), None)
    if option is None:
        raise ValueError(f"no option {wanted!r}; there are {[each.get('value') for each in options_of(element)]}")
    return copy.deepcopy(option)
