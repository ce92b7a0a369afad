"""Block Kit from plain values: pure, escaped, and within Slack's limits or an error here rather than in Slack.

>>> mrkdwn("Tell <!channel> that mum & dad came")["text"]
'Tell &lt;!channel&gt; that mum &amp; dad came'
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

Block = dict[str, Any]
MOST_ANSWER = 1_200  # what a person reads in one go; the rest is behind a button


def escape(text: str) -> str:
    """Make words harmless in mrkdwn: nobody is pinged, no link is forged."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fitted(text: str, most: int) -> str:
    """Escaped words of at most *most* characters: cut at a word where they are longer, never within an entity.

    >>> fitted("mum & dad", 9), fitted("mum & dad", 20)
    ('mum…', 'mum &amp; dad')
    """
    kept = shorten(text, most)
    while (over := len(escape(kept)) - most) > 0:
        kept = shorten(kept, max(len(kept) - max(over // 5, 1), 1))  # an escaped character is at most five
    return escape(kept)


def bold(text: str, most: int = 2_900) -> str:
    """Escaped words in bold, at most *most* characters between the stars; a star inside would end it."""
    return f"*{fitted(text, most).replace('*', '∗').strip()}*"


def mention(user: str | None, otherwise: str) -> str:
    """A person's mention, or other words where there is nobody."""
    return f"<@{user}>" if user else escape(otherwise)


def mrkdwn(text: str) -> Block:
    """A mrkdwn text object of plain words."""
    return {"type": "mrkdwn", "text": escape(text)}


def plain(text: str) -> Block:
    """A plain text object."""
    return {"type": "plain_text", "text": text, "emoji": False}


def section(marked_up: str, accessory: Block | None = None) -> Block:
    """A section of mrkdwn that is escaped already."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": marked_up}}
    return block | {"accessory": accessory} if accessory else block


def header(text: str) -> Block:
    """A heading, cut where it is longer than Slack takes."""
    return {"type": "header", "text": plain(shorten(text, 150))}


def sections(lines: Iterable[str], most: int = 2_900) -> list[Block]:
    """Lines of mrkdwn, escaped already, in as few sections as hold them; each line is well under *most*.

    >>> [block["text"]["text"] for block in sections(["a" * 6, "b" * 6, "c"], most=10)]
    ['aaaaaa', 'bbbbbb\\nc']
    """
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + len(line) < most:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return [section(text) for text in texts]


def context(*marked_up: str) -> Block:
    """Small print of mrkdwn that is escaped already."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text} for text in marked_up]}


def actions(block_id: str | None, elements: Sequence[Block]) -> Block:
    """A row of buttons and pickers. *block_id* (at most 255 characters) says what they are about."""
    block: Block = {"type": "actions", "elements": list(elements)}
    return block | {"block_id": block_id} if block_id else block


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(label: str, action_id: str, value: str, style: str | None = None) -> Block:
    """A button; its label is cut at Slack's 75 characters."""
    block: Block = {"type": "button", "text": plain(shorten(label, 75)), "action_id": action_id, "value": value}
    return block | {"style": style} if style else block


def date_picker(action_id: str, initial: date | None = None) -> Block:
    """A calendar to pick a day from."""
    block: Block = {"type": "datepicker", "action_id": action_id}
    return block | {"initial_date": initial.isoformat()} if initial else block


def feedback_row(block_id: str, helpful: str, unhelpful: str) -> Block:
    """Slack's own pair of thumbs."""
    buttons = {
        "type": "feedback_buttons",
        "action_id": "answer_feedback",
        "positive_button": {"text": plain(helpful), "value": "helpful"},
        "negative_button": {"text": plain(unhelpful), "value": "unhelpful"},
    }
    return {"type": "context_actions", "block_id": block_id, "elements": [buttons]}


def shorten(text: str, most: int) -> str:
    """Cut *text* at a word, with an ellipsis, where it is longer than *most*.

    >>> shorten("Child protection visit", 12)
    'Child…'
    """
    text = text.strip()
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def packed(**values: str | int | None) -> str:
    """What a button carries: short JSON."""
    return json.dumps({name: value for name, value in values.items() if value is not None}, separators=(",", ":"))


def unpacked(value: str) -> dict[str, Any]:
    """What a button carried; empty if it cannot be read."""
    try:
        found = json.loads(value)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def table(rows: Sequence[Sequence[str]]) -> Block:
    """A table of plain words, its heads first; cells wrap.

    >>> [cell["text"] for cell in table([("Council", "Standard"), ("York", "monthly")])["rows"][1]]
    ['York', 'monthly']
    """
    cells = [[{"type": "raw_text", "text": text or "–"} for text in row] for row in rows]
    return {"type": "table", "column_settings": [{"is_wrapped": True} for _ in rows[0]], "rows": cells}
