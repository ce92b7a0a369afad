"""Slack's mrkdwn as safe HTML: only the mark-up listed here becomes an element, all the rest is text.

>>> to_html("*Due* _soon_: ~Monday~ `x` &lt;b&gt;")
Markup('<p><b>Due</b> <i>soon</i>: <s>Monday</s> <code>x</code> &lt;b&gt;</p>')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.local.page.html import join, link, tag

LONDON = ZoneInfo("Europe/London")
_FENCE = re.compile(r"```(.*?)```", re.DOTALL)
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<control>[^<>\n]+)>"
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
_QUOTE = re.compile(r"(?:&gt;|>) ?(.*)")
_BULLET = re.compile(r"\s*(?:[•◦▪‣]|-(?= )|\*(?= ))\s*(.*)")
_DATE = re.compile(r"!date\^(\d{1,12})\^([^^|]*)(?:\^[^|]*)?")
_ELEMENTS = {"bold": "b", "italic": "i", "strike": "s"}
_DATE_WORDS = {
    "{date_num}": "%d/%m/%Y",
    "{date}": "%-d %B %Y",
    "{date_short}": "%-d %b %Y",
    "{date_long}": "%A %-d %B %Y",
    "{date_pretty}": "%-d %B %Y",
    "{date_short_pretty}": "%-d %b %Y",
    "{date_long_pretty}": "%A %-d %B %Y",
    "{time}": "%H:%M",
    "{time_secs}": "%H:%M:%S",
}


@dataclass(frozen=True)
class Names:
    """How people and channels are called: id → name."""

    users: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


def to_html(text: str, names: Names | None = None) -> Markup:
    """A whole text: paragraphs, quotations, lists and preformatted parts.

    >>> to_html("• one\\n• two\\n&gt; said")
    Markup('<ul><li>one</li><li>two</li></ul><blockquote>said</blockquote>')
    """
    names = names or Names()
    parts = _FENCE.split(text)  # odd places are between fences
    return join(
        tag("pre", _plain(part.strip("\n"))) if place % 2 else join(_blocks(part, names))
        for place, part in enumerate(parts)
        if part.strip()
    )


def inline(text: str, names: Names | None = None) -> Markup:
    """One line's mark-up, without paragraphs.

    >>> inline("<@U1> and <!channel>, see <https://a.example|here>", Names({"U1": "Wren Sample"}))[:63]
    Markup('<span class="mention">@Wren Sample</span> and <span class="ment')
    """
    return join(_pieces(text, names or Names()))


def plain_words(text: str, names: Names | None = None) -> str:
    """The words alone, for a label or a notification.

    >>> plain_words("*Late* &amp; <https://a.example|linked>")
    'Late & linked'
    """
    return inline(text, names).striptags()


def unescape(text: str) -> str:
    """Undo the three escapes that Slack's texts carry.

    >>> unescape("mum &amp; dad &lt;3 &amp;lt;")
    'mum & dad <3 &lt;'
    """
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _blocks(text: str, names: Names) -> Iterator[Markup]:
    lines = [_kind_of(line) for line in text.strip("\n").split("\n")]
    for kind, group in groupby(lines, key=lambda line: line[0]):
        contents = [content for _, content in group]
        if kind == "quote":
            yield tag("blockquote", _lines(contents, names))
        elif kind == "bullet":
            yield tag("ul", *(tag("li", inline(content, names)) for content in contents))
        elif kind == "text":
            yield tag("p", _lines(contents, names))


def _kind_of(line: str) -> tuple[str, str]:
    if not line.strip():
        return "blank", ""
    if found := _QUOTE.fullmatch(line):
        return "quote", found[1]
    if found := _BULLET.fullmatch(line):
        return "bullet", found[1]
    return "text", line


def _lines(lines: list[str], names: Names) -> Markup:
    return join((inline(line, names) for line in lines), "<br>")


def _pieces(text: str, names: Names) -> Iterator[Markup | str]:
    end = 0
    for found in _INLINE.finditer(text):
        yield unescape(text[end : found.start()])
        end = found.end()
        kind, inner = found.lastgroup, found[found.lastgroup or 0]
        if kind == "code":
            yield tag("code", _plain(inner))
        elif kind == "control":
            yield _control(inner, names)
        else:
            yield tag(_ELEMENTS[str(kind)], inline(inner, names))
    yield unescape(text[end:])


def _control(inner: str, names: Names) -> Markup:
    """What stands between angle brackets: a mention, a channel, a date, a link; anything else is shown as it is."""
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        return tag("span", "@" + (names.users.get(target[1:]) or unescape(label) or target[1:]), class_="mention")
    if target.startswith("#"):
        return tag("span", "#" + (names.channels.get(target[1:]) or unescape(label) or target[1:]), class_="mention")
    if target.startswith("!date^"):
        return _date(target, unescape(label))
    if target.startswith("!"):  # <!here>: nobody is pinged on this page; it is shown and does nothing
        words = unescape(label) or "@" + target[1:].partition("^")[0]
        return tag("span", words, class_="mention")
    if ":" in target:
        return link(unescape(target), unescape(label) or unescape(target))
    return tag("span", f"<{unescape(inner)}>")


def _date(target: str, label: str) -> Markup:
    found = _DATE.fullmatch(target)
    if found is None:
        return tag("span", label or target)
    moment = datetime.fromtimestamp(int(found[1]), UTC).astimezone(LONDON)
    words = unescape(found[2])
    for token, shape in _DATE_WORDS.items():
        words = words.replace(token, moment.strftime(shape))
    return tag("time", words or label, datetime=moment.isoformat())


def _plain(text: str) -> str:
    """Text inside code, where links and mentions are shown by their words."""
    return unescape(re.sub(r"<([^<>|]+)\|?([^<>]*)>", lambda found: found[2] or found[1], text))
