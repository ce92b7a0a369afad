"""The dialogs: what was done, until when to be left alone, a new case, a channel's set-up, the working. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.messages import cases as say
from bot.messages import slack as words
from bot.slack.blocks import Block, bold, context, date_picker, escape, fitted, plain, section, shorten
from bot.slack.limits import LIMITS, checked_view

View = dict[str, Any]
_MOST_SECTIONS = 40
_MOST_OPTIONS = LIMITS["select.options"].most


def notice(title: str, paragraphs: Sequence[str], small_print: str | None = None) -> View:
    """A dialog that only says something: plain words, a section each, cut at Slack's 3,000 characters."""
    pieces = [piece for text in paragraphs for piece in _pieces(text)]
    blocks = [section(escape(piece)) for piece in pieces[:_MOST_SECTIONS]]
    if small_print:
        blocks.append(context(fitted(small_print, 1_500)))
    view = {"type": "modal", "title": plain(shorten(title, 24)), "close": plain(words.CLOSE), "blocks": blocks}
    return checked_view(view)


def working(lines: Sequence[str]) -> View:
    """The working of a date, step by step."""
    return notice(words.WORKING, ["\n".join(f"• {line}" for line in lines)])


def done(title: str, ref: str, events: Mapping[str, str], today: date, needs_time: bool, private: str) -> View:
    """What was done, and when; *events* are the names that can meet the duty and how each is called."""
    blocks = [section(f"{bold(title)} · {fitted(ref, 80)}")]
    if len(events) > 1:
        blocks.append(_select("event", say.which_event(), events))
    called = next(iter(events.values())) if len(events) == 1 else title
    blocks.append(_field("day", say.when_did_it_happen(called), date_picker("value", today)))
    if needs_time:
        blocks.append(_field("time", say.at_what_time(), {"type": "timepicker", "action_id": "value"}))
    return _form("done_submit", say.done_title(), blocks, private)


def moment(question: str, today: date, private: str) -> View:
    """The day and the hour that an answer waits for."""
    blocks = [
        _field("day", question, date_picker("value", today)),
        _field("time", say.at_what_time(), {"type": "timepicker", "action_id": "value"}),
    ]
    return _form("moment_submit", words.GIVE_DATE, blocks, private)


def snooze(title: str, ref: str, until: date, private: str) -> View:
    """Until when to be left alone about a duty."""
    blocks = [_field("day", say.snooze_until(title, ref), date_picker("value", until))]
    return _form("snooze_submit", say.snooze_title(), blocks, private)


def record(ref: str, events: Mapping[str, str], today: date, private: str) -> View:
    """Anything that happened on a case."""
    blocks = [
        section(bold(say.case_title(ref))),
        _select("event", say.which_event(), events),
        _field("day", say.when_label(), date_picker("value", today)),
        _field("time", say.at_what_time(), {"type": "timepicker", "action_id": "value"}, optional=True),
    ]
    return _form("record_submit", words.RECORD, blocks, private)


def new_case(teams: Mapping[str, str], events: Mapping[str, str], user: str, today: date) -> View:
    """A new case: its reference, its worker, and the first thing that happened. *teams*: id → name."""
    text = {"type": "plain_text_input", "action_id": "value", "max_length": 40}
    blocks = []
    if len(teams) > 1:
        blocks.append(_select("team", say.which_team(), teams))
    blocks += [
        _field("ref", say.which_reference(), text, hint=say.bad_reference()),
        _field("worker", say.which_worker(), {"type": "users_select", "action_id": "value", "initial_user": user}),
        _select("event", say.which_event(), events),
        _field("day", say.when_label(), date_picker("value", today)),
    ]
    only = next(iter(teams)) if len(teams) == 1 else ""
    return _form("new_case_submit", words.ADD_CASE, blocks, json.dumps({"team": only}))


def setup(name: str, councils: Mapping[str, str], council: str | None, hour: int, private: str) -> View:
    """A channel's team: name, council, hour of the digest, whom to tell when something stays overdue."""
    name_field = {"type": "plain_text_input", "action_id": "value", "max_length": 100}
    name_field |= {"initial_value": shorten(name, 100)} if name.strip() else {}
    hours = {str(each): f"{each}:00" for each in sorted({*range(6, 13), hour})}
    blocks = [
        _field("name", say.team_name(), name_field),
        _select("council", say.which_council(), councils, council),
        _select("hour", say.which_hour(), hours, str(hour)),
        _field("escalate", say.escalate_to(), {"type": "users_select", "action_id": "value"}, optional=True),
    ]
    return _form("setup_submit", say.setup_title(), blocks, private)


def errors_of(problems: Mapping[str, str]) -> dict[str, Any]:
    """The acknowledgement that shows a sentence under each field that is wrong."""
    return {"response_action": "errors", "errors": dict(problems)}


def _form(callback: str, title: str, blocks: list[Block], private: str) -> View:
    view = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(shorten(title, 24)),
        "submit": plain(words.SAVE),
        "close": plain(words.CLOSE),
        "private_metadata": private,
        "blocks": blocks,
    }
    return checked_view(view)


def _field(block_id: str, label: str, element: Block, hint: str | None = None, optional: bool = False) -> Block:
    block: Block = {"type": "input", "block_id": block_id, "label": plain(shorten(label, 150)), "element": element}
    if hint:
        block["hint"] = plain(hint)
    return block | {"optional": True} if optional else block


def _select(block_id: str, label: str, options: Mapping[str, str], chosen: str | None = None) -> Block:
    listed = [{"text": plain(shorten(text, 75)), "value": value} for value, text in options.items()]
    element: Block = {"type": "static_select", "action_id": "value"}
    element |= {"options": listed} if len(listed) <= _MOST_OPTIONS else {"option_groups": _by_letter(listed)}
    initial = next((option for option in listed if option["value"] == chosen), None)
    return _field(block_id, label, element | {"initial_option": initial} if initial else element)


def _by_letter(options: list[Block]) -> list[Block]:
    """Options under their first letters: Slack lists a hundred in one go, and a hundred groups of a hundred."""
    groups: dict[str, list[Block]] = {}
    for option in options:
        groups.setdefault(option["text"]["text"][:1].upper(), []).append(option)
    return [{"label": plain(letter), "options": listed} for letter, listed in groups.items()]


def _pieces(text: str) -> list[str]:
    """A text in pieces that are at most 2,800 characters once escaped, cut at line ends where there are any."""
    pieces: list[str] = []
    for line in text.split("\n"):
        if pieces and len(escape(pieces[-1])) + len(escape(line)) < 2_800:
            pieces[-1] += f"\n{line}"
        else:
            step = 2_800 if len(escape(line)) <= 2_800 else 560  # an escaped character is at most five
            pieces.extend(line[start : start + step] for start in range(0, max(len(line), 1), step))
    return [piece for piece in pieces if piece.strip()]
