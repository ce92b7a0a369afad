"""What a person sees at one moment, as a value: the places at the side, the conversation, the thread, the dialog."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from markupsafe import Markup

from bot.local.model import Channel, Message, User, View
from bot.local.page.blocks import draw
from bot.local.page.html import tag
from bot.local.page.look import Look
from bot.local.page.mrkdwn import LONDON, Names
from bot.local.page.talk import Item, Talk, conversation, item
from bot.local.world import World
from bot.messages import page as say

HOME = "home"


@dataclass(frozen=True)
class Place:
    """Something at the side that can be gone to: a channel, the direct message, the Home tab."""

    id: str
    name: str
    url: str
    kind: str
    current: bool = False
    unread: bool = False


@dataclass(frozen=True)
class Dialog:
    """An open dialog. `key` changes when the app shows another one in its place."""

    key: str
    view_id: str
    title: str
    body: Markup
    submit: str
    close: str


@dataclass(frozen=True)
class Scene:
    """All that the page shows. `thread` is None while no thread is open; `at` is a channel's id or `home`."""

    viewer: User
    people: tuple[User, ...]
    at: str
    kind: str
    title: str
    topic: str
    places: tuple[Place, ...]
    items: tuple[Item, ...]
    thread: tuple[Item, ...] | None = None
    thread_ts: str = ""
    dialog: Dialog | None = None
    prompts: tuple[tuple[str, str], ...] = ()
    version: int = 0
    url: str = ""


def scene(world: World, viewer: str, at: str, thread_ts: str = "", seen: Mapping[str, str] | None = None) -> Scene:
    """Look at *world* as *viewer*; where *at* or *thread_ts* is not theirs to see, at the first channel instead."""
    version = world.version  # first: what changes meanwhile makes for one look too many, never for one too few
    users = {user.id: user for user in world.users()}
    person = users[viewer]
    im = world.open_im(viewer)
    channels = {channel.id: channel for channel in world.channels(viewer)}
    if at != HOME and at not in channels:
        at = next((id for id, channel in channels.items() if not channel.is_im), im)
    names = _names(users, channels)
    today = world.clock.now().astimezone(LONDON).date()
    talk = Talk(users, names, viewer, today, thread_url=url_of(viewer, at, thread="{ts}"))
    channel = channels.get(at)
    replies = _thread(world, channel, thread_ts, viewer)
    return Scene(
        viewer=person,
        people=tuple(user for user in users.values() if not user.is_bot),
        at=at,
        kind="home" if channel is None else "im" if channel.is_im else "channel",
        title=_title(channel, names),
        topic=channel.topic if channel else "",
        places=tuple(_places(world, channels, viewer, at, seen or {})),
        items=tuple(_home(world, viewer, talk) if channel is None else _channel(world, channel, viewer, talk)),
        thread=tuple(conversation(replies, replace(talk, place="thread", thread_url=""))) if replies else None,
        thread_ts=thread_ts if replies else "",
        dialog=_dialog(world.modal(viewer), talk.look),
        prompts=world.prompts(at).prompts if channel and channel.is_im else (),
        version=version,
        url=url_of(viewer, at),
    )


def url_of(viewer: str, at: str, thread: str = "") -> str:
    """The address of a place, as seen by somebody.

    >>> url_of("U1", "C1", "{ts}")
    '/?as=U1&at=C1&thread={ts}'
    """
    query = {"as": viewer, "at": at} | ({"thread": thread} if thread else {})
    return "/?" + urlencode(query, safe="{}")


def latest_ts(world: World, channel: str, viewer: str) -> str:
    """The ts of the last thing said in a channel, replies included; empty where nothing has been."""
    found = world.messages(channel, viewer=viewer)
    return max((max(one.ts, one.latest_reply or "") for one in found), default="")


def _names(users: Mapping[str, User], channels: Mapping[str, Channel]) -> Names:
    called = {channel.id: channel.name for channel in channels.values() if not channel.is_im}
    return Names({user.id: user.name for user in users.values()}, called)


def _title(channel: Channel | None, names: Names) -> str:
    if channel is None:
        return say.APP_HOME
    return "Signpost" if channel.is_im else f"#{channel.name}"


def _places(
    world: World, channels: Mapping[str, Channel], viewer: str, at: str, seen: Mapping[str, str]
) -> list[Place]:
    places = [Place(HOME, say.APP_HOME, url_of(viewer, HOME), "home", at == HOME)]
    for id, channel in channels.items():
        unread = id != at and latest_ts(world, id, viewer) > seen.get(id, "")
        name = world.install.app_name if channel.is_im else channel.name
        places.append(Place(id, name, url_of(viewer, id), "im" if channel.is_im else "channel", id == at, unread))
    return places


def _channel(world: World, channel: Channel, viewer: str, talk: Talk) -> list[Item]:
    messages = world.messages(channel.id, viewer=viewer)
    if channel.is_im:  # the bot answers in threads; between two, they are read where they were asked
        nested = {one.ts: world.messages(channel.id, one.ts, viewer)[1:] for one in messages if one.reply_count}
        talk = replace(talk, nested=nested)
    return conversation(messages, talk)


def _thread(world: World, channel: Channel | None, thread_ts: str, viewer: str) -> list[Message]:
    if channel is None or not thread_ts:
        return []
    found = world.messages(channel.id, thread_ts, viewer)
    return found if found and found[0].ts == thread_ts else []


def _home(world: World, viewer: str, talk: Talk) -> list[Item]:
    view = world.home(viewer)
    if view is None:
        return [item("home", tag("p", say.HOME_LOADING, class_="quiet"))]
    look = replace(talk.look, place="home", state=view.state)
    return [item("home", tag("div", draw(view.blocks, look), class_="home-tab", data_view=view.id))]


def _dialog(view: View | None, look: Look) -> Dialog | None:
    if view is None:
        return None
    body = draw(view.blocks, replace(look, place="dialog", state=view.state, errors=view.errors))
    words = [(view.payload.get(name) or {}).get("text") or "" for name in ("submit", "close")]
    key = hashlib.blake2s(f"{view.id} {view.hash}".encode(), digest_size=8).hexdigest()
    return Dialog(key, view.id, view.title, body, words[0], words[1] or say.CLOSE)
