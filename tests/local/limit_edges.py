"""Blocks just within Slack's limits and just over them, with what is said of the latter."""

from __future__ import annotations

from typing import Any

from bot.slack.limits import Surface

Block = dict[str, Any]


def plain(length: int) -> Block:
    """A plain text of that length."""
    return {"type": "plain_text", "text": "a" * length}


def marked(length: int) -> Block:
    """A mrkdwn text of that length."""
    return {"type": "mrkdwn", "text": "a" * length}


def button(**fields: Any) -> Block:  # noqa: ANN401 - whatever a button takes
    """A button, and what is to be wrong with it."""
    return {"type": "button", "action_id": "a", "text": plain(1), **fields}


def acting(*elements: Block) -> Block:
    """A row of elements."""
    return {"type": "actions", "elements": list(elements)}


def options(count: int, text: int = 1, value: int = 1) -> list[Block]:
    """That many options."""
    return [{"text": plain(text), "value": f"{number:0{value}}"} for number in range(count)]


def select(count: int = 1, **fields: Any) -> Block:  # noqa: ANN401 - whatever a menu takes
    """A menu with that many options."""
    return {"type": "static_select", "action_id": "a", "options": options(count), **fields}


def asking(element: Block, **fields: Any) -> Block:  # noqa: ANN401 - whatever an input takes
    """A field of a dialog."""
    return {"type": "input", "label": plain(1), "element": element, **fields}


def feedback(text: int, value: int) -> Block:
    """A pair of thumbs."""
    side = {"text": plain(text), "value": "v" * value}
    buttons = {"type": "feedback_buttons", "action_id": "f", "positive_button": side, "negative_button": side}
    return {"type": "context_actions", "elements": [buttons]}


def confirm(title: int = 1, text: int = 1, yes: int = 1, no: int = 1) -> Block:
    """A question before a button does anything."""
    return button(confirm={"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)})


TEXT = {"type": "plain_text_input", "action_id": "t"}
# Just within, just over, and what is said of it.
EDGES: list[tuple[Block, Block, str, Surface]] = [
    (
        {"type": "section", "text": marked(3_000)},
        {"type": "section", "text": marked(3_001)},
        "blocks[0].text is 3,001 characters; Slack takes 3,000",
        "message",
    ),
    (
        {"type": "section", "fields": [marked(2_000)] * 4 + [marked(1)] * 6},
        {"type": "section", "fields": [marked(1)] * 11},
        "blocks[0].fields has 11 items; Slack takes 10",
        "message",
    ),
    (
        {"type": "section", "fields": [marked(2_000)]},
        {"type": "section", "fields": [marked(1), marked(2_001)]},
        "blocks[0].fields[1] is 2,001 characters; Slack takes 2,000",
        "message",
    ),
    (
        {"type": "header", "text": plain(150)},
        {"type": "header", "text": plain(151)},
        "blocks[0].text is 151 characters; Slack takes 150",
        "message",
    ),
    (
        {"type": "context", "elements": [marked(1)] * 10},
        {"type": "context", "elements": [marked(1)] * 11},
        "blocks[0].elements has 11 items; Slack takes 10",
        "message",
    ),
    (
        acting(*(button(action_id=str(n)) for n in range(25))),
        acting(*(button(action_id=str(n)) for n in range(26))),
        "blocks[0].elements has 26 items; Slack takes 25",
        "message",
    ),
    (
        {"type": "markdown", "text": "a" * 10_000},
        {"type": "markdown", "text": "a" * 12_001},
        "blocks[0].text is 12,001 characters; Slack takes 12,000",
        "message",
    ),
    (
        {"type": "divider", "block_id": "b" * 255},
        {"type": "divider", "block_id": "b" * 256},
        "blocks[0].block_id is 256 characters; Slack takes 255",
        "message",
    ),
    (
        acting(button(action_id="a" * 255)),
        acting(button(action_id="a" * 256)),
        "blocks[0].elements[0].action_id is 256 characters; Slack takes 255",
        "message",
    ),
    (
        acting(button(text=plain(75))),
        acting(button(text=plain(76))),
        "blocks[0].elements[0].text is 76 characters; Slack takes 75",
        "message",
    ),
    (
        acting(button(value="v" * 2_000)),
        acting(button(value="v" * 2_001)),
        "blocks[0].elements[0].value is 2,001 characters; Slack takes 2,000",
        "message",
    ),
    (
        acting(button(style="danger")),
        acting(button(style="loud")),
        "blocks[0].elements[0].style is 'loud'; Slack takes primary and danger",
        "message",
    ),
    (
        acting(confirm(100, 300, 30, 30)),
        acting(confirm(yes=31)),
        "blocks[0].elements[0].confirm.confirm is 31 characters; Slack takes 30",
        "message",
    ),
    (
        feedback(75, 2_000),
        feedback(76, 1),
        "blocks[0].elements[0].positive_button.text is 76 characters; Slack takes 75",
        "message",
    ),
    (
        acting(select(100)),
        acting(select(101)),
        "blocks[0].elements[0].options has 101 items; Slack takes 100",
        "message",
    ),
    (
        acting(select(options=options(1, 75, 150))),
        acting(select(options=options(1, 76))),
        "blocks[0].elements[0].options[0].text is 76 characters; Slack takes 75",
        "message",
    ),
    (
        acting(select(options=options(1, 1, 150))),
        acting(select(options=options(1, 1, 151))),
        "blocks[0].elements[0].options[0].value is 151 characters; Slack takes 150",
        "message",
    ),
    (
        acting(select(2, initial_option=options(1)[0])),
        acting(select(2, initial_option=options(1, 2)[0])),
        "blocks[0].elements[0].initial_option is not among the options",
        "message",
    ),
    (
        acting(select(placeholder=plain(150))),
        acting(select(placeholder=plain(151))),
        "blocks[0].elements[0].placeholder is 151 characters; Slack takes 150",
        "message",
    ),
    (
        acting({"type": "overflow", "action_id": "o", "options": options(5)}),
        acting({"type": "overflow", "action_id": "o", "options": options(6)}),
        "blocks[0].elements[0].options has 6 items; Slack takes 5",
        "message",
    ),
    (
        acting({"type": "datepicker", "action_id": "d", "initial_date": "2026-02-28"}),
        acting({"type": "datepicker", "action_id": "d", "initial_date": "2026-02-30"}),
        "blocks[0].elements[0].initial_date is '2026-02-30'; Slack takes YYYY-MM-DD",
        "message",
    ),
    (
        acting({"type": "timepicker", "action_id": "t", "initial_time": "16:30"}),
        acting({"type": "timepicker", "action_id": "t", "initial_time": "16:30:00"}),
        "blocks[0].elements[0].initial_time is '16:30:00'; Slack takes HH:mm",
        "message",
    ),
    (
        {"type": "section", "text": marked(1), "accessory": button()},
        {"type": "section", "text": marked(1), "accessory": TEXT},
        "blocks[0].accessory is a 'plain_text_input'; Slack has none in a section block",
        "message",
    ),
    (
        asking(TEXT, label=plain(2_000), hint=plain(2_000)),
        asking(TEXT, hint=plain(2_001)),
        "blocks[0].hint is 2,001 characters; Slack takes 2,000",
        "modal",
    ),
    (
        asking(TEXT | {"max_length": 3_000}),
        asking(TEXT | {"max_length": 3_001}),
        "blocks[0].element.max_length is 3,001; Slack takes 1 to 3,000",
        "modal",
    ),
    (
        asking({"type": "users_select", "action_id": "u", "initial_user": "U1"}),
        asking(button()),
        "blocks[0].element is a 'button'; Slack has none in a input block",
        "home",
    ),
    (
        {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a" * 2_000},
        {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a" * 2_001},
        "blocks[0].alt_text is 2,001 characters; Slack takes 2,000",
        "message",
    ),
    (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * 20] * 100},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * 21]},
        "blocks[0].rows[0] has 21 items; Slack takes 20",
        "message",
    ),
]
