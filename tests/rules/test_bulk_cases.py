"""A rule on many cases says of each what `obligations` says of it alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from rules import BeyondHorizon, Case, CaseTable, Event, RuleBook, Status, obligations, recompute
from tests.rules.build import make_book, make_rule, make_version
from tests.rules.in_bulk import BULK, ENGLAND, Row, alone, in_bulk, row_of


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
@pytest.mark.parametrize("council", ["york", "england"])
def test_shipped_rules_on_random_cases_stand_as_obligations_says(council: str, today: date) -> None:
    """A manager's figures for the whole council would not be the sum of what its teams are told."""
    chance = random.Random(today.toordinal())
    book = RuleBook.load()
    rules = [rule for rule in book.of(council) if rule.subject == "child"]
    named = {name for rule in rules for name in (*rule.starts, *rule.done_by, *rule.ends_by, *rule.requires)}
    names = sorted(named - {"born"})
    cases = [replace(random_case(chance, names, today, number), council=council) for number in range(40)]
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


def test_a_version_without_a_number_sets_no_date() -> None:
    """A duty relaxed for a time must not stop the report on all others, nor be given a number it did not have."""
    table = CaseTable.of_columns(1, {"icpc_held": np.array(["2026-04-02"], dtype="datetime64[D]")})
    older = make_version({"none": "once"}, None, wording="promptly")
    rule = make_rule(versions=[make_version({"within": 10, "unit": "working_days"}, "2026-05-01"), older])
    (found,) = recompute([rule], table, BULK, date(2026, 4, 14))
    assert np.isnat(found.due).all()
    case = Case("YK-1", "york", {}, (Event("icpc_held", date(2026, 4, 2)),))
    assert obligations(case, make_book(rule), ENGLAND, date(2026, 4, 14)) == []
