"""A rule laid open: what starts, meets and ends it, what it needs, and every reading of its words."""

from __future__ import annotations

from typing import Any

from bot.casework.told import told_reading
from bot.messages import timelines as say
from bot.wording import limit_words
from rules import Due, Rule, RuleBook


def explained(rule: Rule, due: Due, book: RuleBook) -> list[tuple[str, list[str]]]:
    """Return headings and lines: what the rule turns on, and the readings of its words beside the one that was taken.

    >>> from datetime import date
    >>> from rules import england
    >>> book = RuleBook.load()
    >>> found = book.due("york.core-group.first", {"icpc_held": date(2026, 4, 2)}, england())
    >>> dict(explained(book["york.core-group.first"], found, book))["Meets it"]
    ['core group (core_group_held)']
    """
    readings = [say.reading_taken(limit_words(rule, book), due.on), *(other.sentence for other in due.others)]
    if not due.others:
        readings.append(say.NO_OTHER_READING)
    facts = [f"{name} = {value}" for name, value in rule.applies_when.items()]
    parts = [
        (say.STARTS, _events(rule.starts, book)),
        (say.MEETS, _events(rule.done_by, book) or [say.NOTHING_MEETS]),
        (say.ENDS, _events(rule.ends_by, book)),
        (say.REQUIRES, _events(rule.requires, book)),
        (say.APPLIES, facts + ([say.window(book.events[rule.window.of].title)] if rule.window else [])),
        (say.READINGS, readings),
    ]
    return [(heading, lines) for heading, lines in parts if lines]


def _events(names: tuple[str, ...], book: RuleBook) -> list[str]:
    return [f"{book.events[name].title} ({name})" for name in names]


def told_rule(rule: Rule, due: Due) -> dict[str, Any]:
    """Return the same as plain data."""
    return {
        "starts": list(rule.starts),
        "done_by": list(rule.done_by),
        "ends_by": list(rule.ends_by),
        "requires": list(rule.requires),
        "applies_when": dict(rule.applies_when),
        "readings": [told_reading(other) for other in due.others],
    }
