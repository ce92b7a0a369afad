"""What Slack would refuse, found before it is asked: the renderer raises on it, the local workspace refuses it.

Figures stand in `bot.slack.limits_table`. Nobody else checks before Slack does.

>>> problems([{"type": "section", "text": {"type": "mrkdwn", "text": "a" * 3_104}}], "message")
['blocks[0].text is 3,104 characters; Slack takes 3,000']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from bot.slack.limits_elements import element_problems, many, some, string, text
from bot.slack.limits_table import LIMITS, Limit

Surface = Literal["message", "modal", "home"]
__all__ = [
    "LIMITS",
    "Limit",
    "Surface",
    "checked",
    "checked_view",
    "length",
    "problems",
    "text_problems",
    "view_problems",
]

_EVERYWHERE = ("message", "modal", "home")
_BLOCKS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {  # required, optional, surfaces
    "section": ((), ("text", "fields", "accessory", "expand"), _EVERYWHERE),
    "header": (("text",), ("level",), _EVERYWHERE),
    "divider": ((), (), _EVERYWHERE),
    "context": (("elements",), (), _EVERYWHERE),
    "actions": (("elements",), (), _EVERYWHERE),
    "context_actions": (("elements",), (), ("message",)),
    "input": (("label", "element"), ("hint", "optional", "dispatch_action"), ("modal", "home")),
    "image": (("alt_text",), ("image_url", "slack_file", "title"), _EVERYWHERE),
    "markdown": (("text",), (), ("message",)),
    "rich_text": (("elements",), (), _EVERYWHERE),
    "table": (("rows",), ("column_settings",), ("message",)),
}


def problems(blocks: Sequence[Any], surface: Surface) -> list[str]:
    """What Slack would refuse in *blocks* on *surface*, a sentence each; empty if it takes them.

    A path such as ``blocks[3].elements[0].text`` says where.
    """
    found = many(blocks, "blocks", LIMITS[f"{surface}.blocks"])
    for number, block in enumerate(blocks):
        found += _block(block, f"blocks[{number}]", surface)
    ids = Counter(block.get("block_id") for block in blocks if isinstance(block, dict) and block.get("block_id"))
    found += [f"block_id {id!r} stands {count} times; Slack takes each once" for id, count in ids.items() if count > 1]
    if surface == "message" and not found:
        held, limit = length(blocks), LIMITS["message.blocks_text"]
        if held > limit.most:
            found.append(f"blocks hold {held:,} characters of text in all; Slack safely takes {limit.most:,}")
    return found


def text_problems(words: str) -> list[str]:
    """What Slack would refuse in a message's plain words."""
    return string(words, "text", LIMITS["message.text"])


def view_problems(view: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse in a modal or a Home tab, its blocks included.

    >>> title = {"type": "plain_text", "text": "Everything that has to be done"}
    >>> view_problems({"type": "modal", "title": title, "blocks": [{"type": "divider"}]})
    ['view.title is 30 characters; Slack takes 24']
    """
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [f"view.type is {kind!r}; Slack takes modal and home"]
    found: list[str] = []
    for name in ("title", "submit", "close"):
        if name in view and kind == "modal":
            found += text(view[name], f"view.{name}", LIMITS[f"view.{name}"], plain=True)
        elif name in view:
            found.append(f"view.{name} has no place on a Home tab")
    found += ["view.title is missing"] if kind == "modal" and "title" not in view else []
    for name in ("private_metadata", "callback_id", "external_id"):
        found += string(view.get(name, ""), f"view.{name}", LIMITS[f"view.{name}"])
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return [*found, "view.blocks is missing"]
    if (
        kind == "modal"
        and "submit" not in view
        and any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    ):
        found.append("view.submit is missing; Slack wants it where there is an input block")
    return found + problems(blocks, "modal" if kind == "modal" else "home")


def checked(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks of a message, as they are.

    Raises:
        ValueError: Slack would refuse them; it says what and where.
    """
    if found := problems(blocks, "message"):
        raise ValueError("; ".join(found))
    return blocks


def checked_view(view: dict[str, Any]) -> dict[str, Any]:
    """A modal or a Home tab, as it is.

    Raises:
        ValueError: Slack would refuse it; it says what and where.
    """
    if found := view_problems(view):
        raise ValueError("; ".join(found))
    return view


def _block(block: Any, where: str, surface: Surface) -> list[str]:  # noqa: ANN401 - anything may come in
    if not isinstance(block, dict) or block.get("type") not in _BLOCKS:
        kind = block.get("type") if isinstance(block, dict) else block
        return [f"{where}.type is {kind!r}; Slack has no such block"]
    kind = block["type"]
    required, optional, surfaces = _BLOCKS[kind]
    if surface not in surfaces:
        return [f"{where} is a {kind} block; Slack has none on a {surface}"]
    found = [f"{where}.{name} is missing" for name in required if name not in block]
    unknown = set(block) - {"type", "block_id", *required, *optional}
    found += [f"{where}.{name} is not a field of a {kind} block" for name in sorted(unknown)]
    if "block_id" in block:
        found += string(block["block_id"], f"{where}.block_id", LIMITS["block_id"])
    return found + ([] if found else _CHECKS.get(kind, _nothing)(block, where))


def length(value: Any) -> int:  # noqa: ANN401 - walks whatever there is
    """Characters of text anywhere in blocks: what Slack adds up for `msg_blocks_too_long`."""
    if isinstance(value, dict):
        own = value["text"] if isinstance(value.get("text"), str) else ""
        return len(own) + sum(length(each) for name, each in value.items() if name != "text" or each is not own)
    return sum(map(length, value)) if isinstance(value, list | tuple) else 0


def _nothing(block: dict[str, Any], where: str) -> list[str]:
    return []


def _section(block: dict[str, Any], where: str) -> list[str]:
    found: list[str] = []
    if "text" in block:
        found += text(block["text"], f"{where}.text", LIMITS["section.text"])
    elif not block.get("fields"):
        return [f"{where} has neither text nor fields"]
    wrong = some(block["fields"], f"{where}.fields", LIMITS["section.fields"]) if "fields" in block else []
    found += wrong
    for number, each in enumerate(block.get("fields") or [] if not wrong else []):
        found += text(each, f"{where}.fields[{number}]", LIMITS["section.fields.text"])
    if "accessory" in block:
        found += element_problems(block["accessory"], f"{where}.accessory", "section")
        found += _image(block["accessory"], f"{where}.accessory") if _is_image(block["accessory"]) else []
    return found


def _header(block: dict[str, Any], where: str) -> list[str]:
    return text(block["text"], f"{where}.text", LIMITS["header.text"], plain=True)


def _markdown(block: dict[str, Any], where: str) -> list[str]:
    return string(block["text"], f"{where}.text", LIMITS["markdown.text"], least=1)


def _image(block: dict[str, Any], where: str) -> list[str]:
    found = [] if ("image_url" in block) != ("slack_file" in block) else [f"{where} wants image_url or slack_file"]
    found += string(block.get("image_url", "-"), f"{where}.image_url", LIMITS["image.image_url"], least=1)
    found += string(block.get("alt_text"), f"{where}.alt_text", LIMITS["image.alt_text"])
    return found + (
        text(block["title"], f"{where}.title", LIMITS["image.title"], plain=True) if "title" in block else []
    )


def _is_image(element: Any) -> bool:  # noqa: ANN401 - anything may come in
    return isinstance(element, dict) and element.get("type") == "image"


def _context(block: dict[str, Any], where: str) -> list[str]:
    found = some(block["elements"], f"{where}.elements", LIMITS["context.elements"])
    for number, each in enumerate(block["elements"] if not found else []):
        place = f"{where}.elements[{number}]"
        found += _image(each, place) if _is_image(each) else text(each, place, LIMITS["context.text"])
    return found


def _elements(block: dict[str, Any], where: str) -> list[str]:
    kind = block["type"]
    found = some(block["elements"], f"{where}.elements", LIMITS[f"{kind}.elements"])
    for number, each in enumerate(block["elements"] if not found else []):
        found += element_problems(each, f"{where}.elements[{number}]", kind)
    if found:
        return found
    ids = Counter(each.get("action_id") for each in block["elements"] if isinstance(each, dict))
    return [
        f"{where} has action_id {id!r} {count} times; Slack takes each once in a block"
        for id, count in ids.items()
        if id is not None and count > 1
    ]


def _input(block: dict[str, Any], where: str) -> list[str]:
    found = text(block["label"], f"{where}.label", LIMITS["input.label"], plain=True)
    if "hint" in block:
        found += text(block["hint"], f"{where}.hint", LIMITS["input.hint"], plain=True)
    return found + element_problems(block["element"], f"{where}.element", "input")


def _table(block: dict[str, Any], where: str) -> list[str]:
    found = some(block["rows"], f"{where}.rows", LIMITS["table.rows"])
    for number, row in enumerate(block["rows"] if not found else []):
        found += some(row, f"{where}.rows[{number}]", LIMITS["table.cells"])
    return found


_CHECKS: dict[str, Callable[[dict[str, Any], str], list[str]]] = {
    "section": _section,
    "header": _header,
    "markdown": _markdown,
    "image": _image,
    "context": _context,
    "actions": _elements,
    "context_actions": _elements,
    "input": _input,
    "table": _table,
}
