"""Which rules apply to a case: facts, windows, what is required, whose clock; and places that repeat or disagree."""

from __future__ import annotations

from datetime import date

import pytest

from rules import Case, Event, Obligation, Rule, RuleBook, Status, england, obligations
from tests.rules.build import make_book, make_rule
from tests.rules.test_obligations import due_on, event, only, seen

BORN = make_rule(
    "york.pathway.start",
    {"at_age": {"years": 15, "months": 9}},
    starts="born",
    done_by="pa_allocated",
    ends_by=["case_closed"],
)
FIRST_YEAR = make_rule(
    "york.visit.first-year",
    {"every": 6, "unit": "weeks"},
    starts=["placement_visit_held", "placement_started"],
    done_by="placement_visit_held",
    window={"of": "placement_started", "until": {"years": 1}},
)
LATER = make_rule(
    "york.visit.later",
    {"every": 3, "unit": "months"},
    starts="placement_visit_held",
    done_by="placement_visit_held",
    window={"of": "placement_started", "from": {"years": 1}},
    requires=["placement_agreed_permanent"],
    ends_by=["case_closed"],
)


def ids(found: list[Obligation]) -> list[str]:
    """Return the rules' ids."""
    return [one.rule.id for one in found]


def test_an_age_counts_from_a_birth_date_among_the_facts() -> None:
    """A date of birth typed with the case would be asked for again."""
    found = only(today=date(2027, 2, 25), rules=(BORN,), born="2011-05-31")
    assert (due_on(found), found.status) == (date(2027, 2, 28), Status.DUE_SOON)
    early = only(today=date(2020, 1, 1), rules=(BORN,), born="2011-05-31")
    assert (due_on(early), early.status) == (date(2027, 2, 28), Status.UPCOMING)


def test_an_age_that_nothing_recordable_meets_is_over_once_it_is_reached() -> None:
    """A nineteen-year-old's case would be overdue for ever for having been eighteen."""
    until = make_rule("york.iro.until", {"at_age": {"years": 18}}, starts="born", done_by=None)
    assert only(today=date(2026, 6, 1), rules=(until,), born="2008-05-31").status is Status.ENDED
    assert only(today=date(2026, 5, 30), rules=(until,), born="2008-05-31").status is Status.DUE_SOON
    assert only(today=date(2026, 5, 31), rules=(until,), born="2008-05-31").status is Status.DUE_TODAY


def test_a_fact_that_does_not_hold_leaves_the_rule_out_and_a_missing_one_asks() -> None:
    """An experienced worker would be nudged weekly, or a new one not at all."""
    rule = make_rule(applies_when={"newly_qualified": True})
    started = event("icpc_held", 4, 2)
    today = date(2026, 4, 14)
    assert only(started, today=today, rules=(rule,), newly_qualified=True).status is Status.DUE_SOON
    assert seen(started, today=today, rules=(rule,), newly_qualified=False) == []
    asked = only(started, today=today, rules=(rule,))
    assert (asked.status, asked.question, asked.missing) == (
        Status.BLOCKED,
        "Is the worker newly qualified?",
        "newly_qualified",
    )
    assert seen(today=today, rules=(rule,)) == []  # no clock has started, so nothing is asked
    done = only(started, event("core_group_held", 4, 9), today=today, rules=(rule,))
    assert (done.status, done.question) == (Status.MET, None)


@pytest.mark.parametrize(
    ("visit", "agreed", "expected"),
    [
        (date(2026, 12, 31), None, ["york.visit.first-year"]),
        (date(2027, 1, 1), date(2026, 9, 1), ["york.visit.first-year"]),  # the last day of the first year
        (date(2027, 1, 2), date(2026, 9, 1), ["york.visit.later"]),  # the first day after it
        (date(2027, 1, 2), None, []),
        (date(2027, 1, 4), None, []),
        (date(2027, 1, 4), date(2026, 9, 1), ["york.visit.later"]),
        (date(2026, 12, 31), date(2026, 9, 1), ["york.visit.first-year"]),
        (date(2027, 1, 4), date(2025, 9, 1), []),
    ],
)
def test_a_phase_runs_in_its_window_and_only_with_what_it_requires(
    visit: date, agreed: date | None, expected: list[str]
) -> None:
    """A child in the first year of a placement would be seen every three months, and later by nobody."""
    events = [event("placement_started", 1, 2), Event("placement_visit_held", visit)]
    events += [Event("placement_agreed_permanent", agreed)] if agreed else []
    assert ids(seen(*events, today=date(2027, 1, 10), rules=(FIRST_YEAR, LATER))) == expected


def test_a_new_placement_begins_its_phases_again() -> None:
    """A child moved to strangers would keep the long gaps of the settled placement."""
    settled = (
        event("placement_started", 1, 2, 2024),
        event("placement_agreed_permanent", 6, 1, 2024),
        event("placement_visit_held", 3, 2),
    )
    (later,) = seen(*settled, today=date(2026, 3, 10), rules=(FIRST_YEAR, LATER))
    assert (later.rule.id, due_on(later)) == ("york.visit.later", date(2026, 6, 2))
    (moved,) = seen(*settled, event("placement_started", 3, 9), today=date(2026, 3, 10), rules=(FIRST_YEAR, LATER))
    assert (moved.rule.id, due_on(moved)) == ("york.visit.first-year", date(2026, 4, 20))


def test_a_window_whose_event_is_not_recorded_asks_for_it() -> None:
    """A visit on a case without a placement date would set no clock, and nobody would know why."""
    found = only(event("placement_visit_held", 3, 2), today=date(2026, 3, 10), rules=(FIRST_YEAR,))
    assert (found.status, found.missing) == (Status.BLOCKED, "placement_started")
    assert found.question == "When was this: placement started?"


def test_what_is_required_must_not_have_ended_since() -> None:
    """A plan that ended last year would keep its supervision alive."""
    rule = make_rule(requires=["cp_plan_agreed"], ends_by=["cp_plan_ended"])
    agreed, ended = event("cp_plan_agreed", 1, 5, 2025), event("cp_plan_ended", 9, 1, 2025)
    started, today = event("icpc_held", 4, 2), date(2026, 4, 14)
    assert seen(started, today=today, rules=(rule,)) == []
    assert ids(seen(agreed, started, today=today, rules=(rule,))) == [rule.id]
    assert seen(agreed, ended, started, today=today, rules=(rule,)) == []
    again = event("cp_plan_agreed", 4, 2)
    assert ids(seen(agreed, ended, again, started, today=today, rules=(rule,))) == [rule.id]
    at_once = event("cp_plan_agreed", 9, 1, 2025)  # the next plan from the day that the last one ended
    assert ids(seen(agreed, ended, at_once, started, today=today, rules=(rule,))) == [rule.id]
    on_the_day = event("cp_plan_ended", 4, 2)  # it ends the clock of that day, and is shown as ended
    assert only(agreed, on_the_day, started, today=today, rules=(rule,)).status is Status.ENDED


def test_only_the_childs_own_clocks_unless_others_are_asked_for() -> None:
    """A child's list would fill with its worker's appraisals."""
    worker = make_rule("york.supervision.next", subject="worker")
    case = Case("YK-0417", "york", {}, (event("icpc_held", 4, 2),))
    book, today = make_book(make_rule(), worker), date(2026, 4, 14)
    assert ids(obligations(case, book, england(), today)) == ["york.core-group.first"]
    assert ids(obligations(case, book, england(), today, subjects=("worker",))) == ["york.supervision.next"]


def test_other_councils_rules_and_those_without_a_date_are_left_out() -> None:
    """A York case would be held to another council's clock, or to "promptly" as if it had a day."""
    rules = (
        make_rule("leeds.core-group.first"),
        make_rule("york.plan.word", {"none": "once"}, {"wording": "promptly"}),
        make_rule("york.plan.lasts", {"lasts": 24, "unit": "hours"}),
        make_rule("york.plan.future", version={"in_force": "2027-01-01", "checked": "2027-01-01"}),
    )
    assert seen(event("icpc_held", 4, 2), today=date(2026, 4, 14), rules=rules) == []


def pair(unclear: list[dict[str, object]], done_by: object = "core_group_held") -> tuple[Rule, Rule]:
    """Return a firm rule of ten working days and another place that says ten days."""
    firm = make_rule("york.plan.firm", disagrees_with=["york.plan.days"])
    days = make_rule(
        "york.plan.days",
        {"within": 10, "unit": "days"},
        disagrees_with=["york.plan.firm"],
        unclear=unclear,
        done_by=done_by,
    )
    return firm, days


def test_places_that_disagree_are_one_duty_nudged_by_the_earlier_day() -> None:
    """A team would see one core group twice, or be nudged after the earlier of the two days."""
    rules = pair([{"what": "unit", "why": "The line says only days."}])
    found = only(event("icpc_held", 4, 2), today=date(2026, 4, 14), rules=rules)
    assert (found.rule.id, due_on(found), found.nudge_on) == ("york.plan.firm", date(2026, 4, 20), date(2026, 4, 12))
    assert [(other.rule_id, other.on) for other in found.disagreeing] == [("york.plan.days", date(2026, 4, 12))]
    assert found.due is not None
    assert found.due.steps[-1] == "Another place says within 10 days (lines 550–553): Sun 12 Apr 2026"
    assert found.due.working[-1] == "Source: Standard 4, lines 550–553"
    assert found.due.others == found.disagreeing


def test_the_other_reading_of_a_rule_moves_its_nudge_too() -> None:
    """A nudge would wait for the later of two readings."""
    other = {"what": "unit", "why": "The line says only days.", "other": {"within": 5, "unit": "days"}}
    found = only(event("icpc_held", 4, 2), today=date(2026, 4, 3), rules=(make_rule(unclear=[other]),))
    assert (due_on(found), found.nudge_on) == (date(2026, 4, 20), date(2026, 4, 7))


def test_a_met_disagreement_is_met_and_needs_no_nudge() -> None:
    """A duty done in time by both readings would still be chased."""
    found = only(event("icpc_held", 4, 2), event("core_group_held", 4, 9), today=date(2026, 4, 14), rules=pair([]))
    assert (found.status, found.nudge_on) == (Status.MET, None)
    assert [(other.rule_id, other.on) for other in found.disagreeing] == [("york.plan.firm", date(2026, 4, 20))]


def test_places_that_disagree_but_are_met_by_different_events_stay_two_duties() -> None:
    """A duty of its own would vanish behind another that only shares its number's page."""
    found = seen(event("icpc_held", 4, 2), today=date(2026, 4, 14), rules=pair([], done_by="report_shared"))
    assert ids(found) == ["york.plan.days", "york.plan.firm"]
    assert [other.rule_id for other in found[0].disagreeing] == ["york.plan.firm"]


def test_an_open_firm_place_shows_where_the_earliest_is_already_met() -> None:
    """A second duty, met by more than the first, would be hidden by the first's being done."""
    firm, days = pair([], done_by=["core_group_held", "report_shared"])
    found = only(event("icpc_held", 4, 2), event("report_shared", 4, 9), today=date(2026, 4, 14), rules=(firm, days))
    assert (found.rule.id, found.status) == ("york.plan.firm", Status.DUE_SOON)


def test_a_repeat_is_shown_once_and_named() -> None:
    """The same duty would stand in the list once for every page that mentions it."""
    told = make_rule("york.plan.again", restates="york.core-group.first")
    found = only(event("icpc_held", 4, 2), today=date(2026, 4, 14), rules=(told, make_rule()))
    assert (found.rule.id, found.restated_by) == ("york.core-group.first", ("york.plan.again",))


def test_a_repeat_that_comes_to_another_day_stands_for_itself() -> None:
    """A repeat that starts from another event would be lost with its earlier date."""
    told = make_rule("york.plan.again", restates="york.core-group.first", starts="cp_plan_agreed")
    found = seen(
        event("cp_plan_agreed", 4, 1), event("icpc_held", 4, 2), today=date(2026, 4, 14), rules=(told, make_rule())
    )
    assert [(one.rule.id, due_on(one)) for one in found] == [
        ("york.plan.again", date(2026, 4, 17)),
        ("york.core-group.first", date(2026, 4, 20)),
    ]


def test_a_full_york_case_has_each_duty_once_and_every_date_on_it() -> None:
    """A real case's list would repeat itself, or lose what the second page says."""
    events = [
        event("referral_accepted", 1, 5),
        event("case_allocated", 1, 6),
        event("child_seen", 1, 12),
        event("strategy_discussion_held", 1, 21),
        event("s47_started", 1, 21),
        event("icpc_held", 2, 11),
        event("cp_plan_agreed", 2, 11),
        event("core_group_held", 2, 20),
        event("looked_after_started", 3, 20),
        event("placement_started", 3, 20),
    ]
    found = obligations(Case("YK-0417", "york", {}, tuple(events)), RuleBook.load(), england(), date(2026, 4, 1))
    assert len(ids(found)) == len(set(ids(found))) > 20
    by_id = {one.rule.id: one for one in found}
    assert by_id["york.assessment.child-seen"].status is Status.MET
    review = by_id["york.cla-review.first"]
    assert (due_on(review), review.nudge_on) == (date(2026, 4, 21), date(2026, 4, 17))
    assert by_id["york.icpc.after-strategy"].status is Status.MET
    assert all(one.question for one in found if one.status is Status.BLOCKED)
