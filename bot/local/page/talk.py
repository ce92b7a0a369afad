"""A conversation as HTML: messages with their sender, time, blocks and threads, and the days between them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from markupsafe import Markup

from bot.answers.dates import long_date
from bot.local.model import Message, User
from bot.local.page.blocks import draw
from bot.local.page.html import dom_id, hidden, join, tag
from bot.local.page.look import Look
from bot.local.page.mrkdwn import LONDON, Names, plain_words, to_html
from bot.messages import page as say

_HUES = 6
_TOGETHER = timedelta(minutes=5)


@dataclass(frozen=True)
class Item:
    """One thing in a list on the page. `key` changes when the thing looks different, so that only that is redrawn."""

    id: str
    html: Markup
    key: str
    said_by_bot: bool = False
    words: str = ""
    ts: str = ""
    thread: str = ""


@dataclass(frozen=True)
class Talk:
    """How a list of messages is shown: to whom, when, where on the page, and where its threads open.

    `thread_url`: the address that opens a thread, with `{ts}` in it; empty inside a thread.
    `nested`: replies stand under their message (a direct message), instead of behind a link.
    """

    users: Mapping[str, User]
    names: Names
    viewer: str
    today: date
    place: str = "main"
    thread_url: str = ""
    nested: Mapping[str, Sequence[Message]] = field(default_factory=dict)

    @property
    def look(self) -> Look:
        """What drawing blocks needs."""
        people = tuple((user.id, user.name) for user in self.users.values() if not user.is_bot)
        return Look(self.names, self.place, people)


def item(id: str, html: Markup, **more: str | bool) -> Item:
    """An item, with its key made from how it looks."""
    return replace(Item(id, html, hashlib.blake2s(html.encode(), digest_size=8).hexdigest()), **more)  # type: ignore[arg-type]


def conversation(messages: Sequence[Message], talk: Talk) -> list[Item]:
    """Messages, oldest first, with a line before the first of each day and replies under them where they are nested."""
    items: list[Item] = []
    before: Message | None = None
    last_day: date | None = None
    for message in messages:
        day = moment_of(message.ts).date()
        if day != last_day:
            items.append(item(dom_id(talk.place, "day", day), _day_line(day, talk.today)))
            before, last_day = None, day
        items.append(_message(message, talk, joined=_joins(before, message)))
        nested = talk.nested.get(message.ts, ())
        items += [_message(reply, talk, nested=True) for reply in nested]
        if nested and talk.thread_url:
            items.append(_follow_up(message, talk))
        before = message if not nested else None
    return items


def moment_of(ts: str) -> datetime:
    """The moment of a message's ts, in London.

    >>> moment_of("1780300800.000100").isoformat()
    '2026-06-01T09:00:00.000100+01:00'
    """
    return datetime.fromtimestamp(float(ts), UTC).astimezone(LONDON)


def initials(name: str) -> str:
    """Two letters for a picture.

    >>> initials("Wren Sample"), initials("ash")
    ('WS', 'A')
    """
    return "".join(word[0] for word in name.split()[:2]).upper()


def avatar(user: User | None, id: str) -> Markup:
    """A person's picture: initials on one of six colours; the app's is its sign."""
    if user is not None and user.is_bot:
        return tag("span", class_="avatar avatar-app", aria_hidden="true")
    hue = sum(map(ord, user.name if user else id)) % _HUES
    return tag("span", initials(user.name if user else "?"), class_=f"avatar hue-{hue}", aria_hidden="true")


def _joins(before: Message | None, message: Message) -> bool:
    """Whether a message stands together with the one before it: the same person, soon after."""
    if before is None or before.user != message.user or before.visible_to or message.visible_to or before.reply_count:
        return False
    return moment_of(message.ts) - moment_of(before.ts) < _TOGETHER and not message.blocks


def _message(message: Message, talk: Talk, joined: bool = False, nested: bool = False) -> Item:
    user = talk.users.get(message.user)
    id = dom_id(talk.place, message.ts)
    body = draw(message.blocks, replace(talk.look, place=id)) if message.blocks else to_html(message.text, talk.names)
    said = tag(
        "div",
        None if joined else _head(message, user),
        tag("div", body, class_="body text" if not message.blocks else "body"),
        tag("span", f"({say.EDITED})", class_="edited") if message.edited and not message.blocks else None,
        None if nested else _thread_link(message, talk),
        class_="said",
    )
    kinds = ("msg", "joined" if joined else "", "nested" if nested else "", "private" if message.visible_to else "")
    html = tag(
        "article",
        hidden(f"{user.name if user else message.user}:") if joined else avatar(user, message.user),
        said,
        id=id,
        class_=" ".join(filter(None, kinds)),
        data_ts=message.ts,
        data_channel=message.channel,
    )
    words = f"{user.name if user else ''}: {plain_words(message.text, talk.names)}"
    thread = message.thread_ts or message.ts
    return item(id, html, said_by_bot=bool(user and user.is_bot), words=words[:300], ts=message.ts, thread=thread)


def _head(message: Message, user: User | None) -> Markup:
    moment = moment_of(message.ts)
    title = (
        tag("span", say.APP if user.is_bot else user.title, class_="badge" if user.is_bot else "job") if user else None
    )
    only = tag("span", say.ONLY_YOU, class_="only-you") if message.visible_to else None
    return tag(
        "header",
        tag("b", user.name if user else message.user, class_="name"),
        title if user and (user.title or user.is_bot) else None,
        tag("time", f"{moment:%H:%M}", datetime=moment.isoformat(timespec="seconds"), title=long_date(moment.date())),
        only,
    )


def _thread_link(message: Message, talk: Talk) -> Markup | None:
    """The way into a message's thread; none from within a thread, nor where only one person sees the message."""
    if not talk.thread_url or message.visible_to or talk.nested.get(message.ts):
        return None
    url = talk.thread_url.format(ts=message.ts)
    if not message.reply_count:
        return tag("a", say.REPLY, href=url, class_="reply-link", data_go=True)
    faces = [avatar(talk.users.get(id), id) for id in message.reply_users[:3]]
    clock = f"{moment_of(message.latest_reply):%H:%M}" if message.latest_reply else ""
    last = tag("span", say.last_reply(clock), class_="last") if clock else None
    words = tag("span", say.replies(message.reply_count), class_="count")
    return tag("a", *faces, words, last, href=url, class_="replies-link", data_go=True)


def _follow_up(message: Message, talk: Talk) -> Item:
    url = talk.thread_url.format(ts=message.ts)
    html = tag("p", tag("a", say.FOLLOW_UP, href=url, data_go=True), class_="follow-up")
    id = dom_id(talk.place, message.ts, "follow")
    return item(id, tag("div", html, id=id, class_="msg nested"))


def _day_line(day: date, today: date) -> Markup:
    words = {today: say.TODAY, today - timedelta(days=1): say.YESTERDAY}.get(day, long_date(day))
    return tag("h2", tag("span", words), class_="day")


def joined_html(items: Sequence[Item]) -> Markup:
    """All items, each in a frame that carries its id and key."""
    return join(_framed(one) for one in items)


def _framed(one: Item) -> Markup:
    return tag("div", one.html, id=f"i-{one.id}", data_key=one.key, class_="item")
