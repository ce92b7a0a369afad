"""Entries and rules as Items of one index: the only place that knows both the library and the index."""

from __future__ import annotations

from collections.abc import Iterable

from bot.wording import rule_sentence
from corpus import Library
from index import Item
from rules import RuleBook


def items_of(library: Library, book: RuleBook) -> list[Item]:
    """Return every entry and rule as an Item, in a fixed order, so that the index's fingerprint is stable."""
    return [*_entries(library), *_rules(book)]


def _entries(library: Library) -> Iterable[Item]:
    for entry in library.entries():
        yield Item(
            id=entry.id,
            council=entry.council,
            kind="entry",
            section=entry.section,
            says=entry.says,
            asks=entry.asks,
            extra=" ".join(filter(None, (entry.topic, entry.who))),
        )


def _rules(book: RuleBook) -> Iterable[Item]:
    for rule in book:
        yield Item(
            id=rule.id,
            council=rule.council,
            kind="rule",
            section=rule.versions[0].source.section,
            says=rule_sentence(rule, book),
            asks=tuple(rule.asks),
            extra=" ".join(filter(None, (rule.topic, rule.who))),
        )
