"""Buttons, pickers, menus and texts against Slack's limits: what `bot.slack.limits` asks about each element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from bot.slack.limits_table import LIMITS, Limit

SELECTS = tuple(
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
PICKERS = ("datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")
FIELDS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input")
HOLDS: dict[str, tuple[str, ...]] = {  # which elements may stand in which block
    "section": ("button", "overflow", "image", "workflow_button", *PICKERS, *SELECTS),
    "actions": ("button", "overflow", "workflow_button", *PICKERS, *SELECTS),
    "input": (*FIELDS, *PICKERS, *SELECTS),
    "context_actions": ("feedback_buttons", "icon_button"),
}
_STYLES = ("primary", "danger")
_TEXT_KEYS = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}
_KNOWN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # required and optional fields, of what is used here
    "button": (("text",), ("value", "url", "style", "confirm", "accessibility_label", "agent_prompt")),
    "datepicker": ((), ("initial_date", "placeholder", "confirm", "focus_on_load")),
    "timepicker": ((), ("initial_time", "placeholder", "confirm", "focus_on_load", "timezone")),
    "static_select": (
        (),
        ("options", "option_groups", "initial_option", "placeholder", "confirm", "focus_on_load"),
    ),
    "users_select": ((), ("initial_user", "placeholder", "confirm", "focus_on_load")),
    "overflow": (("options",), ("confirm",)),
    "radio_buttons": (("options",), ("initial_option", "confirm", "focus_on_load")),
    "checkboxes": (("options",), ("initial_options", "confirm", "focus_on_load")),
    "plain_text_input": (
        (),
        tuple("initial_value multiline min_length max_length placeholder focus_on_load dispatch_action_config".split()),
    ),
    "feedback_buttons": (("positive_button", "negative_button"), ()),
    "icon_button": (("icon", "text"), ("value", "confirm", "accessibility_label", "visible_to_user_ids")),
}


def element_problems(element: Any, where: str, block: str) -> list[str]:  # noqa: ANN401 - anything may come in
    """What Slack would refuse in one element standing in a *block* of that type."""
    kind = element.get("type") if isinstance(element, dict) else element
    if kind not in HOLDS[block]:
        return [f"{where} is a {kind!r}; Slack has none in a {block} block"]
    if kind == "image":
        return []  # looked at as the image it is, by the caller
    found = string(element.get("action_id", "-"), f"{where}.action_id", LIMITS["action_id"], least=1)
    if kind in _KNOWN:
        required, optional = _KNOWN[kind]
        found += [f"{where}.{name} is missing" for name in required if name not in element]
        unknown = sorted(set(element) - {"type", "action_id", *required, *optional})
        found += [f"{where}.{name} is not a field of a {kind}" for name in unknown]
    if "placeholder" in element:
        found += text(element["placeholder"], f"{where}.placeholder", LIMITS["placeholder"], plain=True)
    if "confirm" in element:
        found += _confirm(element["confirm"], f"{where}.confirm")
    return found or _particulars(element, where, str(kind))


def _particulars(element: Mapping[str, Any], where: str, kind: str) -> list[str]:
    match kind:
        case "button":
            return _button(element, where)
        case "feedback_buttons":
            sides = ("positive_button", "negative_button")
            return [line for side in sides for line in _feedback(element[side], f"{where}.{side}")]
        case "static_select":
            return _select(element, where)
        case "overflow" | "radio_buttons" | "checkboxes":
            return _options(element["options"], f"{where}.options", LIMITS[f"{kind}.options"])
        case "datepicker" if "initial_date" in element:
            return _readable(date.fromisoformat, element["initial_date"], f"{where}.initial_date", "YYYY-MM-DD", 10)
        case "timepicker" if "initial_time" in element:
            return _readable(time.fromisoformat, element["initial_time"], f"{where}.initial_time", "HH:mm", 5)
        case "plain_text_input":
            return _text_input(element, where)
    return []


def _button(button: Mapping[str, Any], where: str) -> list[str]:
    found = text(button["text"], f"{where}.text", LIMITS["button.text"], plain=True)
    for name in ("value", "url", "accessibility_label"):
        found += string(button.get(name, ""), f"{where}.{name}", LIMITS[f"button.{name}"])
    if button.get("style", "primary") not in _STYLES:
        found.append(f"{where}.style is {button['style']!r}; Slack takes primary and danger")
    return found


def _feedback(button: Any, where: str) -> list[str]:  # noqa: ANN401 - anything may come in
    if not isinstance(button, dict) or not {"text", "value"} <= set(button):
        return [f"{where} wants a text and a value"]
    found = text(button["text"], f"{where}.text", LIMITS["feedback.text"], plain=True)
    return found + string(button["value"], f"{where}.value", LIMITS["feedback.value"], least=1)


def _select(select: Mapping[str, Any], where: str) -> list[str]:
    if ("options" in select) == ("option_groups" in select):
        return [f"{where} wants options or option_groups, one of the two"]
    if "options" in select:
        found = _options(select["options"], f"{where}.options", LIMITS["select.options"])
        initial = select.get("initial_option")
        if not found and initial is not None and initial not in select["options"]:
            found.append(f"{where}.initial_option is not among the options")
        return found
    found = some(select["option_groups"], f"{where}.option_groups", LIMITS["select.option_groups"])
    for number, group in enumerate(select["option_groups"] if not found else []):
        place = f"{where}.option_groups[{number}]"
        found += text(group.get("label"), f"{place}.label", LIMITS["option_group.label"], plain=True)
        found += _options(group.get("options"), f"{place}.options", LIMITS["select.options"])
    return found


def _options(options: Any, where: str, limit: Limit) -> list[str]:  # noqa: ANN401 - anything may come in
    found = some(options, where, limit)
    for number, option in enumerate(options if not found else []):
        place = f"{where}[{number}]"
        if not isinstance(option, dict) or not {"text", "value"} <= set(option):
            found.append(f"{place} wants a text and a value")
            continue
        found += text(option["text"], f"{place}.text", LIMITS["option.text"])
        found += string(option["value"], f"{place}.value", LIMITS["option.value"], least=1)
        if "description" in option:
            found += text(option["description"], f"{place}.description", LIMITS["option.description"])
    return found


def _text_input(field: Mapping[str, Any], where: str) -> list[str]:
    limit, most, least = LIMITS["plain_text_input.max_length"], field.get("max_length"), field.get("min_length", 0)
    found = []
    if most is not None and not 1 <= most <= limit.most:
        found.append(f"{where}.max_length is {most:,}; Slack takes 1 to {limit.most:,}")
    if not 0 <= least <= (most or limit.most):
        found.append(f"{where}.min_length is {least:,}; Slack takes up to {most or limit.most:,}")
    return found + string(
        field.get("initial_value", ""), f"{where}.initial_value", limit._replace(most=most or limit.most)
    )


def _confirm(dialog: Any, where: str) -> list[str]:  # noqa: ANN401 - anything may come in
    found: list[str] = []
    for name in ("title", "text", "confirm", "deny"):
        given = dialog.get(name) if isinstance(dialog, dict) else None
        found += text(given, f"{where}.{name}", LIMITS[f"confirm.{name}"], plain=name != "text")
    return found


def _readable(read: Any, value: Any, where: str, shape: str, length: int) -> list[str]:  # noqa: ANN401
    try:
        read(value)
    except (TypeError, ValueError):
        return [f"{where} is {value!r}; Slack takes {shape}"]
    return [] if len(value) == length else [f"{where} is {value!r}; Slack takes {shape}"]


def text(value: Any, where: str, limit: Limit, plain: bool = False) -> list[str]:  # noqa: ANN401 - anything
    """What is wrong with a text object; *plain*: only `plain_text` will do."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in _TEXT_KEYS:
        return [f"{where} is not a text object"]
    if plain and kind != "plain_text":
        return [f"{where} is mrkdwn; Slack takes plain_text there"]
    unknown = sorted(set(value) - _TEXT_KEYS[kind])
    found = [f"{where}.{name} is not a field of a {kind} text" for name in unknown]
    return found + string(value.get("text"), where, limit, least=1)


def string(value: Any, where: str, limit: Limit, least: int = 0) -> list[str]:  # noqa: ANN401 - anything may come in
    """What is wrong with a string."""
    if not isinstance(value, str):
        return [f"{where} is not a string"]
    if len(value) < least:
        return [f"{where} is empty"]
    return [f"{where} is {len(value):,} characters; Slack takes {limit.most:,}"] if len(value) > limit.most else []


def many(items: Sequence[Any], where: str, limit: Limit) -> list[str]:
    """The sentence for more items than *limit*, if there are."""
    return [f"{where} has {len(items):,} items; Slack takes {limit.most:,}"] if len(items) > limit.most else []


def some(items: Any, where: str, limit: Limit) -> list[str]:  # noqa: ANN401 - anything may come in
    """What is wrong with a list that must hold something."""
    if not isinstance(items, list) or not items:
        return [f"{where} is empty"]
    return many(items, where, limit)
