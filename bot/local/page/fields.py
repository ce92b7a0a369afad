"""Block Kit's elements as HTML: buttons, pickers, menus and texts that a person can use.

What acts carries `data-press` (and its block and action ids); what a dialog sends in carries `data-field`. The script
knows no element: it sends what was chosen, and the workspace makes the element's state of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.local.page.html import Attribute, Child, dom_id, hidden, is_linkable, join, link, tag
from bot.local.page.look import Json, Look
from bot.local.page.mrkdwn import inline
from bot.messages import page as say

_INPUTS = {  # element → (what its state is called, the input's type)
    "datepicker": ("date", "date"),
    "timepicker": ("time", "time"),
    "email_text_input": ("value", "email"),
    "url_text_input": ("value", "url"),
    "number_input": ("value", "number"),
}
_SELECTS = {
    "static_select": "option",
    "external_select": "option",
    "users_select": "user",
    "multi_static_select": "options",
    "multi_external_select": "options",
    "multi_users_select": "users",
    "conversations_select": "conversation",
    "channels_select": "channel",
    "multi_conversations_select": "conversations",
    "multi_channels_select": "channels",
}
_STYLES = ("primary", "danger")


def text_of(value: Any, look: Look) -> Markup:  # noqa: ANN401 - a text object, or whatever stands in its place
    """A text object as one line of HTML; plain text stays plain."""
    if not isinstance(value, dict):
        return join([str(value)] if value else [])
    text = str(value.get("text") or "")
    return inline(text, look.names) if value.get("type") == "mrkdwn" else join([text])


def plain_of(value: Any) -> str:  # noqa: ANN401 - a text object, or whatever stands in its place
    """The words of a text object."""
    return str(value.get("text") or "") if isinstance(value, dict) else str(value or "")


def acting(element: Json, block: Mapping[str, Any], look: Look, about: str | None = None) -> Markup:
    """An element that acts at once, in a message or a view. *about* is the id of what stands above it."""
    kind = str(element.get("type"))
    make = _ACTING.get(kind)
    if make is not None:
        return make(element, block, look, about)
    if kind in _INPUTS or kind in _SELECTS or kind in ("datetimepicker", "checkboxes", "radio_buttons"):
        return _picker(element, block, look, about)
    return unknown(kind)


def unknown(kind: str) -> Markup:
    """Said in place of what this page cannot draw."""
    return tag("span", say.cannot_draw(kind), class_="undrawn")


def field(element: Json, block: Mapping[str, Any], look: Look, id: str, described: str, labelled: str | None) -> Markup:
    """An element of a dialog's field, under the label that names *id*; a group is named by *labelled* instead."""
    common = _ids(element, block)
    common |= {"data_field": True, "aria_describedby": described}
    common["aria_labelledby"] = labelled
    if look.errors.get(str(block.get("block_id"))):
        common["aria_invalid"] = "true"
    if not block.get("optional"):
        common["aria_required"] = "true"
    return control(element, block, look, id, common)


def control(element: Json, block: Mapping[str, Any], look: Look, id: str, extra: dict[str, Attribute]) -> Markup:
    """The bare control of a picker, a menu or a text."""
    kind, block_id = str(element.get("type")), str(block.get("block_id") or "")
    hint = plain_of(element.get("placeholder")) or None
    if kind in _INPUTS:
        name, type_ = _INPUTS[kind]
        value = look.chosen(block_id, element, name)
        return tag("input", id=id, type=type_, value=value, placeholder=hint if name == "value" else None, **extra)
    if kind == "datetimepicker":
        return tag("input", id=id, type="datetime-local", **extra)
    if kind == "plain_text_input":
        return _text_input(element, look.chosen(block_id, element, "value"), id, extra | {"placeholder": hint})
    if kind in _SELECTS:
        return _select(element, look, look.chosen(block_id, element, _SELECTS[kind]), id, extra)
    if kind in ("checkboxes", "radio_buttons"):
        return _boxes(element, look, block_id, id, extra)
    return unknown(kind)


def _button(element: Json, block: Mapping[str, Any], look: Look, about: str | None) -> Markup:
    style = str(element.get("style") or "")
    look_of = f"btn btn-{style}" if style in _STYLES else "btn"
    label = element.get("accessibility_label")
    attributes = _ids(element, block) | {"class_": look_of, "data_press": True, "aria_describedby": about}
    attributes |= {"aria_label": str(label) if label else None, "data_value": str(element.get("value") or "")}
    confirm = element.get("confirm")
    if isinstance(confirm, dict):
        attributes["data_confirm"] = f"{plain_of(confirm.get('title'))}\n{plain_of(confirm.get('text'))}"
    text, url = plain_of(element.get("text")), str(element.get("url") or "")
    if is_linkable(url):
        return link(url, text, **attributes)
    return tag("button", text, type="button", **attributes)


def _feedback(element: Json, block: Mapping[str, Any], look: Look, about: str | None) -> Markup:
    def one(side: str, sign: str) -> Markup:
        button = element.get(side) or {}
        words = plain_of(button.get("text"))
        ids = _ids(element, block)
        return tag(
            "button",
            tag("span", class_=f"icon icon-{sign}", aria_hidden="true"),
            tag("span", words),
            type="button",
            class_="thumb",
            aria_pressed="false",
            data_press=True,
            data_value=str(button.get("value") or ""),
            **ids,
        )

    return join([one("positive_button", "up"), one("negative_button", "down")])


def _icon_button(element: Json, block: Mapping[str, Any], look: Look, about: str | None) -> Markup:
    return _button({**element, "style": ""}, block, look, about)


def _overflow(element: Json, block: Mapping[str, Any], look: Look, about: str | None) -> Markup:
    items = [
        tag(
            "button",
            text_of(option.get("text"), look),
            type="button",
            data_press=True,
            data_value=str(option.get("value") or ""),
            **_ids(element, block),
        )
        for option in element.get("options") or []
    ]
    summary = tag("summary", tag("span", "⋯", aria_hidden="true"), hidden(say.MORE_ACTIONS), class_="btn")
    return tag("details", summary, tag("div", *items, class_="menu"), class_="overflow")


def _image(element: Json, block: Mapping[str, Any], look: Look, about: str | None) -> Markup:
    return tag("span", str(element.get("alt_text") or say.PICTURE), class_="picture", role="img")


def _picker(element: Json, block: Mapping[str, Any], look: Look, about: str | None) -> Markup:
    """A control with a button beside it: what is chosen counts when the button is pressed, not at every key."""
    id = dom_id(look.place, block.get("block_id"), element.get("action_id"), "pick")
    words = plain_of(element.get("placeholder")) or say.pick(str(element.get("type")))
    return tag(
        "span",
        tag("label", words, for_=id, class_="unseen"),
        control(element, block, look, id, {"aria_describedby": about, "data_pick": True}),
        tag(
            "button",
            say.use_this(str(element.get("type"))),
            type="button",
            class_="btn",
            data_press=True,
            data_from=id,
            **_ids(element, block),
        ),
        class_="picker",
    )


def _text_input(element: Json, value: str | None, id: str, extra: dict[str, Attribute]) -> Markup:
    limits: dict[str, Attribute] = {"maxlength": element.get("max_length"), "minlength": element.get("min_length")}
    if element.get("multiline"):
        return tag("textarea", "\n" + (value or ""), id=id, rows=4, **limits, **extra)
    return tag("input", id=id, type="text", value=value, autocomplete="off", **limits, **extra)


def _select(element: Json, look: Look, chosen: Any, id: str, extra: dict[str, Attribute]) -> Markup:  # noqa: ANN401
    kind = str(element.get("type"))
    several = kind.startswith("multi_")
    picked = _values(chosen)
    options: list[Child] = [] if several else [tag("option", say.CHOOSE, value="")]
    if "users" in kind:
        options += [_option(value, name, picked) for value, name in look.people]
    elif "channels" in kind or "conversations" in kind:
        options += [_option(value, f"#{name}", picked) for value, name in look.names.channels.items()]
    options += [_own(option, picked) for option in element.get("options") or []]
    for group in element.get("option_groups") or []:
        inside = [_own(option, picked) for option in group.get("options") or []]
        options.append(tag("optgroup", *inside, label=plain_of(group.get("label"))))
    return tag("select", *options, id=id, multiple=several, **extra)


def _own(option: Json, picked: Sequence[str]) -> Markup:
    return _option(str(option.get("value") or ""), plain_of(option.get("text")), picked)


def _option(value: str, words: str, picked: Sequence[str]) -> Markup:
    return tag("option", words, value=value, selected=value in picked)


def _boxes(element: Json, look: Look, block_id: str, id: str, extra: dict[str, Attribute]) -> Markup:
    single = element.get("type") == "radio_buttons"
    picked = _values(look.chosen(block_id, element, "option" if single else "options"))
    boxes: list[Child] = []
    for number, option in enumerate(element.get("options") or []):
        value = str(option.get("value") or "")
        box = tag(
            "input",
            id=f"{id}-{number}",
            type="radio" if single else "checkbox",
            name=id,
            value=value,
            checked=value in picked,
        )
        words = [text_of(option.get("text"), look)]
        if option.get("description"):
            words.append(tag("small", text_of(option["description"], look)))
        boxes.append(tag("label", box, tag("span", *words), for_=f"{id}-{number}"))
    extra = {name: value for name, value in extra.items() if name != "aria_required" or single}
    return tag("div", *boxes, id=id, role="radiogroup" if single else "group", class_="boxes", **extra)


def _values(chosen: Any) -> list[str]:  # noqa: ANN401 - an option, an id, a list of either, nothing
    if chosen is None:
        return []
    many = chosen if isinstance(chosen, list) else [chosen]
    return [str(one.get("value")) if isinstance(one, dict) else str(one) for one in many]


def _ids(element: Json, block: Mapping[str, Any]) -> dict[str, Attribute]:
    return {
        "data_block": str(block.get("block_id") or ""),
        "data_action": str(element.get("action_id") or ""),
        "data_kind": str(element.get("type") or ""),
    }


_Acting = Callable[[Json, Mapping[str, Any], Look, str | None], Markup]
_ACTING: dict[str, _Acting] = {
    "button": _button,
    "workflow_button": _button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
    "overflow": _overflow,
    "image": _image,
}
