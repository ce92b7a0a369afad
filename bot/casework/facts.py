"""A fact's value in a cell, as the rules have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.casework.days import Unclear, read_day
from bot.casework.rows import Cell, as_text, folded
from bot.messages import cells as say
from rules import RuleBook
from rules.due import Fact

_YES, _NO = ("true", "yes", "y", "1"), ("false", "no", "n", "0")


def read_fact(
    name: str, cell: Cell, book: RuleBook, today: date, locale: str | None, values: Mapping[str, Fact] | None = None
) -> Fact:
    """Return the value of the fact *name*; a fact that is an event ("born") holds a day and is kept as text.

    *values* are the other system's words for it.

    Raises:
        Unclear: the fact has no such value.

    >>> read_fact("newly_qualified", "Yes", RuleBook.load(), date(2026, 11, 25), "en-GB")
    True
    >>> read_fact("born", "1/1/2010", RuleBook.load(), date(2026, 11, 25), "en-GB")
    '2010-01-01'
    """
    mapped = {folded(word): value for word, value in (values or {}).items()}
    text = folded(as_text(cell))
    if text in mapped:
        return mapped[text]
    if name not in book.facts:
        return read_day(cell, today, locale)[0].isoformat()
    allowed = book.facts[name].values
    for value in allowed:
        spellings = (_YES if value else _NO) if isinstance(value, bool) else (folded(str(value)),)
        if text in spellings:
            return value
    shown = [*mapped] or ["yes" if value is True else "no" if value is False else str(value) for value in allowed]
    raise Unclear(say.bad_fact(shown), say.choose_value())
