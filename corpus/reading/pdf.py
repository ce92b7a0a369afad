"""PDF documents, through pdfminer.six: columns in reading order, without page furniture and hyphens at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTPage, LTTextContainer
from pdfminer.pdfdocument import PDFPasswordIncorrect

from corpus.errors import UnreadableDocument
from corpus.reading.document import Read

MARGIN = 0.07  # of a page's height, above and below: where headers and footers stand
EDGE = 3  # lines at the top and the bottom of a page among which headers and footers stand
OFTEN = 0.3  # of pages: what stands at the edge of so many, digits aside, is furniture
LEAST_CHARACTERS = 20  # a page with fewer, on the average, is a picture of a page
BULLET = "(cid:127)"  # how a bullet of the standard fonts comes out
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_DIGITS = re.compile(r"\d+")
_NUMBER_ONLY = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)


def read_pdf(path: Path) -> Read:
    """Return the text of a PDF.

    Raises:
        UnreadableDocument: protected by a password, damaged, or scanned without text.
    """
    pages = _pages(path)
    written = sum(len(line.strip()) for page in pages for line in page)
    if not pages or written < LEAST_CHARACTERS * len(pages):
        raise UnreadableDocument("holds pictures of pages and no text: have it made searchable (OCR) first.")
    lines: list[str] = []
    starts = []
    for page in _without_furniture(pages):
        starts.append(len(lines) + 1)
        lines += [*page, ""]
    return Read("\n".join(_joined(lines)), (), tuple(starts))


def _pages(path: Path) -> list[list[str]]:
    try:
        return [_lines(page) for page in extract_pages(str(path), laparams=LAParams(boxes_flow=None))]
    except PDFPasswordIncorrect as fault:
        raise UnreadableDocument("is protected by a password; save it without one.") from fault
    except MemoryError:
        raise
    except Exception as fault:  # pdfminer raises many kinds for a damaged file
        raise UnreadableDocument("is damaged: it cannot be opened as a PDF.") from fault


def _lines(page: LTPage) -> list[str]:
    """Return a page's lines, an empty one between its boxes of text."""
    boxes = [Box(box.x0, box.x1, box.y1, box.get_text()) for box in page if isinstance(box, LTTextContainer)]
    lines: list[str] = []
    for box in in_order([box for box in boxes if box.text.strip()], page.width, page.height):
        text = _UNKNOWN.sub("", box.text.replace(BULLET, "•")).rstrip("\n")
        lines += [*(line.rstrip() for line in text.split("\n")), ""]
    return lines[:-1]


class Box(NamedTuple):
    """A box of text: left, right and top edge, in points from the page's lower left corner."""

    left: float
    right: float
    top: float
    text: str


def in_order(boxes: Sequence[Box], width: float, height: float) -> list[Box]:
    """Return *boxes* as they are read: from the top down; between boxes across the page's middle, left ones first.

    What stands in the margin above or below goes first or last, on whichever side it stands.

    >>> page = [Box(10, 90, 90, "title"), Box(10, 45, 80, "a"), Box(55, 90, 80, "c"), Box(10, 45, 70, "b")]
    >>> [box.text for box in in_order([*page, Box(10, 20, 5, "7")], 100, 100)]
    ['title', 'a', 'b', 'c', '7']
    """
    middle = width / 2
    out: list[Box] = []
    left: list[Box] = []
    right: list[Box] = []
    for box in sorted(boxes, key=lambda box: (-box.top, box.left)):
        margin = not MARGIN * height < box.top < (1 - MARGIN) * height
        if margin or box.left < middle < box.right:
            out += [*left, *right, box]
            left, right = [], []
        else:
            (left if box.right <= middle else right).append(box)
    return [*out, *left, *right]


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without what stands at the top or bottom of many of them, whatever the page's number.

    >>> _without_furniture([["Manual", "One.", "1"], ["Manual", "Two.", "2"]])
    [['One.'], ['Two.']]
    """
    seen = Counter(mark for page in pages for mark in {_mark(page[place]) for place in _edges(page)})
    least = max(2, OFTEN * len(pages))
    out = []
    for page in pages:
        gone = {place for place in _edges(page) if seen[_mark(page[place])] >= least or _NUMBER_ONLY.match(page[place])}
        out.append([line for place, line in enumerate(page) if place not in gone])
    return out


def _edges(page: list[str]) -> list[int]:
    """Return the places of the first and last few lines with words."""
    written = [place for place, line in enumerate(page) if line.strip()]
    return sorted({*written[:EDGE], *written[-EDGE:]})


def _mark(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()).lower())


def _joined(lines: list[str]) -> list[str]:
    """Return *lines* with words put together that a hyphen parts at a line's end; the rest of the word moves up.

    The hyphen stays where the document has the word with it elsewhere ("multi-agency").

    >>> _joined(["an assess-", "ment by the multi-", "agency team", "multi-agency"])
    ['an assessment', 'by the multi-agency', 'team', 'multi-agency']
    """
    known = set(re.findall(r"[a-z]+-[a-z]+", " ".join(lines).lower()))
    out = list(lines)
    for place in range(len(out) - 1):
        cut = re.search(r"([A-Za-z]+)-$", out[place])
        rest = re.match(r"\s*([a-z]+)(\S*)\s*", out[place + 1])
        if cut and rest:
            hyphen = "-" if f"{cut[1]}-{rest[1]}".lower() in known else ""
            out[place] = f"{out[place][:-1]}{hyphen}{rest[1]}{rest[2]}"
            out[place + 1] = out[place + 1][rest.end() :]
    return out
