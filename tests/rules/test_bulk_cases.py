"""A rule on many cases says of each what `obligations` says of it alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import (
    STATUSES,
    BeyondHorizon,
    BulkCalendar,
    Case,
    CaseTable,
    Event,
    NoNumber,
    Obligation,
    Rule,
    RuleBook,
    Status,
    england,
    obligations,
    recompute,
)
from tests.rules.build import make_book, make_rule, make_version

ENGLAND = england()
BULK = BulkCalendar.of(ENGLAND)
NAMES = ("icpc_held", "rcpc_held", "core_group_held", "cp_plan_ended", "placement_started")
UNITS = ("hours", "days", "working_days", "weeks", "months")


@dataclass(frozen=True)
class Row:
    """How one rule stands on one case, however it was found."""

    status: Status | None
    due: date | None = None
    at: datetime | None = None
    over: int = 0
    done_on: date | None = None


def in_bulk(rules: Sequence[Rule], table: CaseTable, today: date, chunk: int = 32_768) -> dict[str, list[Row]]:
    """Return the rows of each rule, a case at a time."""
    out: dict[str, list[Row]] = {}
    for found in recompute(rules, table, BULK, today, chunk=chunk):
        moments = [at.replace(tzinfo=UTC) if at else None for at in found.at.tolist()]
        statuses = [STATUSES[code] if code >= 0 else None for code in found.status]
        columns = (statuses, found.due.tolist(), moments, found.working_days_over.tolist(), found.done_on.tolist())
        rows = out.setdefault(found.rule_id, [])
        assert found.first == len(rows)
        rows += [Row(*row) for row in zip(*columns, strict=True)]
    return out


def row_of(found: Obligation) -> Row:
    """Return what an obligation says."""
    due, over = found.due, found.working_days_over
    return Row(found.status, due and due.on, due and due.at and due.at.astimezone(UTC), over, found.done_on)


def alone(rule: Rule, case: Case, book: RuleBook, today: date) -> Row:
    """Return what `obligations` says of a rule that is the only one of its book."""
    found = obligations(case, RuleBook({rule.id: rule}, book.events, book.facts), ENGLAND, today)
    return row_of(found[0]) if found else Row(None)


def random_case(chance: random.Random, names: Sequence[str], today: date, number: int) -> Case:
    """Return a case with a life: events of the last years and some booked, a few of them with their time."""
    events = []
    for name in chance.sample(names, chance.randint(3, len(names))):
        for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
            day = today + timedelta(days=chance.randint(-900, 60) if chance.random() < 0.5 else chance.randint(-90, 20))
            at = datetime.combine(day, time(chance.randrange(24), chance.randrange(60)))
            events.append(Event(name, day, at if chance.random() < 0.4 else None))
    born = today - timedelta(days=chance.randint(14 * 365, 19 * 365))
    return Case(f"YK-{number:04}", "york", {"born": born.isoformat()} if chance.random() < 0.8 else {}, tuple(events))


@pytest.mark.parametrize("today", [date(2026, 4, 14), date(2025, 12, 29), date(2028, 12, 21), date(2012, 1, 5)])
def test_yorks_rules_on_random_cases_stand_as_obligations_says(today: date) -> None:
    """A manager's figures for the whole council would not be the sum of what its teams are told."""
    chance = random.Random(today.toordinal())
    book = RuleBook.load()
    rules = [rule for rule in book.of("york") if rule.subject == "child"]
    named = {name for rule in rules for name in (*rule.starts, *rule.done_by, *rule.ends_by, *rule.requires)}
    cases = [random_case(chance, sorted(named - {"born"}), today, number) for number in range(40)]
    found = in_bulk(rules, CaseTable.of_cases(cases, book), today, chunk=17)
    seen = set()
    for rule in rules:
        rows = found.get(rule.id, [Row(None)] * len(cases))
        expected = [alone(rule, case, book, today) for case in cases]
        assert rows == expected, rule.id
        seen |= {row.status for row in expected}
    assert seen == {None, *Status}
    for number, case in enumerate(cases):  # and with all rules together, where each that leads keeps its own row
        for one in obligations(case, book, ENGLAND, today):
            assert row_of(one) == found[one.rule.id][number]


days = st.dates(date(2026, 3, 1), date(2026, 4, 20))
names = st.sampled_from(NAMES)
some_names = st.lists(names, max_size=2, unique=True)
spans = st.none() | st.fixed_dictionaries(
    {}, optional={"months": st.integers(0, 1), "weeks": st.integers(1, 2), "days": st.integers(1, 20)}
).filter(bool).filter(any_of := lambda span: any(span.values()))


@st.composite
def limit_data(draw: st.DrawFn) -> dict[str, Any]:
    """Return a limit as it stands in a file."""
    kind = draw(st.sampled_from(["within", "within", "by_day", "before", "every", "lasts", "at_age"]))
    if kind == "at_age":
        return {"at_age": {"months": draw(st.integers(1, 3))}}
    unit = draw(st.sampled_from(UNITS))
    amount = draw(st.integers(1, 90) if unit == "hours" else st.integers(1, 12))
    times = {"times": draw(st.integers(1, 3))} if kind == "every" else {}
    return {kind: amount if unit != "months" else 1 + amount % 2, "unit": unit, **times}


@st.composite
def rules_of_all_kinds(draw: st.DrawFn) -> Rule:
    """Return a rule over a handful of events, with whatever a rule can have."""
    limit = draw(limit_data())
    versions = [make_version(limit, None)]
    if draw(st.booleans()):
        older = make_version(draw(limit_data()), draw(st.sampled_from([None, "2026-03-05"])))
        versions = [make_version(limit, draw(days.filter(lambda day: day > date(2026, 3, 5))).isoformat()), older]
    for version in versions:
        plain = "at_age" not in version["limit"] and version["limit"]["unit"] != "hours"
        version["counts_start_day"] = plain and draw(st.booleans())
    aged = any("at_age" in version["limit"] for version in versions)
    window = draw(st.none() | st.fixed_dictionaries({"of": names, "from": spans, "until": spans}))
    return make_rule(
        starts=draw(st.lists(names, min_size=1, max_size=1 if aged else 3, unique=True)),
        done_by=draw(some_names),
        ends_by=draw(some_names),
        requires=draw(some_names),
        window=window,
        applies_when=draw(st.sampled_from([{}, {}, {"newly_qualified": True}])),
        met_before=draw(st.booleans()),
        versions=versions,
    )


@st.composite
def small_cases(draw: st.DrawFn) -> Case:
    """Return a case with a few events, often on one day, some with their time."""
    events = []
    for name, day in draw(st.lists(st.tuples(names, days), max_size=9)):
        hour = draw(st.none() | st.integers(1, 23))
        events.append(Event(name, day, datetime.combine(day, time(hour, 30)) if hour else None))
    facts = draw(st.sampled_from([{}, {"newly_qualified": True}, {"newly_qualified": False}, {"icpc_held": "2026-03-20"}]))
    return Case("YK-0417", "york", facts, tuple(events))


@settings(deadline=None, max_examples=1500)
@given(rules_of_all_kinds(), st.lists(small_cases(), min_size=1, max_size=5), days, st.integers(1, 3))
def test_any_rule_on_any_cases_stands_as_obligations_says(rule: Rule, cases: list[Case], today: date, chunk: int) -> None:
    """A kind of rule that no council has yet would be computed otherwise on the day one has it."""
    book = make_book(rule)
    found = in_bulk([rule], CaseTable.of_cases(cases, book), today, chunk)
    expected = [alone(rule, case, book, today) for case in cases]
    assert found.get(rule.id, [Row(None)] * len(cases)) == expected
