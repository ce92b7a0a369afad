"""How a duty stands at its corners: weekends, looking further ahead, hour clocks, and what a blocked one still says."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rules import Case, Event, RuleBook, Status, england, obligations
from tests.rules.build import make_book, make_rule, make_version
from tests.rules.test_obligations import ICPC, INTERVIEW, due_on, event, only


@pytest.mark.parametrize(
    ("today", "over"),
    [
        (date(2026, 4, 18), 0),
        (date(2026, 4, 19), 0),
        (date(2026, 4, 20), 1),
        (date(2026, 4, 21), 2),
    ],
)
def test_a_weekend_adds_no_working_day_over(today: date, over: int) -> None:
    """Due on a Friday, a duty would be called a working day over on the Saturday."""
    rule = make_rule(limit={"within": 15, "unit": "days"})
    found = only(ICPC, today=today, rules=(rule,))
    assert (found.status, due_on(found), found.working_days_over) == (Status.OVERDUE, date(2026, 4, 17), over)


@pytest.mark.parametrize(
    ("soon", "status"),
    [(0, Status.UPCOMING), (9, Status.UPCOMING), (10, Status.DUE_SOON), (40, Status.DUE_SOON)],
)
def test_soon_is_as_many_working_days_as_the_team_says(soon: int, status: Status) -> None:
    """A team that looks eight weeks ahead would be shown a fortnight."""
    case = Case("YK-0417", "york", {}, (ICPC,))
    (found,) = obligations(case, make_book(make_rule()), england(), date(2026, 4, 2), soon=soon)
    assert found.status is status
    (far,) = obligations(case, make_book(make_rule(limit={"within": 8, "unit": "weeks"})), england(), ICPC.on, 40)
    assert far.status is Status.DUE_SOON


def test_a_duty_names_events_in_the_librarys_words() -> None:
    """A worker would read "icpc held" in the working of every date."""
    book = RuleBook.load()
    case = Case("YK-0417", "york", {}, (ICPC,))
    found = {one.rule.id: one for one in obligations(case, book, england(), date(2026, 4, 14))}
    first = found["york.core-group.first"]
    assert first.due is not None
    assert book.events["icpc_held"].title != "icpc held"
    assert first.due.working[0] == f"Clock starts Thu 2 Apr 2026 ({book.events['icpc_held'].title}), day 0"


def test_a_blocked_duty_says_whose_it_is_and_when_it_was_last_done() -> None:
    """A question on a list of many cases would belong to none, and forget that it was done last month."""
    rule = make_rule(applies_when={"newly_qualified": True})
    found = only(event("core_group_held", 3, 2), ICPC, today=date(2026, 4, 14), rules=(rule,))
    assert (found.status, found.case_ref, found.last_done) == (Status.BLOCKED, "YK-0417", date(2026, 3, 2))
    assert only(ICPC, today=date(2026, 4, 14), rules=(rule,)).last_done is None


def test_an_hour_clock_without_its_time_goes_by_the_law_of_its_day() -> None:
    """Whether an interview of last year was in time would be judged by this year's hours."""
    versions = [
        make_version({"within": 24, "unit": "hours"}, "2026-06-01"),
        make_version({"within": 72, "unit": "hours"}, "2020-01-01"),
    ]
    rule = make_rule("york.missing.interview", starts="missing_found", done_by="interview_held", versions=versions)
    found = only(event("missing_found", 3, 3), today=date(2026, 3, 4), rules=(rule,))
    assert (found.status, found.nudge_on) == (Status.BLOCKED, date(2026, 3, 6))
    done = only(event("missing_found", 3, 3), event("interview_held", 3, 6), today=date(2026, 3, 9), rules=(rule,))
    assert done.status is Status.MET


def test_looking_back_at_an_hour_clock_gives_its_day() -> None:
    """An earlier interview would be lost, or held against a time of day that its record does not have."""
    found = only(
        Event("missing_found", date(2026, 1, 5), datetime(2026, 1, 5, 21)),
        event("interview_held", 1, 9),
        Event("missing_found", date(2026, 3, 27), datetime(2026, 3, 27, 21)),
        today=date(2026, 3, 28),
        rules=(INTERVIEW,),
    )
    (past,) = found.history
    assert type(past.on) is date
    assert (past.on, past.done, past.working_days_late) == (date(2026, 1, 8), date(2026, 1, 9), 1)


def test_hours_before_a_day_that_is_over_ask_for_its_time_no_more() -> None:
    """Every case would ask at what time the conference of last spring was."""
    rule = make_rule("york.report.hours", {"before": 48, "unit": "hours"}, starts="icpc_held", done_by="report_shared")
    ahead = only(ICPC, today=date(2026, 4, 1), rules=(rule,))
    assert (ahead.status, ahead.needs_time) == (Status.BLOCKED, True)
    over = only(ICPC, today=date(2026, 4, 3), rules=(rule,))
    assert (over.status, over.question, over.needs_time) == (Status.ENDED, None, False)
