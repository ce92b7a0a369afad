"""The words of the page that sets the councils' timescales side by side."""

from __future__ import annotations

from collections.abc import Sequence

SILENT = "–"
NATIONALLY = "Nationally"
_FORMS = {
    "after": "{much}",
    "by_day": "by day: {much}",
    "before": "{much} before",
    "every": "every {much}",
    "at_age": "at {much}",
    "duration": "more than {much}",
}


def opening(names: Sequence[str]) -> list[str]:
    """The page's title and how to read it."""
    return [
        "# The same duty in several councils",
        "",
        f"Made from the registers by `signpost rules table` ({', '.join(names)}). In brackets: the lines of the",
        "council's document, or the provision. Two limits in one cell: the document says both. Words in quotation",
        "marks: the document sets a time without a number. A dash: that document has nothing in the register for this",
        "duty.",
    ]


def limit(direction: str, much: str, times: int) -> str:
    """A limit in a cell.

    >>> limit("every", "6 months", 1), limit("every", "1 year", 2), limit("before", "3 working days", 1)
    ('every 6 months', '2 times a year', '3 working days before')
    """
    if direction == "every":
        each = much.removeprefix("1 ")
        return f"every {each}" if times == 1 else f"{times} times a {each}"
    return _FORMS[direction].format(much=much)
