"""Whether a rule applies to its clocks on many cases: conditions, window, what it requires. `rules.standing`, in bulk.

`_applies` and `_goes_on` there are the definition.
"""

from __future__ import annotations

import numpy as np

from rules.bulk import NAT, Bools, Ints, months_after
from rules.bulk_clock import Clocks, Seen
from rules.limit import Span
from rules.rule import Rule, Window


def applying(rule: Rule, clocks: Clocks, seen: Seen) -> tuple[Bools, Bools]:
    """Return where *rule* applies as far as is known, and where a fact or event that decides it is missing."""
    applies = _goes_on(rule, clocks, seen)
    unknown = np.zeros(len(clocks.case), dtype=np.bool_)
    for name, value in rule.applies_when.items():
        fact = seen.table.facts.get(name)
        if fact is None:
            unknown[:] = True
            continue
        codes = fact.codes[clocks.case]
        same = np.array([*(bool(one == value) for one in fact.values), True])  # the last is what -1 looks up
        applies &= same[codes]
        unknown |= codes < 0
    if rule.window:
        opened = seen.latest(rule.window.of)[clocks.case]
        applies &= (opened == NAT) | _inside(rule.window, opened, clocks.start)
        unknown |= opened == NAT
    return applies, unknown


def _goes_on(rule: Rule, clocks: Clocks, seen: Seen) -> Bools:
    """Return where all that the rule requires has happened: in its window, and not ended since."""
    out = np.ones(len(clocks.case), dtype=np.bool_)
    if not rule.requires:
        return out
    floor, _ = seen.last(rule.ends_by, clocks.case, clocks.start - 1)
    if rule.window:
        floor = np.maximum(floor, seen.latest(rule.window.of)[clocks.case])  # NAT is the least of all
    for name in rule.requires:
        latest = seen.latest(name)[clocks.case]
        out &= (latest != NAT) & (latest >= floor)
    return out


def _inside(window: Window, opened: Ints, day: Ints) -> Bools:
    inside = _span_after(opened, window.from_) <= day
    return inside if window.until is None else inside & (day < _span_after(opened, window.until))


def _span_after(start: Ints, span: Span | None) -> Ints:
    """Return the day a span after each start, months first and once; NAT, or something as early, where it is NAT."""
    if span is None:
        return start
    return months_after(start, span.total_months) + (7 * span.weeks + span.days)
