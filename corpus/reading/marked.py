"""HTML, through Beautiful Soup, and Markdown, through markdown-it: headings, paragraphs, lists and tables."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from corpus.reading.blocks import Blocks
from corpus.reading.document import Read
from corpus.reading.plain import decoded

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEAVES = {"p", "dt", "dd", "blockquote", "pre", "figcaption", "summary", "caption"}
_UNSEEN = {"script", "style", "noscript", "template", "head", "nav"}
_BLOCKS = {"p", "div", "ul", "ol", "table", "section", "article", "dl", "blockquote", "pre", *_HEADINGS}


def read_html(path: Path) -> Read:
    """Return the text of a web page as it would be read, without menus, scripts and styles."""
    return _read(decoded(path))


def read_markdown(path: Path) -> Read:
    """Return the text of a Markdown file, without its marks."""
    from markdown_it import MarkdownIt

    return _read(MarkdownIt("commonmark", {"html": False}).enable("table").render(decoded(path)))


def _read(html: str) -> Read:
    blocks = Blocks()
    _walk(BeautifulSoup(html, "html.parser"), blocks)
    return blocks.read()


def _walk(node: Tag, blocks: Blocks) -> None:
    run: list[str] = []  # words that stand in no block of their own

    def flush() -> None:
        blocks.paragraph(" ".join(run))
        run.clear()

    for child in node.children:
        if isinstance(child, PreformattedString):  # comments, declarations
            continue
        if isinstance(child, NavigableString):
            run.append(str(child))
        elif not isinstance(child, Tag) or child.name in _UNSEEN:
            continue
        elif child.name == "br":
            run.append(" ")
        elif child.name in _HEADINGS or child.name in _LEAVES or child.name in ("li", "table") or _holds_blocks(child):
            flush()
            _block(child, blocks)
        else:
            run.append(child.get_text())
    flush()


def _block(node: Tag, blocks: Blocks) -> None:
    if node.name in _HEADINGS:
        blocks.heading(node.get_text(" "), _HEADINGS[node.name])
    elif node.name == "table":
        for row in node.find_all("tr"):
            blocks.row([cell.get_text(" ") for cell in row.find_all(["td", "th"])])
        blocks.end_table()
    elif node.name == "li":
        own = [child for child in node.children if not (isinstance(child, Tag) and child.name in ("ul", "ol"))]
        text = " ".join(child.get_text() for child in own)
        number = _number(node)
        if number is None:
            blocks.item(text)
        else:
            blocks.paragraph(f"{number}. {text}")
        for inner in node.find_all(["ul", "ol"], recursive=False):
            _walk(inner, blocks)
    elif _holds_blocks(node):
        _walk(node, blocks)
    else:
        blocks.paragraph(node.get_text())


def _number(item: Tag) -> int | None:
    """Return the number that a browser shows before a list item; None in a list of bullets."""
    parent = item.parent
    if parent is None or parent.name != "ol":
        return None
    start = str(parent.get("start", "1"))
    return (int(start) if start.isdigit() else 1) + len(item.find_previous_siblings("li"))


def _holds_blocks(node: Tag) -> bool:
    return node.name in _BLOCKS - _LEAVES - set(_HEADINGS) or node.find(list(_BLOCKS)) is not None
