"""Time expressions in a document's text: what a duty with a limit would be said with.

Used to see that no timescale of a document has been passed over: every one found must stand in the lines of a rule, or
be listed as no duty with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty[- ]five|once|twice|an?"
)
_UNITS = r"(?:working|calendar|school)?\s*-?\s*(?:days?|hours?|hrs?|weeks?|months?|years?|minutes?)"
_FORMS = (
    rf"\b(?:\d+(?:[.,]\d+)?|{_NUMBERS})\s*(?:[¼½¾]|-)?\s*(?:\([^)]{{1,12}}\)\s*)?{_UNITS}\b",
    r"\b(?:day|week|month)\s+\d+\b",
    r"\b(?:\d+\s*[-/]?\s*(?:weekly|monthly|yearly|hourly))\b",
    r"\b(?:daily|weekly|fortnightly|monthly|quarterly|termly|annual(?:ly)?|yearly|half[- ]yearly|six[- ]monthly)\b",
    r"\b(?:immediately|promptly|without delay|as soon as|straight ?away|at the earliest|urgently|in good time|timely"
    r" manner)\b",
    r"\b\d{2}\s*[¼½¾]",
)
_FIND = re.compile("|".join(_FORMS), re.IGNORECASE)


@dataclass(frozen=True)
class TimeExpression:
    """One time expression: its words, and the 1-based lines that it begins and ends on (numbers part from units)."""

    words: str
    lines: tuple[int, int]


def time_expressions(lines: Sequence[str]) -> list[TimeExpression]:
    """Return the time expressions of a document's *lines*, in order; one may run over a line's end, or a blank line.

    >>> [one.words for one in time_expressions(["Visits are made every 10", "", "working days, or monthly."])]
    ['10 working days', 'monthly']
    >>> time_expressions(["within 5", "days"])[0].lines
    (1, 2)
    """
    starts, parts, length = [], [], 0
    for line in lines:
        starts.append(length)
        parts.append(line)
        length += len(line) + 1
    text = "\n".join(parts)
    found = []
    place = 0
    for match in _FIND.finditer(text):
        while place + 1 < len(starts) and starts[place + 1] <= match.start():
            place += 1
        last = place + text.count("\n", match.start(), match.end())
        found.append(TimeExpression(" ".join(match.group().split()), (place + 1, last + 1)))
    return found
