"""A case told: what happened, what is due in order, what was met or late, and what is still to be asked."""

from __future__ import annotations

import json
from datetime import date

from bot.casework.timeline import case_file, status_words
from bot.casework.told import told
from bot.commands.office import Office
from tests.bot.casework.conftest import TODAY, case_of

PLAN = (
    ("strategy_discussion_held", "2026-09-01"),
    ("icpc_held", "2026-09-24"),
    ("core_group_held", "2026-10-12"),
    ("core_group_held", "2026-11-11"),
    ("rcpc_held", "2026-12-22"),
)


def test_what_is_due_stands_in_order_with_how_it_stands(knowing: Office) -> None:
    """The first line is what to do first."""
    file = case_file(case_of(*PLAN), knowing, TODAY)
    days = [one.due.on for one in file.due if one.due]
    assert days == sorted(days)
    stands = {one.rule.id: status_words(one, TODAY, knowing.calendar) for one in file.due}
    assert stands["york.cp-visit.first"] == "overdue by 37 working days"
    assert stands["york.core-group.next"] == "in 12 working days"
    assert stands["york.conference-report.to-chair-within-3wd"] == "in 16 working days"


def test_what_was_late_is_told_with_by_how_much(knowing: Office) -> None:
    """A manager must see drift, and a court will."""
    file = case_file(case_of(*PLAN), knowing, TODAY)
    outcomes = {(run.rule, str(run.on)): run.outcome for run in file.past}
    assert outcomes["york.icpc.after-strategy", "2026-09-22"] == "late by 2 working days"
    assert outcomes["york.core-group.first", "2026-10-08"] == "late by 2 working days"
    assert outcomes["york.core-group.next", "2026-11-12"] == "met"


def test_what_lies_ahead_is_called_booked(knowing: Office) -> None:
    """A booked conference has not been held."""
    file = case_file(case_of(*PLAN), knowing, TODAY)
    assert [one.event for one in file.happened if one.booked] == ["rcpc_held"]


def test_what_cannot_be_worked_out_is_asked(knowing: Office) -> None:
    """An hour clock without an hour is a question, not silence."""
    file = case_file(case_of(("referral_accepted", "2026-11-24")), knowing, TODAY)
    asked = {one.rule.id: one.question for one in file.blocked}
    assert "At what time of day" in (asked["york.assessment.allocation"] or "")


def test_a_closed_case_has_nothing_due(knowing: Office) -> None:
    """Nobody is to be sent after a case that is closed; its history stays."""
    from dataclasses import replace

    file = case_file(replace(case_of(*PLAN), closed=date(2026, 11, 20)), knowing, TODAY)
    assert (file.due, file.blocked) == ((), ())
    assert file.past


def test_all_of_it_is_there_for_other_programs(knowing: Office) -> None:
    """Dashboards and checks rest on these names; each date carries its working."""
    found = json.loads(json.dumps(told(case_file(case_of(*PLAN), knowing, TODAY))))
    assert set(found) == {"ref", "council", "worker", "closed", "on", "happened", "due", "blocked", "history"}
    assert all(one["due"]["working"] and one["source"]["lines"] for one in found["due"])
    assert {"rule", "title", "start", "due", "done", "working_days_late", "outcome"} == set(found["history"][0])
