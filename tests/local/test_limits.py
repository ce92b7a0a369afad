"""Slack's limits, one by one: what is just within is taken, what is just over is refused in words."""

from __future__ import annotations

import itertools
from typing import Any, get_args

import pytest

from bot.slack.limits import LIMITS, Surface, problems, text_problems, view_problems
from tests.local.limit_edges import EDGES, TEXT, Block, acting, asking, button, marked, options, plain, select


@pytest.mark.parametrize(("within", "over", "said", "surface"), EDGES, ids=[edge[2] for edge in EDGES])
def test_the_edge_is_where_slack_puts_it(within: Block, over: Block, said: str, surface: Surface) -> None:
    """One character too many, and a whole digest is refused."""
    assert problems([within], surface) == []
    assert said in problems([over], surface)


WRONG: list[tuple[Any, str]] = [
    ("words", "blocks[0].type is 'words'; Slack has no such block"),
    ({"type": "nonsense"}, "blocks[0].type is 'nonsense'; Slack has no such block"),
    ({"type": "section"}, "blocks[0] has neither text nor fields"),
    ({"type": "section", "text": "words"}, "blocks[0].text is not a text object"),
    ({"type": "section", "text": marked(0)}, "blocks[0].text is empty"),
    ({"type": "section", "text": marked(1) | {"emoji": True}}, "blocks[0].text.emoji is not a field of a mrkdwn text"),
    ({"type": "section", "text": marked(1), "colour": "red"}, "blocks[0].colour is not a field of a section block"),
    ({"type": "header"}, "blocks[0].text is missing"),
    ({"type": "header", "text": marked(1)}, "blocks[0].text is mrkdwn; Slack takes plain_text there"),
    ({"type": "context", "elements": []}, "blocks[0].elements is empty"),
    (acting(button(colour="red")), "blocks[0].elements[0].colour is not a field of a button"),
    (acting({"type": "button", "action_id": "a"}), "blocks[0].elements[0].text is missing"),
    (acting(button(), button()), "blocks[0] has action_id 'a' 2 times; Slack takes each once in a block"),
    (acting(select(option_groups=[])), "blocks[0].elements[0] wants options or option_groups, one of the two"),
    (acting(select(options=[{"text": plain(1)}])), "blocks[0].elements[0].options[0] wants a text and a value"),
    ({"type": "input", "label": plain(1), "element": TEXT}, "blocks[0] is a input block; Slack has none on a message"),
    ({"type": "image", "alt_text": "a"}, "blocks[0] wants image_url or slack_file"),
]


@pytest.mark.parametrize(("block", "said"), WRONG, ids=[wrong[1] for wrong in WRONG])
def test_what_is_out_of_shape_is_named(block: Any, said: str) -> None:  # noqa: ANN401 - anything may come in
    """Whoever builds a block learns where it is wrong."""
    assert said in problems([block], "message")


def test_a_message_holds_fifty_blocks_and_a_view_a_hundred() -> None:
    """A long morning's digest is cut by us, in words, and not by Slack."""
    rows = [{"type": "divider"}] * 101
    assert problems(rows[:50], "message") == []
    assert problems(rows[:51], "message") == ["blocks has 51 items; Slack takes 50"]
    for surface in ("modal", "home"):
        assert problems(rows[:100], surface) == []
        assert problems(rows, surface) == ["blocks has 101 items; Slack takes 100"]


def test_all_the_text_of_a_message_together_is_limited() -> None:
    """Each block within its limit may still be too much in all."""
    rows: list[Block] = [{"type": "section", "text": marked(2_500)}] * 4
    assert problems(rows, "message") == []
    rows.append({"type": "section", "text": marked(1)})
    assert problems(rows, "message") == ["blocks hold 10,001 characters of text in all; Slack safely takes 10,000"]
    assert problems(rows, "modal") == []


def test_block_ids_stand_once() -> None:
    """Two blocks of one name could not be told apart when pressed."""
    rows = [{"type": "divider", "block_id": "same"}] * 2
    assert problems(rows, "message") == ["block_id 'same' stands 2 times; Slack takes each once"]
    assert problems([{"type": "divider"}] * 2, "message") == []


def test_option_groups_are_looked_into() -> None:
    """A menu in groups is a menu."""
    groups = [{"label": plain(75), "options": options(1)}]
    menu = {"type": "static_select", "action_id": "a", "option_groups": groups}
    assert problems([acting(menu)], "message") == []
    groups[0]["label"] = plain(76)
    assert problems([acting(menu)], "message") == [
        "blocks[0].elements[0].option_groups[0].label is 76 characters; Slack takes 75"
    ]


def test_views_have_limits_of_their_own() -> None:
    """A dialog that cannot open is a case not recorded."""
    good: Block = {
        "type": "modal",
        "title": plain(24),
        "submit": plain(24),
        "close": plain(24),
        "blocks": [asking(TEXT)],
    }
    assert view_problems(good | {"private_metadata": "p" * 3_000, "callback_id": "c" * 255}) == []
    assert view_problems(good | {"title": plain(25)}) == ["view.title is 25 characters; Slack takes 24"]
    assert view_problems(good | {"close": marked(1)}) == ["view.close is mrkdwn; Slack takes plain_text there"]
    too_much = view_problems(good | {"private_metadata": "p" * 3_001})
    assert too_much == ["view.private_metadata is 3,001 characters; Slack takes 3,000"]
    assert view_problems({name: good[name] for name in good if name != "submit"}) == [
        "view.submit is missing; Slack wants it where there is an input block"
    ]
    assert view_problems({"type": "home", "blocks": []}) == []
    assert view_problems({"type": "home", "title": plain(1), "blocks": []}) == ["view.title has no place on a Home tab"]
    assert view_problems({"type": "modal", "blocks": []}) == ["view.title is missing"]
    assert view_problems({"type": "modal", "title": plain(1)}) == ["view.blocks is missing"]
    assert view_problems({"type": "dialog"}) == ["view.type is 'dialog'; Slack takes modal and home"]


def test_a_plain_text_has_its_limit() -> None:
    """The text of a notification is not endless."""
    assert text_problems("a" * 40_000) == []
    assert text_problems("a" * 40_001) == ["text is 40,001 characters; Slack takes 40,000"]


def test_every_figure_has_its_source() -> None:
    """A number nobody can check is a guess."""
    assert [name for name, limit in LIMITS.items() if not limit.source] == ["scopes"]
    assert all(limit.most > 0 for limit in LIMITS.values())


def test_nothing_out_of_shape_ends_in_an_error() -> None:
    """Whatever comes in is refused in words, never with a crash."""
    odd: list[Any] = [None, 7, "", [], {}, {"type": None}, {"type": "plain_text"}]
    kinds = ["section", "header", "context", "actions", "context_actions", "image", "markdown", "table", "input"]
    names = ["text", "fields", "elements", "element", "label", "accessory", "rows", "alt_text", "image_url"]
    for kind, name, value, surface in itertools.product(kinds, names, odd, get_args(Surface)):
        block: Block = {"type": kind, name: value}
        assert isinstance(problems([block], surface), list)
    for element, field, value in itertools.product(("button", "static_select", "overflow", "datepicker"), names, odd):
        assert isinstance(problems([acting({"type": element, "action_id": "a", field: value})], "message"), list)
