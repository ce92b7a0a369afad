"""Invented children for benchmarks: by chance with a fixed seed, as columns and as the same cases one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np

from rules import Case, CaseTable, Event, Rule, RuleBook
from rules.bulk import Days

TODAY = date(2026, 11, 24)


def chosen(book: RuleBook, number: int) -> list[Rule]:
    """Return York's first rules with a date that need nothing but their events, so that each child has each duty."""
    kinds = ("after", "by_day", "before", "every", "at_age")
    dated = [rule for rule in book.of("york") if rule.subject == "child" and rule.direction in kinds]
    plain_ones = [rule for rule in dated if not (rule.window or rule.requires or rule.applies_when)]
    assert len(plain_ones) >= number
    return plain_ones[:number]


def invented(rules: Sequence[Rule], size: int, seed: int = 3) -> CaseTable:
    """Return children on each of whom every rule's clock has started; most duties were done, some cases have closed."""
    chance = np.random.default_rng(seed)
    today = np.datetime64(TODAY)
    starts = sorted({name for rule in rules for name in rule.starts})
    timed_starts = {name for rule in rules for name in rule.starts if rule.unit == "hours"}
    others = sorted({name for rule in rules for name in (*rule.done_by, *rule.ends_by)} - set(starts))
    ends = {name for rule in rules for name in rule.ends_by}
    events: dict[str, Days] = {}
    for name in starts:
        if name == "born":
            events[name] = today - chance.integers(14 * 365, 19 * 365, size)
        elif name in timed_starts:
            events[name] = today.astype("datetime64[m]") - chance.integers(1440, 400 * 1440, size)
        else:
            events[name] = today - chance.integers(1, 400, (size, 2))
    for name in others:
        column = today - chance.integers(0, 400, size)
        column[chance.random(size) < (0.9 if name in ends else 0.3)] = np.datetime64("NaT")
        events[name] = column
    return CaseTable.of_columns(size, events)


def as_cases(table: CaseTable, size: int) -> list[Case]:
    """Return the first children of a table as `obligations` takes them."""
    out: list[list[Event]] = [[] for _ in range(size)]
    part = table.part(0, size)
    for name, log in part.logs.items():
        places = np.arange(len(log.keys))
        days = log.days(places).astype("datetime64[D]").tolist()
        moments = log.moments(places).view("datetime64[us]").tolist()
        numbers = np.repeat(np.arange(size), np.diff(log.bounds(size))).tolist()
        for number, day, at in zip(numbers, days, moments, strict=True):
            out[number].append(Event(name, day, at.replace(tzinfo=UTC) if isinstance(at, datetime) else None))
    return [Case(f"child-{number}", "york", {}, tuple(events)) for number, events in enumerate(out)]
