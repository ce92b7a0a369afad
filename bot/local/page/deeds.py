"""What a person does on the page, done by the workspace's people: say, command, press, send in, close, look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from bot.local.elements import find
from bot.local.model import Ack, Json, Message, View
from bot.local.people import People
from bot.local.world import World
from bot.messages import page as say

MOST_CHARACTERS = 4_000
COMMAND = "/signpost"


class Here(Protocol):
    """A workspace: its state, and what people can do in it."""

    world: World
    people: People


class NotPossible(Exception):
    """What was asked for cannot be done; the message is for the person who asked."""


def do(here: Here, what: str, asked: Mapping[str, Any]) -> Json:
    """Do one thing; the answer says what went wrong, or what to wait for. All of *asked* is text from outside.

    Raises:
        NotPossible: there is no such thing to do, to press, or to be.
    """
    deed = _DEEDS.get(what)
    if deed is None or not isinstance(asked, Mapping):
        raise NotPossible(say.gone())
    viewer = _text(asked, "as")
    if viewer not in {user.id for user in here.world.users() if not user.is_bot}:
        raise NotPossible(say.gone())
    try:
        return deed(here, viewer, asked)
    except (ValueError, KeyError) as fault:
        raise NotPossible(say.gone()) from fault


def _say(here: Here, viewer: str, asked: Mapping[str, Any]) -> Json:
    channel, thread, words = _text(asked, "at"), _text(asked, "thread") or None, _text(asked, "text").strip()
    if not words:
        return {}
    if len(words) > MOST_CHARACTERS:
        raise NotPossible(say.too_long())
    if words.split(maxsplit=1)[0] == COMMAND:
        ack = here.people.command(viewer, channel, words, thread_ts=thread)
        return _outcome(ack)
    message = here.people.post(viewer, channel, here.people.typed(words), thread)
    return {"ts": message.ts, "thread": message.thread_ts or message.ts, "asked": _is_asked(here, message)}


def _is_asked(here: Here, message: Message) -> bool:
    """Whether Signpost will answer: always in a direct message and to a mention; in a thread, to what asks."""
    world = here.world
    if world.channel(message.channel).is_im or f"<@{world.install.bot_user_id}>" in message.text:
        return True
    if not message.thread_ts or not message.text.rstrip().endswith("?"):
        return False
    thread = world.messages(message.channel, message.thread_ts)
    return any(one.bot_id for one in thread) and "<@" not in message.text


def _press(here: Here, viewer: str, asked: Mapping[str, Any]) -> Json:
    where = _where(here, viewer, asked)
    block_id, action_id, value = _text(asked, "block"), _text(asked, "action"), asked.get("value")
    blocks = where.blocks if isinstance(where, View) else list(where.blocks)
    places = [block for block in blocks if block.get("block_id") == block_id]
    _, element = find(places, action_id, block_id, 0)
    return _outcome(here.people.press(viewer, where, action_id, block_id=block_id, **_chosen(element, value)))


def _chosen(element: Json, value: Any) -> dict[str, Any]:  # noqa: ANN401 - text or a list of texts
    """What was chosen, by the name the element's kind has for it."""
    names = {
        "datepicker": "selected_date",
        "timepicker": "selected_time",
        "users_select": "selected_user",
        "static_select": "selected_option",
        "radio_buttons": "selected_option",
        "overflow": "selected_option",
    }
    return {names.get(str(element.get("type")), "value"): value or None}


def _submit(here: Here, viewer: str, asked: Mapping[str, Any]) -> Json:
    view = _view(here, viewer, _text(asked, "view"))
    given = asked.get("values")
    values = {str(block): {"value": value or None} for block, value in given.items()} if isinstance(given, dict) else {}
    return _outcome(here.people.submit(viewer, view, values))


def _close(here: Here, viewer: str, asked: Mapping[str, Any]) -> Json:
    here.people.close(viewer, _view(here, viewer, _text(asked, "view")))
    return {}


def _look(here: Here, viewer: str, asked: Mapping[str, Any]) -> Json:
    here.people.open_home(viewer, "home" if asked.get("at") == "home" else "messages")
    return {}


def _where(here: Here, viewer: str, asked: Mapping[str, Any]) -> Message | View:
    if asked.get("view"):
        return _view(here, viewer, _text(asked, "view"))
    channel, ts = _text(asked, "channel"), _text(asked, "ts")
    message = here.world.message(channel, ts)
    inside = viewer in here.world.channel(channel).members
    if message is None or not inside or message.visible_to not in (None, viewer):
        raise NotPossible(say.gone())
    return message


def _view(here: Here, viewer: str, id: str) -> View:
    for view in (here.world.modal(viewer), here.world.home(viewer)):
        if view is not None and view.id == id:
            return view
    raise NotPossible(say.gone())


def _outcome(ack: Ack) -> Json:
    if ack.errors:
        return {"errors": dict(ack.errors)}
    return {"problem": say.not_answered(ack.error)} if ack.error else {}


def _text(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name)
    return value if isinstance(value, str) else ""


_Deed = Callable[[Here, str, Mapping[str, Any]], Json]
_DEEDS: dict[str, _Deed] = {"say": _say, "press": _press, "submit": _submit, "close": _close, "look": _look}
