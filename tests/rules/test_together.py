"""Repeats and disagreements of one case drawn together: what leads, what is told beside it, when to nudge."""

from __future__ import annotations

from datetime import date
from typing import Any

from rules import Case, Obligation, Rule, Status, england, obligations
from tests.rules.build import make_book, make_rule
from tests.rules.test_obligations import due_on, event, only, seen

FIRM, DAYS = "york.plan.firm", "york.plan.days"
LOOSE = [{"what": "unit", "why": "The line says only days."}]
ICPC = event("icpc_held", 4, 2)
LAW = "england.core-group.first"


def two_places(firm: dict[str, Any], days: dict[str, Any]) -> tuple[Rule, Rule]:
    """Return two places that disagree: ten working days, and ten days."""
    return (
        make_rule(FIRM, disagrees_with=[DAYS], **firm),
        make_rule(DAYS, {"within": 10, "unit": "days"}, disagrees_with=[FIRM], **days),
    )


def test_two_duties_that_fall_on_one_day_stay_two() -> None:
    """A plan due on the day of the core group would vanish as if it were the same thing said twice."""
    rules = (make_rule(), make_rule("york.plan.shared", done_by="report_shared"))
    found = seen(ICPC, today=date(2026, 4, 14), rules=rules)
    assert [one.rule.id for one in found] == ["york.core-group.first", "york.plan.shared"]
    assert [one.restated_by for one in found] == [(), ()]


def test_a_met_place_is_not_nudged_for_by_a_loose_one() -> None:
    """A team that has met the firm duty would be chased by a reading that the text leaves open."""
    rules = two_places({"done_by": ["core_group_held", "report_shared"]}, {"unclear": LOOSE})
    found = only(ICPC, event("report_shared", 4, 9), today=date(2026, 4, 10), rules=rules)
    assert (found.rule.id, found.status, found.nudge_on) == (FIRM, Status.MET, None)
    assert [(other.rule_id, other.on) for other in found.disagreeing] == [(DAYS, date(2026, 4, 12))]


def test_places_that_all_ask_the_same_question_are_one_question() -> None:
    """One missing fact that two pages turn on would stop the whole case from being worked out."""
    asks = {"applies_when": {"newly_qualified": True}}
    found = only(ICPC, today=date(2026, 4, 10), rules=two_places(asks, asks))
    assert (found.status, found.missing, found.nudge_on) == (Status.BLOCKED, "newly_qualified", None)
    assert [other.on for other in found.disagreeing] == [None]


def test_what_was_met_from_an_earlier_start_says_nothing_of_this_one() -> None:
    """The January date of a duty met in January would stand beside April's, as if it were late."""
    rules = two_places({"starts": "rcpc_held"}, {"starts": "icpc_held"})
    events = (event("icpc_held", 1, 2), event("core_group_held", 1, 7), event("rcpc_held", 4, 2))
    found = only(*events, today=date(2026, 4, 3), rules=rules)
    assert (found.rule.id, due_on(found), found.disagreeing) == (FIRM, date(2026, 4, 20), ())


def beside(local: dict[str, Any], law: dict[str, Any], *done: str) -> Obligation:
    """Return a local duty of ten working days tied to a law of ten days, with what was done on 9 April."""
    rules = (make_rule(shortens=LAW, **local), make_rule(LAW, {"within": 10, "unit": "days"}, **law))
    case = Case("YK-0417", "york", {}, (ICPC, *(event(name, 4, 9) for name in done)))
    (found,) = obligations(case, make_book(*rules), england(), date(2026, 4, 10))
    return found


def test_the_earlier_day_of_the_law_is_the_one_to_act_by() -> None:
    """A team would keep the council's promise and break the law's limit eight days before it."""
    found = beside({}, {})
    assert (due_on(found), found.nudge_on) == (date(2026, 4, 20), date(2026, 4, 12))
    assert found.due is not None
    assert [(other.rule_id, other.on) for other in found.due.others] == [(LAW, date(2026, 4, 12))]
    assert found.due.working[-2:] == (
        "Nationally within 10 days (lines 550–553): Sun 12 Apr 2026",
        "Source: Standard 4, lines 550–553",
    )


def test_a_later_day_of_the_law_moves_nothing() -> None:
    """The nudge would wait for the law where the council promises more."""
    found = beside({"limit": {"within": 5, "unit": "days"}}, {})
    assert (due_on(found), found.nudge_on) == (date(2026, 4, 7), date(2026, 4, 7))


def test_the_other_readings_stay_beside_the_law() -> None:
    """The reading of five days would be dropped for the law's ten."""
    reading = {"what": "unit", "why": "?", "other": {"within": 5, "unit": "days"}}
    found = beside({"unclear": [reading]}, {})
    assert found.due is not None
    assert [other.on for other in found.due.others] == [date(2026, 4, 7), date(2026, 4, 12)]
    assert found.nudge_on == date(2026, 4, 7)


def test_what_is_met_locally_is_not_nudged_for_by_the_law() -> None:
    """A duty that is done would go on nagging because the law's own is met by something else."""
    found = beside({}, {"done_by": "report_shared"}, "core_group_held")
    assert (found.status, found.nudge_on) == (Status.MET, None)


def test_a_law_that_turns_on_what_is_not_known_is_left_out() -> None:
    """A date of the law would be told to a worker to whom it may not apply."""
    found = beside({}, {"applies_when": {"newly_qualified": True}})
    assert (due_on(found), found.nudge_on) == (date(2026, 4, 20), date(2026, 4, 20))
    assert found.due is not None
    assert not any(line.startswith("Nationally") for line in found.due.working)


def test_a_settled_duty_of_another_start_and_event_is_not_told_beside_this_one() -> None:
    """The first visit of an old referral, long made, would stand as another date for the plan's first visit."""
    rules = (
        make_rule(FIRM, starts="rcpc_held", done_by="core_group_held", disagrees_with=[DAYS]),
        make_rule(DAYS, {"within": 5, "unit": "days"}, done_by="report_shared", disagrees_with=[FIRM]),
    )
    events = (event("icpc_held", 1, 2), event("report_shared", 1, 7), event("rcpc_held", 4, 2))
    found = {one.rule.id: one for one in seen(*events, today=date(2026, 4, 3), rules=rules)}
    assert found[FIRM].disagreeing == ()
