"""Rows of one file that say different things of the same case: none of them is taken, whichever comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from bot.casework.entries import Entry
from bot.casework.rows import Problem
from bot.messages import cells as say


def disagreements(entries: Iterable[Entry]) -> list[Problem]:
    """Return a problem for every row that another row of the same case contradicts: worker, closing, fact or hour."""
    heard: dict[tuple[str, str, str], dict[Hashable, list[int]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        for about, column, value in _statements(entry):
            heard[entry.ref, about, column][value].append(entry.row)
    out = []
    for (_, _, column), values in heard.items():
        if len(values) > 1:
            rows = sorted(rows[0] for rows in values.values())
            out += [
                Problem(row, column, say.rows_disagree(rows), say.make_them_agree())
                for told in values.values()
                for row in told
            ]
    return out


def _statements(entry: Entry) -> Iterator[tuple[str, str, Hashable]]:
    """What a row says: about what, in which column, and the value. A blank says nothing."""
    if entry.worker is not None:
        yield "", "worker", entry.worker
    if entry.closed is not None:
        yield "", "closed", entry.closed
    if entry.at is not None:
        yield f"{entry.event} {entry.on}", "time", entry.at
    for name, value in entry.facts.items():
        yield "", name, (type(value).__name__, value)
