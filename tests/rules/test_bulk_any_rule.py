"""Rules of every make on cases of every kind: in columns each stands as `obligations` says of it alone.

The rules and cases are made by chance from few events and few days, so that much falls together. With
TESTS_IN_FULL set there are fifty times as many.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from rules import Case, CaseTable, Event, Rule, Status
from tests.rules.build import make_book, make_rule, make_version
from tests.rules.in_bulk import Row, alone, in_bulk

NAMES = ("icpc_held", "rcpc_held", "core_group_held", "cp_plan_ended", "placement_started")
UNITS = ("hours", "days", "working_days", "weeks", "months")
KINDS = ("within", "within", "within", "by_day", "before", "before", "every", "every", "lasts", "at_age")
FACTS: tuple[dict[str, bool | str], ...] = (
    {},
    {"newly_qualified": True},
    {"newly_qualified": False},
    {"icpc_held": "2026-03-20"},
    {"icpc_held": "2026-03-20T10:30"},
)
FIRST, SPAN = date(2026, 3, 16), 24  # a change of the clocks, Easter, a month's end
ROUNDS = 500 if os.environ.get("TESTS_IN_FULL") else 10
CASES = 40


def any_day(chance: random.Random) -> date:
    """Return one of few days."""
    return FIRST + timedelta(days=chance.randrange(SPAN))


def any_limit(chance: random.Random) -> dict[str, Any]:
    """Return a limit as it stands in a file."""
    kind, unit = chance.choice(KINDS), chance.choice(UNITS)
    if kind == "at_age":
        return {"at_age": {"months": chance.randint(1, 2)}}
    amount = {"hours": chance.randint(1, 90), "months": 1, "weeks": chance.randint(1, 3)}.get(
        unit, chance.randint(1, 12)
    )
    times = {"times": chance.randint(1, 3)} if kind == "every" else {}
    return {kind: amount, "unit": unit, **times}


def any_span(chance: random.Random) -> dict[str, int] | None:
    """Return a span of a window as it stands in a file."""
    return chance.choice([None, {"days": chance.randint(1, 15)}, {"weeks": 1}, {"months": 1, "days": 1}])


def any_rule(chance: random.Random) -> Rule:
    """Return a rule over a handful of events, with whatever a rule can have."""
    limits = [any_limit(chance) for _ in range(chance.randint(1, 2))]
    newer, older = any_day(chance).isoformat(), chance.choice([None, "2026-03-01", FIRST.isoformat()])
    in_force = [newer, older if older is None or older < newer else None] if len(limits) > 1 else [older]
    if len(limits) > 1 and chance.random() < 0.1:
        limits[1] = {"none": "once"}  # it had no number once
    versions = [make_version(each, since, wording="soon") for each, since in zip(limits, in_force, strict=True)]
    for version in versions:
        bare = version["limit"].get("unit", "hours") == "hours"  # neither an age nor a limit without a number
        version["counts_start_day"] = not bare and chance.random() < 0.3
    aged = any("at_age" in limit for limit in limits)
    window = {"of": chance.choice(NAMES), "from": any_span(chance), "until": any_span(chance)}
    return make_rule(
        starts=chance.sample(NAMES, 1 if aged else chance.randint(1, 3)),
        done_by=chance.sample(NAMES, chance.randint(0, 2)),
        ends_by=chance.sample(NAMES, chance.randint(0, 2)),
        requires=chance.sample(NAMES, chance.choice([0, 0, 0, 1])),
        window=window if chance.random() < 0.3 else None,
        applies_when=chance.choice([{}, {}, {}, {"newly_qualified": True}]),
        met_before=chance.random() < 0.3,
        versions=versions,
    )


def any_case(chance: random.Random, number: int) -> Case:
    """Return a case with a few events, often on one day, some with their time: London's, or one in UTC late that day.

    The one in UTC is London's next day once the clocks have changed, which an event's own day then is not.
    """
    events = []
    for _ in range(chance.randint(1, 8)):
        day, clock = any_day(chance), chance.random()
        at = datetime.combine(day, time(chance.randrange(1, 24), 30)) if clock < 0.4 else None
        if clock > 0.95:
            at = datetime.combine(day, time(23, 30), UTC)
        events.append(Event(chance.choice(NAMES), day, at))
    return Case(f"YK-{number:04}", "york", chance.choice(FACTS), tuple(events))


@pytest.mark.parametrize("seed", range(8))
def test_any_rule_on_any_cases_stands_as_obligations_says(seed: int) -> None:
    """A kind of rule that no council has yet would be computed otherwise on the day one has it."""
    chance, seen = random.Random(seed), Counter[Status | None]()
    for _ in range(5 * ROUNDS):
        rule, today = any_rule(chance), any_day(chance)
        cases = [any_case(chance, number) for number in range(CASES)]
        book = make_book(rule)
        found = in_bulk([rule], CaseTable.of_cases(cases, book), today, chunk=chance.choice([7, 40, 64]))
        rows = found.get(rule.id, [Row(None)] * CASES)
        for case, row in zip(cases, rows, strict=True):
            assert row == alone(rule, case, book, today), (rule, case, today)
        seen.update(row.status for row in rows)
    assert set(seen) == {None, *Status}
