"""Every kind of block on the page: usable, labelled, and as harmless as text whatever stands in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from bot.local.page.blocks import draw
from bot.local.page.look import Json, Look
from bot.local.page.mrkdwn import Names
from tests.local.test_page_text import NASTY, Reader

LOOK = Look(Names({"U0WREN": "Wren Sample"}), "m", (("U0WREN", "Wren Sample"), ("U0ASH", "Ash Example")))
OPTIONS = [{"text": {"type": "plain_text", "text": each}, "value": each.lower()} for each in ("York", "Leeds")]


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    """A mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def field(element: Json, **more: Any) -> Json:  # noqa: ANN401 - block keys
    """An input block around an element."""
    return {"type": "input", "block_id": "b", "label": plain("When?"), "element": {"action_id": "a", **element}, **more}


def drawn(*blocks: Json, look: Look = LOOK) -> str:
    """The HTML of some blocks."""
    return str(draw(blocks, look))


def test_a_section_shows_text_fields_and_its_button() -> None:
    """A duty's line, its case and the button that belongs to it."""
    button = {"type": "button", "text": plain("Done"), "action_id": "duty_done", "value": "1", "style": "primary"}
    html = drawn({"type": "section", "text": marked("*Visit*"), "fields": [plain("a"), marked("_b_")]})
    assert "<b>Visit</b>" in html
    assert "<i>b</i>" in html
    html = drawn({"type": "section", "block_id": "s", "text": plain("x"), "accessory": button})
    assert 'data-block="s" data-action="duty_done"' in html
    assert "btn-primary" in html


def test_header_context_divider_and_picture() -> None:
    """The frame of a digest."""
    picture = {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "a month's board"}
    html = drawn(
        {"type": "header", "text": plain("Riverbank & co")},
        {"type": "context", "elements": [marked("*source*"), picture]},
        {"type": "divider"},
        {**picture, "title": plain("March")},
    )
    assert '<h3 class="blk blk-header">Riverbank &amp; co</h3>' in html
    assert "<b>source</b>" in html
    assert "<hr" in html
    assert "<figcaption>March</figcaption>" in html
    assert "a.example" not in html, "nothing is fetched from elsewhere"


def test_buttons_are_described_by_the_line_above_them() -> None:
    """Ten buttons called Done tell somebody who listens nothing, unless each says what it is about."""
    row = {
        "type": "actions",
        "block_id": "r",
        "elements": [{"type": "button", "text": plain("Done"), "action_id": "d"}],
    }
    read = Reader(drawn({"type": "section", "text": marked("Visit · YK-0417")}, row))
    assert ("id", "m-0") in read.attributes
    assert ("aria-describedby", "m-0") in read.attributes


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ({"type": "datepicker", "initial_date": "2026-04-02"}, 'type="date" value="2026-04-02"'),
        ({"type": "timepicker", "initial_time": "16:30"}, 'type="time" value="16:30"'),
        ({"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]}, 'value="leeds" selected'),
        ({"type": "users_select", "initial_user": "U0ASH"}, 'value="U0ASH" selected'),
        ({"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS}, "multiple"),
        ({"type": "multi_users_select"}, 'value="U0WREN"'),
        (
            {"type": "plain_text_input", "initial_value": "YK-1", "max_length": 40},
            'value="YK-1" autocomplete="off" maxlength="40"',
        ),
        ({"type": "plain_text_input", "multiline": True, "initial_value": "a"}, "<textarea"),
        ({"type": "number_input"}, 'type="number"'),
        ({"type": "email_text_input"}, 'type="email"'),
        ({"type": "url_text_input"}, 'type="url"'),
        ({"type": "datetimepicker"}, 'type="datetime-local"'),
        ({"type": "checkboxes", "options": OPTIONS, "initial_options": OPTIONS[:1]}, 'value="york" checked'),
        ({"type": "radio_buttons", "options": OPTIONS}, 'role="radiogroup"'),
        (
            {"type": "static_select", "option_groups": [{"label": plain("North"), "options": OPTIONS}]},
            '<optgroup label="N',
        ),
    ],
)
def test_every_field_of_a_dialog_is_labelled(element: Json, expected: str) -> None:
    """A field nobody can name cannot be filled in by somebody who does not see it."""
    html = drawn(field(element))
    assert expected in html
    assert "data-field" in html
    attributes = Reader(html).attributes
    named = {value for name, value in attributes if name in ("for", "aria-labelledby")}
    assert {"m-0-in", "m-0-label"} & named, html
    assert ("aria-required", "true") in attributes or element["type"] == "checkboxes"


@pytest.mark.parametrize("kind", ["datepicker", "timepicker", "users_select", "static_select"])
def test_a_picker_in_a_message_has_a_button_of_its_own(kind: str) -> None:
    """Choosing by keyboard passes many days: the one that counts is the one somebody says."""
    element = {"type": kind, "action_id": "answer_date", "options": OPTIONS}
    html = drawn({"type": "actions", "block_id": "answer:1", "elements": [element]})
    attributes = Reader(html).attributes
    assert ("data-from", "m-answer-1-answer-date-pick") in attributes
    assert ("for", "m-answer-1-answer-date-pick") in attributes
    assert "data-press" in html


def test_feedback_and_overflow_can_be_pressed() -> None:
    """A thumb that cannot be pressed tells the practice lead nothing."""
    thumbs = {
        "type": "feedback_buttons",
        "action_id": "f",
        "positive_button": {"text": plain("Helpful"), "value": "helpful"},
        "negative_button": {"text": plain("Not helpful"), "value": "unhelpful"},
    }
    html = drawn({"type": "context_actions", "block_id": "fb", "elements": [thumbs]})
    assert [value for name, value in Reader(html).attributes if name == "data-value"] == ["helpful", "unhelpful"]
    html = drawn({"type": "actions", "elements": [{"type": "overflow", "action_id": "o", "options": OPTIONS}]})
    assert [value for name, value in Reader(html).attributes if name == "data-value"] == ["york", "leeds"]


def test_tables_rich_text_and_markdown() -> None:
    """Councils side by side, and what people type."""
    cells = [[{"type": "raw_text", "text": "Council"}], [{"type": "raw_text", "text": "York <1>"}]]
    assert "<td>York &lt;1&gt;</td>" in drawn({"type": "table", "rows": cells})
    item = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U0WREN"}]}
    listed = {"type": "rich_text_list", "style": "ordered", "elements": [item]}
    assert "<ol" in drawn({"type": "rich_text", "elements": [listed]})
    assert "@Wren Sample" in drawn({"type": "rich_text", "elements": [listed]})
    assert "<li>one</li>" in drawn({"type": "markdown", "text": "- one\n- two"})


def test_what_a_person_chose_and_what_is_wrong_are_shown() -> None:
    """A dialog drawn again must not forget what was filled in, nor where it went wrong."""
    look = Look(place="m", state={"b": {"a": {"selected_date": "2026-05-01"}}}, errors={"b": "Not <that> day."})
    html = drawn(field({"type": "datepicker", "initial_date": "2026-04-02"}), look=look)
    assert 'value="2026-05-01"' in html
    assert "Not &lt;that&gt; day." in html
    assert 'aria-invalid="true"' in html


def test_an_unknown_block_is_said_to_be_unknown() -> None:
    """What silently vanished could be the due date."""
    assert "cannot show a video" in drawn({"type": "video"})
    assert "cannot show a slider" in drawn({"type": "actions", "elements": [{"type": "slider", "action_id": "a"}]})


@given(NASTY)
@settings(max_examples=200)
def test_no_value_in_any_block_becomes_markup(text: str) -> None:
    """Case references, labels, values and options come from people."""
    option = {"text": plain(text), "value": text}
    elements: list[Json] = [
        {"type": "button", "text": plain(text), "value": text, "action_id": text, "url": text},
        {"type": "static_select", "options": [option], "action_id": text, "placeholder": plain(text)},
        {"type": "overflow", "options": [option], "action_id": text},
        {"type": "radio_buttons", "options": [option], "action_id": text},
    ]
    read = Reader(
        drawn(
            {"type": "header", "text": plain(text)},
            {"type": "section", "block_id": text, "text": plain(text), "fields": [marked(text)]},
            {"type": "context", "elements": [marked(text), {"type": "image", "alt_text": text}]},
            {"type": "actions", "block_id": text, "elements": elements},
            field({"type": "plain_text_input", "initial_value": text}, hint=plain(text)),
            {"type": "table", "rows": [[{"type": "raw_text", "text": text}]]},
            {"type": text or "none"},
            look=Look(Names({"U0WREN": text}), "m", ((text, text),), errors={"b": text}),
        )
    )
    assert not {"script", "img", "iframe", "object", "style", "svg"} & set(read.tags)
    assert not [name for name, _ in read.attributes if name.startswith("on") or name in ("style", "src", "srcdoc")]
    assert all(
        value.lower().startswith(("http://", "https://", "mailto:", "tel:"))
        for n, value in read.attributes
        if n == "href"
    )
    assert not read.open
