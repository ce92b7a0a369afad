"""What people and documents write on the page: Slack's mark-up drawn, everything else plain text, whatever it is."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.local.page import rich
from bot.local.page.html import dom_id, link, tag
from bot.local.page.look import Look
from bot.local.page.mrkdwn import Names, inline, plain_words, to_html

NAMES = Names({"U0WREN": "Wren Sample"}, {"C0TEAM": "riverbank-team"})
TAGS = {"p", "b", "i", "s", "code", "pre", "blockquote", "ul", "ol", "li", "br", "a", "span", "time"}
ATTRIBUTES = {"class", "href", "target", "rel", "datetime"}
SCHEMES = ("https://", "http://", "mailto:", "tel:")
# Letters that mean something to Slack or to a browser come often, so that they meet in every way.
PIECES = ("javascript:", "<script>", "&lt;", "onerror=", *"*_~`<>&\"'=/|!@#^:;()-• \nabU0")
NASTY = some.lists(some.sampled_from(PIECES), max_size=40).map("".join)


class Reader(HTMLParser):
    """Reads HTML as a browser would: every tag and attribute there is, and the words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(str(html))  # a Markup would escape what is read from it
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("br", "hr", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "elements overlap"

    def handle_data(self, data: str) -> None:
        self.words += data


def harmless(html: str) -> Reader:
    """Check that nothing but the few elements of mark-up came out, and links only to where one may go."""
    read = Reader(html)
    assert set(read.tags) <= TAGS
    assert {name for name, _ in read.attributes} <= ATTRIBUTES
    assert all(value.lower().startswith(SCHEMES) for name, value in read.attributes if name == "href")
    assert not read.open
    return read


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _italic_ ~gone~", "<p><b>bold</b> <i>italic</i> <s>gone</s></p>"),
        ("2*3*4 snake_case_name", "<p>2*3*4 snake_case_name</p>"),
        ("*not bold\n*", "<p>*not bold<br>*</p>"),
        ("`*code*`", "<p><code>*code*</code></p>"),
        ("```\n&lt;b&gt; &amp; *x*\n```", "<pre>&lt;b&gt; &amp; *x*</pre>"),
        ("&gt; said\n&gt; more\nafter", "<blockquote>said<br>more</blockquote><p>after</p>"),
        ("• one\n• two", "<ul><li>one</li><li>two</li></ul>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("mum &amp; dad &lt;3", "<p>mum &amp; dad &lt;3</p>"),
        ("<@U0WREN>", '<p><span class="mention">@Wren Sample</span></p>'),
        ("<@U0NOBODY|ghost>", '<p><span class="mention">@ghost</span></p>'),
        ("<#C0TEAM>", '<p><span class="mention">#riverbank-team</span></p>'),
        ("<!here>", '<p><span class="mention">@here</span></p>'),
        ("<!subteam^S1|@night>", '<p><span class="mention">@night</span></p>'),
        ("<javascript:alert(1)|press>", "<p><span>press</span></p>"),
        (
            "<https://a.example/?x=1&amp;y=2|*there*>",
            '<p><a href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer nofollow">'
            "*there*</a></p>",
        ),
        (
            "<!date^1775120400^{date_long} at {time}|soon>",
            '<p><time datetime="2026-04-02T10:00:00+01:00">Thursday 2 April 2026 at 10:00</time></p>',
        ),
    ],
)
def test_mark_up_is_drawn_as_slack_draws_it(text: str, html: str) -> None:
    """A worker who reads a quotation must see what is quoted, bold or struck through as it was meant."""
    assert to_html(text, NAMES) == html


@given(NASTY)
@settings(max_examples=400)
def test_nothing_that_is_sent_becomes_markup(text: str) -> None:
    """A message that ran a script would act as whoever reads it."""
    harmless(to_html(text, NAMES))


@given(NASTY)
@settings(max_examples=400)
def test_nothing_that_is_typed_is_lost_or_becomes_markup(words: str) -> None:
    """A worker's own words, escaped as the workspace escapes them, come back word for word."""
    typed = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    marked = "*_~`>•-"
    read = harmless(to_html(typed, NAMES))
    kept = [letter for letter in read.words if not letter.isspace() and letter not in marked]
    assert kept == [letter for letter in words if not letter.isspace() and letter not in marked]


@given(NASTY)
def test_markdown_and_rich_text_are_as_harmless(text: str) -> None:
    """Whatever kind of block brings the words, they stay words."""
    harmless(rich.markdown({"text": text}, Look(NAMES)))
    parts: list[dict[str, Any]] = [{"type": "text", "text": text}, {"type": "link", "url": text, "text": text}]
    kinds = ("rich_text_section", "rich_text_quote", "rich_text_preformatted")
    blocks = [{"type": kind, "elements": parts} for kind in kinds]
    harmless(rich.rich_text({"elements": blocks}, Look(NAMES)))


@given(some.text(), some.text())
def test_texts_and_attributes_are_escaped(text: str, value: str) -> None:
    """Every element is made in one place, and that place escapes."""
    read = Reader(tag("b", text, title=value))
    assert read.tags == ["b"]
    assert [name for name, _ in read.attributes] == ["title"]


def test_labels_are_the_words_alone() -> None:
    """Somebody who listens hears words, not stars."""
    assert plain_words("*Late* for <@U0WREN>", NAMES) == "Late for @Wren Sample"
    assert inline("a `b` c", NAMES).striptags() == "a b c"


def test_ids_need_no_escaping() -> None:
    """A message's id is used in addresses and selectors."""
    assert dom_id("x y", '"><', 1.5) == "x-y-----1-5"


def test_only_web_mail_and_telephone_are_linked() -> None:
    """A link that runs something must not be there to press."""
    assert link("data:text/html,x", "x") == "<span>x</span>"
    assert link("tel:01904000000", "ring").startswith('<a href="tel:01904000000"')
