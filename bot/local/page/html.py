"""HTML that is safe by construction: every text and every attribute is escaped, unless it is HTML made here already.

>>> tag("p", "1 < 2 & 3", class_="note", data_press="a\\"b")
Markup('<p class="note" data-press="a&#34;b">1 &lt; 2 &amp; 3</p>')
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape

_VOID = frozenset({"br", "hr", "img", "input"})
_LINKS = ("https://", "http://", "mailto:", "tel:")

Child = str | Markup | None
Attribute = str | int | bool | None


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """One element. ``class_`` is written ``class``, ``data_press`` ``data-press``; None and False leave one out."""
    opened = Markup("<{}").format(name) + join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return opened + Markup(">")
    return opened + Markup(">") + join(children) + Markup("</{}>").format(name)


def join(children: Iterable[Child], between: str = "") -> Markup:
    """Children one after another, each escaped unless it is HTML already; None is nothing.

    >>> join(["<b>", tag("b", "x"), None])
    Markup('&lt;b&gt;<b>x</b>')
    """
    return Markup(between).join(escape(child) for child in children if child is not None)


def hidden(text: str) -> Markup:
    """Words for those who listen and do not look."""
    return tag("span", text, class_="unseen")


def link(url: str, *children: Child, **attributes: Attribute) -> Markup:
    """A link that opens apart from the page; other schemes than the web's, mail and telephone are shown, not linked.

    >>> link("javascript:alert(1)", "x")
    Markup('<span>x</span>')
    """
    if not is_linkable(url):
        return tag("span", *children, **attributes)
    return tag("a", *children, href=url, target="_blank", rel="noopener noreferrer nofollow", **attributes)


def is_linkable(url: str) -> bool:
    """Whether a URL may be followed from the page."""
    return url.lower().startswith(_LINKS)


def dom_id(*parts: Any) -> str:  # noqa: ANN401 - anything that has a str
    """An id from parts: letters, digits and dashes only, so that it needs no escaping anywhere.

    >>> dom_id("m", "1780.000100", 2)
    'm-1780-000100-2'
    """
    whole = "-".join(str(part) for part in parts)
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in whole)


def _attribute(key: str, value: Attribute) -> Markup | None:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return None
    return Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value)
