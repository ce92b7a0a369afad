"""Slack's limits: one table, each figure with the page under docs.slack.dev that states it.

>>> LIMITS["section.text"].most
3000
"""

from __future__ import annotations

from typing import NamedTuple

_KIT = "reference/block-kit/"
_BLOCK, _ELEMENT, _OBJECT = _KIT + "blocks/", _KIT + "block-elements/", _KIT + "composition-objects/"


class Limit(NamedTuple):
    """The most that Slack takes, characters or items, and the page under docs.slack.dev that says so."""

    most: int
    source: str


LIMITS: dict[str, Limit] = {
    "message.blocks": Limit(50, "block-kit"),
    "message.text": Limit(40_000, "reference/methods/chat.postMessage"),
    # Not documented: 13,200 characters of mixed blocks and once 11,341 were refused (bolt-js issues 2509 and 2867).
    "message.blocks_text": Limit(10_000, "github.com/slackapi/bolt-js/issues/2867"),
    "modal.blocks": Limit(100, "reference/views/modal-views"),
    "home.blocks": Limit(100, "reference/views/home-tab-views"),
    "view.title": Limit(24, "reference/views/modal-views"),
    "view.submit": Limit(24, "reference/views/modal-views"),
    "view.close": Limit(24, "reference/views/modal-views"),
    "view.private_metadata": Limit(3_000, "reference/views/modal-views"),
    "view.callback_id": Limit(255, "reference/views/modal-views"),
    "view.external_id": Limit(255, "reference/methods/views.open"),
    "view.size": Limit(250_000, "reference/methods/views.open"),
    "view.stack": Limit(3, "reference/methods/views.push"),
    "block_id": Limit(255, _BLOCK + "section-block"),
    "action_id": Limit(255, _ELEMENT + "button-element"),
    "section.text": Limit(3_000, _BLOCK + "section-block"),
    "section.fields": Limit(10, _BLOCK + "section-block"),
    "section.fields.text": Limit(2_000, _BLOCK + "section-block"),
    "header.text": Limit(150, _BLOCK + "header-block"),
    "context.elements": Limit(10, _BLOCK + "context-block"),
    "context.text": Limit(3_000, _OBJECT + "text-object"),
    "actions.elements": Limit(25, _BLOCK + "actions-block"),
    "context_actions.elements": Limit(5, _BLOCK + "context-actions-block"),
    "markdown.text": Limit(12_000, _BLOCK + "markdown-block"),
    "input.label": Limit(2_000, _BLOCK + "input-block"),
    "input.hint": Limit(2_000, _BLOCK + "input-block"),
    "image.image_url": Limit(3_000, _BLOCK + "image-block"),
    "image.alt_text": Limit(2_000, _BLOCK + "image-block"),
    "image.title": Limit(2_000, _BLOCK + "image-block"),
    "table.rows": Limit(100, _BLOCK + "table-block"),
    "table.cells": Limit(20, _BLOCK + "table-block"),
    "button.text": Limit(75, _ELEMENT + "button-element"),
    "button.value": Limit(2_000, _ELEMENT + "button-element"),
    "button.url": Limit(3_000, _ELEMENT + "button-element"),
    "button.accessibility_label": Limit(75, _ELEMENT + "button-element"),
    "feedback.text": Limit(75, _ELEMENT + "feedback-buttons-element"),
    "feedback.value": Limit(2_000, _ELEMENT + "feedback-buttons-element"),
    "placeholder": Limit(150, _ELEMENT + "select-menu-element"),
    "select.options": Limit(100, _ELEMENT + "select-menu-element"),
    "select.option_groups": Limit(100, _ELEMENT + "select-menu-element"),
    "overflow.options": Limit(5, _ELEMENT + "overflow-menu-element"),
    "radio_buttons.options": Limit(10, _ELEMENT + "radio-button-group-element"),
    "checkboxes.options": Limit(10, _ELEMENT + "checkboxes-element"),
    "plain_text_input.max_length": Limit(3_000, _ELEMENT + "plain-text-input-element"),
    "option.text": Limit(75, _OBJECT + "option-object"),
    "option.value": Limit(150, _OBJECT + "option-object"),
    "option.description": Limit(75, _OBJECT + "option-object"),
    "option_group.label": Limit(75, _OBJECT + "option-group-object"),
    "confirm.title": Limit(100, _OBJECT + "confirmation-dialog-object"),
    "confirm.text": Limit(300, _OBJECT + "confirmation-dialog-object"),
    "confirm.confirm": Limit(30, _OBJECT + "confirmation-dialog-object"),
    "confirm.deny": Limit(30, _OBJECT + "confirmation-dialog-object"),
    "prompts": Limit(4, "reference/methods/assistant.threads.setSuggestedPrompts"),
    "scopes": Limit(9, ""),  # not Slack's: what the project promises administrators to ask for
    "response_url.uses": Limit(5, "interactivity/handling-user-interaction"),
    "response_url.minutes": Limit(30, "interactivity/handling-user-interaction"),
    "trigger_id.seconds": Limit(3, "interactivity/handling-user-interaction"),
    "ack.seconds": Limit(3, "apis/events-api"),
}
