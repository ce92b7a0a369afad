"""The wordier blocks: rich text, Markdown and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from bot.local.page.html import Child, join, link, tag
from bot.local.page.look import Json, Look
from bot.local.page.mrkdwn import to_html

_STYLES = (("code", "code"), ("strike", "s"), ("italic", "i"), ("bold", "b"))
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_NUMBERED = re.compile(r"^\s*[-*+]\s+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]\n|<>]+)\]\(([^()\s|<>]+)\)")
_LEVELS = 8


def rich_text(block: Json, look: Look) -> Markup:
    """Rich text: sections, lists, quotations, preformatted parts.

    >>> part = {"type": "text", "text": "<now>", "style": {"bold": True}}
    >>> rich_text({"elements": [{"type": "rich_text_section", "elements": [part]}]}, Look())
    Markup('<p><b>&lt;now&gt;</b></p>')
    """
    return join(_part(part, look) for part in block.get("elements") or [])


def markdown(block: Json, look: Look) -> Markup:
    """A Markdown block: headings, bold, lists and links, by way of mrkdwn.

    >>> markdown({"text": "# Due\\n**Monday** <b>"}, Look())
    Markup('<p><b>Due</b><br><b>Monday</b> &lt;b&gt;</p>')
    """
    text = str(block.get("text") or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _HEADING.sub(r"*\1*", _NUMBERED.sub("• ", text))
    text = _STRONG.sub(lambda found: f"*{found[1] or found[2]}*", text)
    return to_html(_LINK.sub(r"<\2|\1>", text), look.names)


def table(block: Json, look: Look) -> Markup:
    """A table; its first row is its heading."""
    rows = block.get("rows") or []
    head = tag("tr", *(tag("th", _cell(cell, look), scope="col") for cell in rows[0])) if rows else None
    body = [tag("tr", *(tag("td", _cell(cell, look)) for cell in row)) for row in rows[1:]]
    return tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="table", tabindex=0, role="region")


def _cell(cell: Any, look: Look) -> Child:  # noqa: ANN401 - a raw or a rich text
    if not isinstance(cell, dict):
        return str(cell)
    return rich_text(cell, look) if cell.get("type") == "rich_text" else str(cell.get("text") or "")


def _part(part: Json, look: Look) -> Markup:
    inside = part.get("elements") or []
    match part.get("type"):
        case "rich_text_list":
            items = [tag("li", *_runs(item.get("elements") or [], look)) for item in inside]
            level = min(int(part.get("indent") or 0), _LEVELS)
            return tag("ol" if part.get("style") == "ordered" else "ul", *items, class_=f"level-{level}")
        case "rich_text_quote":
            return tag("blockquote", *_runs(inside, look))
        case "rich_text_preformatted":
            return tag("pre", *_runs(inside, look))
        case _:
            return tag("p", *_runs(inside, look))


def _runs(elements: list[Json], look: Look) -> Iterator[Child]:
    for element in elements:
        style = element.get("style")
        piece = _run(element, look)
        for name, wrapper in _STYLES:
            if isinstance(style, dict) and style.get(name):
                piece = tag(wrapper, piece)
        yield piece


def _run(element: Json, look: Look) -> Child:
    match element.get("type"):
        case "link":
            url = str(element.get("url") or "")
            return link(url, str(element.get("text") or url))
        case "user":
            id = str(element.get("user_id"))
            return tag("span", "@" + look.names.users.get(id, id), class_="mention")
        case "channel":
            id = str(element.get("channel_id"))
            return tag("span", "#" + look.names.channels.get(id, id), class_="mention")
        case "broadcast":
            return tag("span", f"@{element.get('range')}", class_="mention")
        case "emoji":
            return f":{element.get('name')}:"
        case "date":
            return str(element.get("fallback") or "")
        case _:
            lines = str(element.get("text") or "").split("\n")
            return join(lines, "<br>")
