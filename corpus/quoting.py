"""What is shown of a passage: its whole paragraph where that is short, else whole sentences; the document's own words.

An entry's lines are tight, so that it can be found and checked; read alone they often begin or end inside a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

MOST = 600  # characters: what a person reads in one go
_FARTHEST = 6  # lines that a sentence is followed over
_ENDS = (".", "?", "!", ":", ";")


def passage(lines: Sequence[str], span: tuple[int, int]) -> str:
    """Return lines *span* (1-based, inclusive) as one run of text, white space folded.

    >>> passage(["a  b", "", "• c"], (1, 3))
    'a b • c'
    """
    return " ".join(" ".join(lines[span[0] - 1 : span[1]]).split())


def quotation(lines: Sequence[str], span: tuple[int, int], most: int = MOST) -> str:
    """Return the words to show for lines *span*: verbatim but for white space, "…" where they are cut.

    >>> page = ["Visits are made", "every week. They", "are recorded.", "", "Plans follow."]
    >>> quotation(page, (2, 2))
    'Visits are made every week. They are recorded.'
    >>> quotation(page, (2, 2), most=40)
    'Visits are made every week. They…'
    """
    paragraph = _paragraph(lines, span)
    if len(passage(lines, paragraph)) <= most:
        span = paragraph
    first, last = _whole_sentences(lines, span, most)
    text = passage(lines, (first, last))
    if len(text) > most:
        text = text[: most - 1].rsplit(" ", 1)[0]
        cut = True
    else:
        after = _neighbour(lines, last, 1)
        cut = after is not None and _is_inside(lines, after)
    return f"{'…' if _is_inside(lines, first) else ''}{text}{'…' if cut else ''}"


def _paragraph(lines: Sequence[str], span: tuple[int, int]) -> tuple[int, int]:
    """Return the run of lines without a blank one between that *span* stands in."""
    first, last = span
    while first > 1 and lines[first - 2].strip():
        first -= 1
    while last < len(lines) and lines[last].strip():
        last += 1
    return first, last


def _whole_sentences(lines: Sequence[str], span: tuple[int, int], most: int) -> tuple[int, int]:
    """Return *span* grown over the line ends that a sentence runs across, as far as *most* characters go."""
    first, last = span
    for _ in range(_FARTHEST):
        before = _neighbour(lines, first, -1)
        if before is None or not _is_inside(lines, first) or len(passage(lines, (before, last))) > most:
            break
        first = before
    for _ in range(_FARTHEST):
        after = _neighbour(lines, last, 1)
        if after is None or not _is_inside(lines, after) or len(passage(lines, (first, after))) > most:
            break
        last = after
    return first, last


def _is_inside(lines: Sequence[str], line: int) -> bool:
    """Return whether a line goes on with the sentence of the one before: that has no end, and this begins small."""
    before = _neighbour(lines, line, -1)
    if before is None or lines[before - 1].rstrip().endswith(_ENDS):
        return False
    start = lines[line - 1].lstrip()
    return bool(start) and (start[0].islower() or (start[0].isdigit() and before == line - 1))


def _neighbour(lines: Sequence[str], line: int, step: int) -> int | None:
    """Return the nearest line with words above (-1) or below (1), across one blank line at most."""
    for near in (line + step, line + 2 * step):
        if 1 <= near <= len(lines) and lines[near - 1].strip():
            return near
    return None
