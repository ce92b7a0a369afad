"""Every sentence about a mapping file."""

from __future__ import annotations

from collections.abc import Sequence


def cannot_open(name: str, why: str) -> str:
    """Said of a file that is missing or locked."""
    return f"The mapping {name} cannot be opened ({why})."


def not_yaml(name: str, why: str) -> str:
    """Said of a file that is no YAML."""
    return f"The mapping {name} cannot be read: {why}."


def not_a_mapping() -> str:
    """Why: a list, or a bare word."""
    return "it must hold keys and values"


def faults(name: str, found: Sequence[str]) -> str:
    """Said of a mapping with mistakes: all of them at once."""
    return f"The mapping {name} needs mending: {'; '.join(found)}."


def long_needs() -> str:
    """Said of a mapping a row an event that lacks what it needs."""
    return "with shape long (a row an event) give event: and date:, and no times:"


def wide_needs() -> str:
    """Said of a mapping a row a case that lacks what it needs."""
    return "with shape wide (a row a case) give events: (a column an event), and no event:, date: or time:"


def times_of_events() -> str:
    """Said where an hour belongs to no event."""
    return "times: names a column that is not under events:"


def unknown_event(word: str, event: str) -> str:
    """Said where a word is mapped to an event that no rule knows."""
    return f"events: {word!r} is mapped to {event!r}, which the rules do not know"


def unknown_fact(fact: str) -> str:
    """Said where a fact is none of the rules'."""
    return f"facts: {fact!r} is not a fact that the rules ask for"


def bad_worker(name: str) -> str:
    """Said where a name is mapped to anything but a Slack member id."""
    return f"workers: {name!r} is not mapped to a Slack member id (U…)"


def column_twice(column: str) -> str:
    """Said where one column is given two meanings."""
    return f"the column {column!r} is named twice"
