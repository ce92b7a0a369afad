"""A rule on many cases says of each what `obligations` says of it alone."""

from __future__ import annotations

import os
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
FACTS: list[dict[str, bool | str]] = [
    {},
    {"newly_qualified": True},
    {"newly_qualified": False},
    {"icpc_held": "2026-03-20"},
    {"icpc_held": "2026-03-20T10:30"},
]
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
    on, at = (found.due.on, found.due.at) if found.due else (None, None)
    return Row(found.status, on, at.astimezone(UTC) if at else None, found.working_days_over, found.done_on)


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
    {"days": st.integers(1, 20)}, optional={"months": st.integers(0, 1), "weeks": st.integers(0, 2)}
)
FULL = bool(os.environ.get("SIGNPOST_FULL_TESTS"))


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
    facts = draw(st.sampled_from(FACTS))
    return Case("YK-0417", "york", facts, tuple(events))


@settings(deadline=None, max_examples=20_000 if FULL else 400)
@given(rules_of_all_kinds(), st.lists(small_cases(), min_size=1, max_size=5), days, st.integers(1, 3))
def test_any_rule_on_any_cases_stands_as_obligations_says(
    rule: Rule, cases: list[Case], today: date, chunk: int
) -> None:
    """A kind of rule that no council has yet would be computed otherwise on the day one has it."""
    book = make_book(rule)
    found = in_bulk([rule], CaseTable.of_cases(cases, book), today, chunk)
    expected = [alone(rule, case, book, today) for case in cases]
    assert found.get(rule.id, [Row(None)] * len(cases)) == expected


def test_columns_of_days_moments_and_facts_stand_as_the_same_cases_do() -> None:
    """A council's export, read as columns, would be reported on otherwise than its cases one by one."""
    found_at = np.array(["2026-03-27T21:00", "2026-07-01T23:30", "NaT"], dtype="datetime64[m]")
    held = np.array([["NaT", "2026-04-09"], ["2026-03-01", "2026-01-07"], ["NaT", "NaT"]], dtype="datetime64[D]")
    columns = CaseTable.of_columns(
        3, {"missing_found": found_at, "core_group_held": held}, {"newly_qualified": [True, None, False]}
    )
    cases = [
        Case(
            "YK-0001",
            "york",
            {"newly_qualified": True},
            (
                Event("missing_found", date(2026, 3, 27), datetime(2026, 3, 27, 21)),
                Event("core_group_held", date(2026, 4, 9)),
            ),
        ),
        Case(
            "YK-0002",
            "york",
            {},
            (
                Event("missing_found", date(2026, 7, 2), datetime(2026, 7, 2, 0, 30)),  # London's day, in summer
                Event("core_group_held", date(2026, 3, 1)),
                Event("core_group_held", date(2026, 1, 7)),
            ),
        ),
        Case("YK-0003", "york", {"newly_qualified": False}),
    ]
    hours = make_rule("york.a.hours", {"within": 72, "unit": "hours"}, starts="missing_found", done_by="interview_held")
    every = make_rule(
        "york.a.every", {"every": 2, "unit": "months"}, starts="core_group_held", applies_when={"newly_qualified": True}
    )
    rules, today = [hours, every], date(2026, 7, 3)
    book = make_book(*rules)
    found = in_bulk(rules, columns, today)
    assert found == in_bulk(rules, CaseTable.of_cases(cases, book), today)
    assert found == {rule.id: [alone(rule, case, book, today) for case in cases] for rule in rules}
    assert [row.status for row in found["york.a.every"]] == [Status.OVERDUE, Status.BLOCKED, None]


def test_the_size_of_a_chunk_changes_nothing() -> None:
    """A duty of the first or last child of a part would be lost or counted for its neighbour."""
    chance, book, today = random.Random(7), RuleBook.load(), date(2026, 4, 14)
    rules = [rule for rule in book.of("york") if rule.subject == "child"]
    names = sorted({name for rule in rules for name in (*rule.starts, *rule.done_by, *rule.ends_by)})
    table = CaseTable.of_cases([random_case(chance, names, today, number) for number in range(30)], book)
    whole = in_bulk(rules, table, today)
    assert all(in_bulk(rules, table, today, chunk) == whole for chunk in (1, 7, 29, 30, 31))
    assert {len(rows) for rows in whole.values()} == {30}


def test_no_cases_are_no_rows() -> None:
    """A team without children would end the report with a crash."""
    assert in_bulk([make_rule()], CaseTable.of_cases([], make_book()), date(2026, 4, 14)) == {}
    assert in_bulk([make_rule()], CaseTable.of_columns(0, {}), date(2026, 4, 14)) == {}
    nothing = CaseTable.of_columns(2, {"born": np.full(2, np.datetime64("NaT", "D"))})
    assert in_bulk([make_rule()], nothing, date(2026, 4, 14)) == {"york.core-group.first": [Row(None), Row(None)]}


def test_the_first_and_last_day_there_is_are_events_like_others() -> None:
    """A database's "for ever", 31 December 9999, would upset the next case's events."""
    ends = np.array(["9999-12-31", "0001-01-01", "2026-04-09"], dtype="datetime64[D]")
    held = np.full(3, np.datetime64("2026-04-02"))
    table = CaseTable.of_columns(3, {"cp_plan_ended": ends, "icpc_held": held})
    found = in_bulk([make_rule(ends_by="cp_plan_ended")], table, date(2026, 4, 14))
    assert [row.status for row in found["york.core-group.first"]] == [Status.DUE_SOON, Status.DUE_SOON, Status.ENDED]


def test_what_cannot_be_a_table_is_refused() -> None:
    """Columns that do not belong together would be read as one child's."""
    day = np.array(["2026-04-02"], dtype="datetime64[D]")
    with pytest.raises(ValueError, match=r"icpc_held has shape \(1,\) for 2 cases"):
        CaseTable.of_columns(2, {"icpc_held": day})
    with pytest.raises(ValueError, match="newly_qualified has 1 values for 2 cases"):
        CaseTable.of_columns(2, {}, {"newly_qualified": [True]})
    with pytest.raises(ValueError, match="icpc_held holds a date outside"):
        CaseTable.of_columns(1, {"icpc_held": day + 10**7})
    with pytest.raises(ValueError, match="up to"):
        CaseTable.of_columns(2**24, {})
    with pytest.raises(TypeError, match="datetime64"):
        CaseTable.of_columns(1, {"icpc_held": np.array([20000])})
    with pytest.raises(ValueError, match="several councils"):
        CaseTable.of_cases([Case("YK-1", "york"), Case("LD-1", "leeds")], make_book())


def test_what_recompute_cannot_answer_is_refused_at_once() -> None:
    """A report as of an unknown year would be written from guessed holidays."""
    table = CaseTable.of_columns(1, {"icpc_held": np.array(["2026-04-02"], dtype="datetime64[D]")})
    with pytest.raises(BeyondHorizon):
        recompute([make_rule()], table, BULK, date(2029, 1, 1))
    with pytest.raises(ValueError, match="at least one case"):
        recompute([make_rule()], table, BULK, date(2026, 4, 14), chunk=0)
    older = make_version({"none": "once"}, None, wording="promptly")
    rule = make_rule(versions=[make_version({"within": 10, "unit": "working_days"}, "2026-05-01"), older])
    with pytest.raises(NoNumber, match="promptly"):
        list(recompute([rule], table, BULK, date(2026, 4, 14)))
    with pytest.raises(NoNumber, match="promptly"):  # as the scalar path does
        alone(
            rule, Case("YK-1", "york", {}, (Event("icpc_held", date(2026, 4, 2)),)), make_book(rule), date(2026, 4, 14)
        )
