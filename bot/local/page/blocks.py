"""Block Kit as HTML: one pure function a kind of block.

>>> draw([{"type": "header", "text": {"type": "plain_text", "text": "Due <today>"}}], Look())
Markup('<h3 class="blk blk-header">Due &lt;today&gt;</h3>')
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from bot.local.page import rich
from bot.local.page.fields import acting, field, plain_of, text_of, unknown
from bot.local.page.html import dom_id, join, tag
from bot.local.page.look import Json, Look
from bot.local.page.mrkdwn import to_html
from bot.messages import page as say

_LINE = 220  # characters of mrkdwn


def draw(blocks: Sequence[Json], look: Look) -> Markup:
    """All blocks, one after another. A row of buttons is described by the section above it."""
    drawn: list[Markup] = []
    above: str | None = None
    line = False
    for number, block in enumerate(blocks):
        id = dom_id(look.place, number)
        make = _KINDS.get(str(block.get("type")))
        if make is None:
            drawn.append(tag("p", unknown(str(block.get("type")))))
            continue
        made = make(block, look, id, above)
        if line and block.get("type") == "actions":  # one line and its buttons stand side by side where there is room
            drawn[-1] = tag("div", drawn[-1], made, class_="pair")
        else:
            drawn.append(made)
        line = _is_line(block)
        if block.get("type") in ("section", "header"):
            above = id if block.get("type") == "section" else None
    return join(drawn)


def _is_line(block: Json) -> bool:
    """Whether a block is a single line of words."""
    text = plain_of(block.get("text"))
    plain_section = block.get("type") == "section" and not block.get("accessory") and not block.get("fields")
    return plain_section and "\n" not in text and len(text) <= _LINE


def _section(block: Json, look: Look, id: str, above: str | None) -> Markup:
    text = block.get("text")
    body = [tag("div", _body(text, look), class_="text", id=id)] if text else []
    if block.get("fields"):
        cells = [tag("div", _body(each, look), class_="text") for each in block["fields"]]
        body.append(tag("div", *cells, class_="fields", id=None if text else id))
    if block.get("accessory"):
        side = tag("div", acting(block["accessory"], block, look, id), class_="accessory")
        return tag("div", tag("div", *body), side, class_="blk blk-section with-accessory")
    return tag("div", *body, class_="blk blk-section")


def _body(text: Any, look: Look) -> Markup:  # noqa: ANN401 - a text object
    if isinstance(text, dict) and text.get("type") == "mrkdwn":
        return to_html(str(text.get("text") or ""), look.names)
    return tag("p", join(plain_of(text).split("\n"), "<br>"))


def _header(block: Json, look: Look, id: str, above: str | None) -> Markup:
    return tag("h3", plain_of(block.get("text")), class_="blk blk-header")


def _context(block: Json, look: Look, id: str, above: str | None) -> Markup:
    parts = [
        acting(each, block, look) if each.get("type") == "image" else tag("span", text_of(each, look))
        for each in block.get("elements") or []
    ]
    return tag("div", *parts, class_="blk blk-context")


def _actions(block: Json, look: Look, id: str, above: str | None) -> Markup:
    parts = [acting(each, block, look, above) for each in block.get("elements") or []]
    return tag("div", *parts, class_=f"blk blk-{str(block.get('type')).replace('_', '-')}", role="group")


def _divider(block: Json, look: Look, id: str, above: str | None) -> Markup:
    return tag("hr", class_="blk")


def _image(block: Json, look: Look, id: str, above: str | None) -> Markup:
    title = plain_of(block.get("title"))
    picture = tag("span", str(block.get("alt_text") or say.PICTURE), class_="picture", role="img")
    return tag("figure", picture, tag("figcaption", title) if title else None, class_="blk")


def _input(block: Json, look: Look, id: str, above: str | None) -> Markup:
    element, block_id = block.get("element") or {}, str(block.get("block_id") or "")
    error, hint = look.errors.get(block_id, ""), plain_of(block.get("hint"))
    described = " ".join(name for name, there in ((f"{id}-hint", hint), (f"{id}-error", True)) if there)
    optional = tag("span", say.OPTIONAL, class_="optional") if block.get("optional") else None
    words = join([plain_of(block.get("label")), " " if optional else None, optional])
    grouped = element.get("type") in ("checkboxes", "radio_buttons")  # a group is named by a text, not by a label
    label = tag("span", words, class_="label", id=f"{id}-label") if grouped else tag("label", words, for_=f"{id}-in")
    return tag(
        "div",
        label,
        field(element, block, look, f"{id}-in", described, f"{id}-label" if grouped else None),
        tag("p", hint, id=f"{id}-hint", class_="hint") if hint else None,
        tag("p", error, id=f"{id}-error", class_="error", role="alert", data_error_for=block_id),
        class_="blk blk-input",
    )


def _wordy(make: Callable[[Json, Look], Markup]) -> _Draw:
    def drawn(block: Json, look: Look, id: str, above: str | None) -> Markup:
        return tag("div", make(block, look), class_="blk text")

    return drawn


_Draw = Callable[[Json, Look, str, str | None], Markup]
_KINDS: dict[str, _Draw] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "divider": _divider,
    "image": _image,
    "input": _input,
    "rich_text": _wordy(rich.rich_text),
    "markdown": _wordy(rich.markdown),
    "table": _wordy(rich.table),
}
