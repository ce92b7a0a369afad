"""Duties with two clocks, whichever is sooner: the first review of an unborn child's plan, before and after the birth.

The two limits are those of published local procedures: three months from the conference, or ten working days after the
birth. No shipped document has such a pair, so the rules are made here.
"""

from __future__ import annotations

from datetime import date

import pytest

from rules import Obligation, Status, check_book, england
from tests.rules.build import make_book, make_rule
from tests.rules.test_obligations import due_on, event, only

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


def test_a_review_before_the_birth_settles_both_clocks() -> None:
    """A team that reviewed in time would be chased again because the baby came."""
    found = review(event("rcpc_held", 5, 20), event("born", 5, 25), today=date(2026, 5, 26))
    assert (found.rule.id, found.status, found.done_on) == (CONFERENCE, Status.MET, date(2026, 5, 20))
    assert found.nudge_on is None


def test_a_child_born_before_the_conference_has_the_one_clock() -> None:
    """Every older child would be overdue since ten working days after its birth."""
    found = review(event("born", 7, 1, 2019), today=date(2026, 4, 1))
    assert (found.rule.id, due_on(found), found.status) == (CONFERENCE, date(2026, 6, 2), Status.UPCOMING)


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
