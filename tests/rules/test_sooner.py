"""Duties with two clocks, whichever is sooner: the first review of an unborn child's plan, before and after the birth.

The two limits are those of published local procedures: three months from the conference, or ten working days after the
birth. No shipped document has such a pair, so the rules are made here.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rules import Obligation, Reading, Status, check_book, england
from rules.count import LONDON
from tests.rules.build import make_book, make_rule, make_version
from tests.rules.test_obligations import due_on, event, only, seen

CONFERENCE, BIRTH = "york.rcpc.from-conference", "york.rcpc.from-birth"
RULES = (
    make_rule(
        CONFERENCE,
        {"within": 3, "unit": "months"},
        starts="icpc_held",
        done_by="rcpc_held",
        sooner_of=[BIRTH],
    ),
    make_rule(
        BIRTH,
        {"within": 10, "unit": "working_days"},
        starts="born",
        done_by="rcpc_held",
        requires=["icpc_held"],
        window={"of": "icpc_held"},  # only a child who is born after the conference
        sooner_of=[CONFERENCE],
    ),
)
ICPC = event("icpc_held", 3, 2)  # three months on: Tue 2 Jun 2026


def review(*events: object, today: date) -> Obligation:
    """Return how the first review stands."""
    return only(ICPC, *events, today=today, rules=RULES)  # type: ignore[arg-type]


def test_before_the_birth_the_conference_counts_and_the_other_clock_is_named() -> None:
    """A team would plan for June and not be told that the birth may bring the review forward."""
    found = review(today=date(2026, 4, 1))
    assert (found.rule.id, due_on(found), found.status) == (CONFERENCE, date(2026, 6, 2), Status.UPCOMING)
    assert found.due is not None
    assert found.due.steps[-1] == "Whichever is sooner: within 10 working days of born (lines 550–553), not known here"


def test_a_birth_that_brings_the_review_forward_leads() -> None:
    """The review of a baby born in May would be looked for in June, when it was due on 18 May."""
    found = review(event("born", 5, 1), today=date(2026, 5, 5))
    assert (found.rule.id, due_on(found), found.nudge_on) == (BIRTH, date(2026, 5, 18), date(2026, 5, 18))
    assert found.due is not None
    assert found.due.steps[-1].endswith("within 3 months of icpc held (lines 550–553): Tue 2 Jun 2026")


def test_a_late_birth_does_not_put_the_review_off() -> None:
    """Ten working days after a birth on 29 May would move the review past the three months."""
    found = review(event("born", 5, 29), today=date(2026, 5, 30))
    assert (found.rule.id, due_on(found), found.nudge_on) == (CONFERENCE, date(2026, 6, 2), date(2026, 6, 2))


def test_a_met_clock_settles_the_duty_though_the_other_is_sooner() -> None:
    """A review on the eve of the birth would be asked for again within ten working days of it."""
    found = review(event("rcpc_held", 5, 3), event("born", 5, 4), today=date(2026, 5, 26))
    assert (found.rule.id, found.status, found.nudge_on) == (CONFERENCE, Status.MET, None)


def test_a_review_before_the_birth_settles_both_clocks() -> None:
    """A team that reviewed in time would be chased again because the baby came."""
    found = review(event("rcpc_held", 5, 20), event("born", 5, 25), today=date(2026, 5, 26))
    assert (found.rule.id, found.status, found.done_on) == (CONFERENCE, Status.MET, date(2026, 5, 20))
    assert found.nudge_on is None


def test_a_child_born_before_the_conference_has_the_one_clock() -> None:
    """Every older child would be overdue since ten working days after its birth."""
    found = review(event("born", 7, 1, 2019), today=date(2026, 4, 1))
    assert (found.rule.id, due_on(found), found.status) == (CONFERENCE, date(2026, 6, 2), Status.UPCOMING)


def test_the_other_clock_stands_in_full_before_the_source() -> None:
    """A manager who asks why the review moved would find one clock, or the source cut off."""
    found = review(event("born", 5, 1), today=date(2026, 5, 5))
    assert found.due is not None
    words = "Whichever is sooner: within 3 months of icpc held (lines 550–553): Tue 2 Jun 2026"
    other = Reading(words, "Standard 4, lines 550–553", date(2026, 6, 2), None, CONFERENCE)
    assert (found.due.others, found.due.working[-2:]) == ((other,), (words, "Source: Standard 4, lines 550–553"))


def test_a_clock_that_has_not_started_is_named_with_its_place() -> None:
    """Nobody would know which page says that the birth counts too."""
    (told,) = make_book(*RULES).due(CONFERENCE, {"icpc_held": ICPC.on}, england()).others
    words = "Whichever is sooner: within 10 working days of born (lines 550–553), not known here"
    assert told == Reading(words, "Standard 4, lines 550–553", rule_id=BIRTH)


def test_another_reading_of_the_later_clock_still_sets_the_day_to_act() -> None:
    """The text may mean one month; nobody would be told before the birth's date."""
    other = {"what": "amount", "why": "A page says one.", "other": {"within": 1, "unit": "months"}}
    rules = (RULES[0].model_validate({**RULES[0].model_dump(by_alias=True), "unclear": [other]}), RULES[1])
    found = only(ICPC, event("born", 5, 1), today=date(2026, 5, 5), rules=rules)
    assert (found.rule.id, found.nudge_on) == (BIRTH, date(2026, 4, 2))


def test_two_clocks_that_wait_for_one_answer_ask_once() -> None:
    """The same question twice, or a crash where neither clock has a date."""
    asks = {"newly_qualified": True}
    rules = tuple(rule.model_copy(update={"applies_when": asks}) for rule in RULES)
    found = only(ICPC, event("born", 5, 1), today=date(2026, 5, 5), rules=rules)
    assert (found.rule.id, found.status, found.missing) == (CONFERENCE, Status.BLOCKED, "newly_qualified")


def test_the_second_of_two_recurring_clocks_is_counted_for_both() -> None:
    """Asked for the visit after next, the other clock would give the next one and so always lead."""
    pair = (
        make_rule("york.visit.months", {"every": 1, "unit": "months"}, starts="cp_visit_held", done_by="cp_visit_held"),
        make_rule("york.visit.days", {"every": 28, "unit": "days"}, starts="cp_visit_held", done_by="cp_visit_held"),
    )
    rules = tuple(rule.model_copy(update={"sooner_of": (other.id,)}) for rule, other in (pair, pair[::-1]))
    found = make_book(*rules).headline("york.visit.months", {"cp_visit_held": date(2026, 3, 2)}, england(), 2)
    assert (found.rule_id, found.on) == ("york.visit.days", date(2026, 4, 27))
    assert [one.on for one in found.others] == [date(2026, 5, 2)]


def test_a_clock_that_comes_once_is_counted_once_beside_a_recurring_one() -> None:
    """Asked for the second visit, a clock that comes once would be refused and so vanish."""
    pair = (
        make_rule("york.visit.months", {"every": 1, "unit": "months"}, starts="cp_visit_held", done_by="cp_visit_held"),
        make_rule("york.visit.once", {"within": 90, "unit": "days"}, starts="cp_visit_held", done_by="cp_visit_held"),
    )
    rules = tuple(rule.model_copy(update={"sooner_of": (other.id,)}) for rule, other in (pair, pair[::-1]))
    found = make_book(*rules).headline("york.visit.months", {"cp_visit_held": date(2026, 3, 2)}, england(), 2)
    assert (found.on, [one.on for one in found.others]) == (date(2026, 5, 2), [date(2026, 5, 31)])


def test_clocks_in_hours_are_compared_by_the_moment_and_by_the_version_in_force() -> None:
    """Two clocks that run out on one day would be told apart by nothing, or by the newest law for an old case."""
    newer = [
        make_version({"within": 24, "unit": "hours"}, "2026-06-01"),
        make_version({"within": 48, "unit": "hours"}, None),
    ]
    pair = (
        make_rule(
            "york.interview.hours", {"within": 50, "unit": "hours"}, starts="missing_found", done_by="interview_held"
        ),
        make_rule("york.interview.sooner", starts=["born", "missing_found"], done_by="interview_held", versions=newer),
    )
    rules = tuple(rule.model_copy(update={"sooner_of": (other.id,)}) for rule, other in (pair, pair[::-1]))
    found_at = datetime(2026, 5, 4, 9, tzinfo=LONDON)
    book = make_book(*rules)
    found = book.headline("york.interview.hours", {"missing_found": found_at}, england())
    assert (found.rule_id, found.at) == ("york.interview.sooner", datetime(2026, 5, 6, 9, tzinfo=LONDON))
    (other,) = book.due("york.interview.hours", {"missing_found": found_at}, england()).others
    assert (other.at, other.rule_id) == (found.at, "york.interview.sooner")
    assert "within 48 hours of missing found" in other.sentence


@pytest.mark.parametrize(
    ("birth", "due"), [(date(2026, 5, 1), date(2026, 5, 18)), (date(2026, 5, 29), date(2026, 6, 2))]
)
def test_a_typed_question_gets_the_sooner_date(birth: date, due: date) -> None:
    """Asked with both days, Signpost would answer with whichever rule the question happened to find."""
    book = make_book(*RULES)
    facts = {"icpc_held": ICPC.on, "born": birth}
    assert [book.headline(rule.id, facts, england()).on for rule in RULES] == [due, due]


def test_two_clocks_must_name_each_other_and_be_met_by_the_same_event() -> None:
    """One clock would count alone, and its sooner twin would never be seen."""
    lonely = (RULES[0], RULES[1].model_copy(update={"sooner_of": (), "done_by": ("core_group_held",)}))
    problems, _ = check_book(make_book(*lonely))
    assert [problem.split("sooner_of: ")[1] for problem in problems if "sooner_of" in problem] == [
        f"{BIRTH} does not name this rule in turn",
        f"nothing that meets {BIRTH} meets this rule: two clocks of one duty are met together",
    ]


def test_a_duty_between_its_two_clocks_in_the_register_does_not_part_them() -> None:
    """The review would stand in the list twice, once by each clock."""
    rules = (RULES[0], make_rule(), RULES[1])
    found = seen(ICPC, event("born", 5, 1), today=date(2026, 5, 5), rules=rules)
    assert sorted(one.rule.id for one in found) == ["york.core-group.first", BIRTH]


def test_two_clocks_that_name_each_other_are_sound() -> None:
    """A checker that complains of what is right is soon not read."""
    problems, _ = check_book(make_book(*RULES))
    assert [problem for problem in problems if "sooner_of" in problem] == []
