"""What applies to a case and how it stands: started, met, late, ended, blocked, again and again, and looking back."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rules import BeyondHorizon, Case, Event, Obligation, Rule, RuleBook, Status, england, obligations
from tests.rules.build import make_book, make_rule

CORE = make_rule(ends_by=["cp_plan_ended", "case_closed"])
ICPC = Event("icpc_held", date(2026, 4, 2))  # the first core group is due on Mon 20 Apr 2026
VISIT = make_rule(
    "york.cp-visit.next",
    {"every": 20, "unit": "days"},
    starts=["cp_visit_held", "cp_plan_agreed"],
    done_by="cp_visit_held",
)
REPORT = make_rule(
    "york.report.before",
    {"before": 3, "unit": "working_days"},
    starts=["icpc_held", "rcpc_held"],
    done_by="report_shared",
    ends_by=["case_closed"],
)
INTERVIEW = make_rule(
    "york.missing.interview",
    {"within": 72, "unit": "hours"},
    starts="missing_found",
    done_by="interview_held",
    ends_by=["case_closed"],
)


def event(name: str, month: int, day: int, year: int = 2026) -> Event:
    """Return an event of a day."""
    return Event(name, date(year, month, day))


def seen(*events: Event, today: date, rules: tuple[Rule, ...] = (CORE,), **facts: bool | str) -> list[Obligation]:
    """Return the duties of a case with these events and facts."""
    return obligations(Case("YK-0417", "york", facts, events), make_book(*rules), england(), today)


def only(*events: Event, today: date, rules: tuple[Rule, ...] = (CORE,), **facts: bool | str) -> Obligation:
    """Return the one duty that there must be."""
    (found,) = seen(*events, today=today, rules=rules, **facts)
    return found


def due_on(one: Obligation) -> date | None:
    """Return the day it is due, or None."""
    return one.due.on if one.due else None


@pytest.mark.parametrize(
    ("today", "status", "over"),
    [
        (date(2026, 4, 2), Status.UPCOMING, 0),
        (date(2026, 4, 10), Status.UPCOMING, 0),
        (date(2026, 4, 13), Status.DUE_SOON, 0),
        (date(2026, 4, 19), Status.DUE_SOON, 0),
        (date(2026, 4, 20), Status.DUE_TODAY, 0),
        (date(2026, 4, 21), Status.OVERDUE, 1),
        (date(2026, 5, 5), Status.OVERDUE, 10),
    ],
)
def test_an_open_duty_stands_by_its_day(today: date, status: Status, over: int) -> None:
    """A team would be nudged on the wrong morning, or told the wrong number of days over."""
    found = only(ICPC, today=today)
    assert (found.status, found.working_days_over, due_on(found)) == (status, over, date(2026, 4, 20))
    assert found.nudge_on == date(2026, 4, 20)
    assert found.case_ref == "YK-0417"


def test_nothing_recorded_is_nothing_due_and_plans_start_no_clock() -> None:
    """A booked conference would already be counted from."""
    assert seen(today=date(2026, 4, 1)) == []
    assert seen(ICPC, today=date(2026, 4, 1)) == []


def test_met_on_its_last_day_is_in_time_and_a_day_later_is_late() -> None:
    """A manager would see drift where there is none, or none where there is."""
    met = only(ICPC, event("core_group_held", 4, 20), today=date(2026, 6, 1))
    assert (met.status, met.working_days_over, met.done_on, met.nudge_on) == (Status.MET, 0, date(2026, 4, 20), None)
    late = only(ICPC, event("core_group_held", 4, 22), today=date(2026, 6, 1))
    assert (late.status, late.working_days_over) == (Status.MET_LATE, 2)


def test_what_was_done_before_the_start_or_is_only_booked_does_not_meet_it() -> None:
    """Last year's core group would count for this year's conference."""
    found = only(event("core_group_held", 4, 1), event("core_group_held", 4, 28), ICPC, today=date(2026, 4, 27))
    assert (found.status, found.done_on, found.last_done) == (Status.OVERDUE, None, date(2026, 4, 1))


def test_the_first_thing_done_meets_it_however_many_follow() -> None:
    """A second core group would turn a met duty into a late one."""
    found = only(ICPC, event("core_group_held", 6, 1), event("core_group_held", 4, 9), today=date(2026, 7, 1))
    assert (found.status, found.done_on, found.last_done) == (Status.MET, date(2026, 4, 9), date(2026, 6, 1))


def test_what_closes_the_work_ends_it_unless_it_was_met_first() -> None:
    """A closed case would be nudged for ever, or a met duty would be called ended."""
    ended = only(ICPC, event("cp_plan_ended", 4, 10), today=date(2026, 6, 1))
    assert (ended.status, ended.nudge_on, ended.working_days_over) == (Status.ENDED, None, 0)
    met = only(ICPC, event("core_group_held", 4, 9), event("cp_plan_ended", 4, 10), today=date(2026, 6, 1))
    assert met.status is Status.MET
    after = only(ICPC, event("cp_plan_ended", 4, 10), event("core_group_held", 4, 13), today=date(2026, 6, 1))
    assert after.status is Status.ENDED
    before = only(event("cp_plan_ended", 4, 1), ICPC, today=date(2026, 4, 14))
    assert before.status is Status.DUE_SOON
    planned = only(ICPC, event("cp_plan_ended", 5, 1), today=date(2026, 4, 14))
    assert planned.status is Status.DUE_SOON


def test_a_new_start_begins_again_and_the_earlier_run_is_history() -> None:
    """A second conference would be shown as met by the core group of the first."""
    found = only(event("icpc_held", 1, 8, 2025), event("core_group_held", 1, 27, 2025), ICPC, today=date(2026, 4, 20))
    assert (found.status, due_on(found)) == (Status.DUE_TODAY, date(2026, 4, 20))
    (past,) = found.history
    assert (past.start, past.on, past.done, past.working_days_late, past.late) == (
        date(2025, 1, 8),
        date(2025, 1, 22),
        date(2025, 1, 27),
        3,
        True,
    )


def test_a_recurring_duty_runs_from_the_last_one_and_looks_back() -> None:
    """The next visit would be counted from the first, and no one would see the one that was late."""
    found = only(
        event("cp_plan_agreed", 1, 5),
        event("cp_visit_held", 1, 20),
        event("cp_visit_held", 2, 12),
        today=date(2026, 3, 1),
        rules=(VISIT,),
    )
    assert (due_on(found), found.status, found.last_done) == (date(2026, 3, 4), Status.DUE_SOON, date(2026, 2, 12))
    assert [(past.on, past.done, past.working_days_late) for past in found.history] == [
        (date(2026, 1, 25), date(2026, 1, 20), 0),
        (date(2026, 2, 9), date(2026, 2, 12), 3),
    ]


def test_a_recurring_duty_begins_with_what_begins_the_series() -> None:
    """A plan without a first visit would have no visit due."""
    found = only(event("cp_plan_agreed", 1, 5), today=date(2026, 1, 6), rules=(VISIT,))
    assert (due_on(found), found.history) == (date(2026, 1, 25), ())


def test_a_series_that_ended_stays_ended_until_something_begins_it_again() -> None:
    """A courtesy visit after a plan's end would set twenty-day clocks going for ever."""
    rule = make_rule(
        "york.cp-visit.next",
        {"every": 20, "unit": "days"},
        starts=["cp_visit_held", "cp_plan_agreed"],
        done_by="cp_visit_held",
        ends_by=["cp_plan_ended"],
    )
    first = (event("cp_plan_agreed", 1, 5), event("cp_visit_held", 1, 20), event("cp_plan_ended", 2, 2))
    ended = only(*first, event("cp_visit_held", 2, 20), today=date(2026, 5, 1), rules=(rule,))
    assert ended.status is Status.ENDED
    again = only(*first, event("cp_plan_agreed", 4, 20), today=date(2026, 5, 1), rules=(rule,))
    assert (again.status, due_on(again)) == (Status.DUE_SOON, date(2026, 5, 10))
    assert [past.start for past in again.history] == [date(2026, 1, 5)]  # none runs across the end
    assert (
        seen(event("cp_plan_ended", 2, 2), event("cp_visit_held", 2, 20), today=date(2026, 5, 1), rules=(rule,)) == []
    )


def test_two_in_each_year_run_from_the_last_but_one() -> None:
    """The second visit of the year would be put off until a year after the first."""
    rule = make_rule(
        "york.short-breaks.seen-twice",
        {"every": 1, "unit": "years", "times": 2},
        starts=["short_break_visit_held", "short_breaks_started"],
        done_by="short_break_visit_held",
    )
    started = event("short_breaks_started", 1, 10)
    visits = [event("short_break_visit_held", month, 1) for month in (3, 8, 11)]
    expected = [date(2027, 1, 10), date(2027, 1, 10), date(2027, 3, 1), date(2027, 8, 1)]
    for known, day in enumerate(expected):
        found = only(started, *visits[:known], today=date(2026, 12, 1), rules=(rule,))
        assert due_on(found) == day
    assert [past.on for past in found.history] == [date(2027, 1, 10), date(2027, 3, 1)]


def test_a_limit_before_looks_to_the_next_booked_day() -> None:
    """A report would be asked for by the date of the last conference."""
    found = only(
        ICPC, event("report_shared", 3, 30), event("rcpc_held", 6, 30), today=date(2026, 6, 24), rules=(REPORT,)
    )
    assert (due_on(found), found.status) == (date(2026, 6, 25), Status.DUE_SOON)
    assert [(past.on, past.done) for past in found.history] == [(date(2026, 3, 30), date(2026, 3, 30))]


@pytest.mark.parametrize(
    ("shared", "status", "over"),
    [
        (date(2026, 6, 25), Status.MET, 0),
        (date(2026, 6, 29), Status.MET_LATE, 2),
        (date(2026, 4, 2), Status.OVERDUE, 2),
    ],
)
def test_a_limit_before_is_met_after_the_last_such_day_and_by_this_one(shared: date, status: Status, over: int) -> None:
    """The report of the last conference would count for the next."""
    events = (ICPC, event("rcpc_held", 6, 30), Event("report_shared", shared))
    found = only(*events, today=date(2026, 6, 29), rules=(REPORT,))
    assert (found.status, found.working_days_over) == (status, over)


def test_a_booked_day_that_has_passed_can_no_longer_be_prepared_for() -> None:
    """Staff would be nudged for ever to send a report to a conference already held."""
    passed = only(ICPC, today=date(2026, 4, 3), rules=(REPORT,))
    assert (passed.status, passed.nudge_on, due_on(passed)) == (Status.ENDED, None, date(2026, 3, 30))
    late = only(ICPC, event("report_shared", 4, 1), today=date(2026, 4, 20), rules=(REPORT,))
    assert (late.status, late.working_days_over) == (Status.MET_LATE, 2)
    on_the_day = only(ICPC, today=date(2026, 4, 2), rules=(REPORT,))
    assert (on_the_day.status, on_the_day.working_days_over) == (Status.OVERDUE, 3)


def test_closing_a_case_ends_what_is_booked_on_it() -> None:
    """A closed case's next conference would go on asking for its report."""
    booked = (ICPC, event("report_shared", 3, 30), event("rcpc_held", 6, 30))
    closed = only(*booked, event("case_closed", 5, 1), today=date(2026, 6, 29), rules=(REPORT,))
    assert closed.status is Status.ENDED
    reopened = (event("case_closed", 5, 1, 2025), *booked)
    assert only(*reopened, today=date(2026, 6, 29), rules=(REPORT,)).status is Status.OVERDUE


def test_an_hour_clock_without_its_time_is_blocked_with_the_question() -> None:
    """A time of day taken for granted would be out by up to a day."""
    found = only(event("missing_found", 3, 27), today=date(2026, 3, 28), rules=(INTERVIEW,))
    assert (found.status, found.due, found.missing, found.needs_time) == (Status.BLOCKED, None, "missing_found", True)
    assert found.question == "At what time of day was this: missing found?"
    assert found.nudge_on == date(2026, 3, 30)  # the earliest that it can be


def test_an_hour_clock_with_its_time() -> None:
    """72 hours over the clock change would be an hour short, and an interview in time called late."""
    start = Event("missing_found", date(2026, 3, 27), datetime(2026, 3, 27, 21))
    found = only(start, today=date(2026, 3, 28), rules=(INTERVIEW,))
    assert found.due is not None
    assert found.due.at is not None
    assert (found.due.at.isoformat(), found.status) == ("2026-03-30T22:00:00+01:00", Status.DUE_SOON)
    for hour, status in ((21, Status.MET), (22, Status.MET), (23, Status.MET_LATE)):
        done = Event("interview_held", date(2026, 3, 30), datetime(2026, 3, 30, hour))
        assert only(start, done, today=date(2026, 4, 1), rules=(INTERVIEW,)).status is status
    untimed = event("interview_held", 3, 30)
    assert only(start, untimed, today=date(2026, 4, 1), rules=(INTERVIEW,)).status is Status.MET


@pytest.mark.parametrize(
    ("done", "status", "over"),
    [
        (date(2026, 3, 29), Status.MET, 0),
        (
            date(2026, 3, 31),
            Status.MET,
            0,
        ),  # found at 23:30, 72 hours end at 00:30 on the 31st: the clocks went forward
        (date(2026, 4, 1), Status.MET_LATE, 1),
    ],
)
def test_an_hour_clock_that_was_met_asks_no_more_for_its_time(done: date, status: Status, over: int) -> None:
    """Staff would be asked, months on, at what hour something was done."""
    events = (event("missing_found", 3, 27), Event("interview_held", done))
    found = only(*events, today=date(2026, 6, 1), rules=(INTERVIEW,))
    assert (found.status, found.working_days_over, found.question) == (status, over, None)
    assert (found.missing, found.needs_time, found.done_on) == (None, False, done)


def test_an_hour_clock_that_ended_asks_no_more_either() -> None:
    """A closed case would go on asking questions."""
    found = only(event("missing_found", 3, 27), event("case_closed", 3, 28), today=date(2026, 6, 1), rules=(INTERVIEW,))
    assert (found.status, found.question) == (Status.ENDED, None)
    assert (found.missing, found.needs_time, found.done_on) == (None, False, None)


def test_today_outside_the_known_years_is_refused() -> None:
    """Every status would rest on holidays that nobody has published."""
    with pytest.raises(BeyondHorizon):
        seen(ICPC, today=date(2029, 1, 1))


def test_a_count_past_the_known_years_is_blocked_and_says_why() -> None:
    """One duty too far ahead would hide all others of the case."""
    year = make_rule("york.plan.year", {"within": 1, "unit": "years"})
    last, calendar_year = seen(event("icpc_held", 12, 20, 2028), today=date(2028, 12, 21), rules=(CORE, year))[::-1]
    assert (last.status, last.missing) == (Status.BLOCKED, None)
    assert last.question is not None
    assert "31 December 2028" in last.question
    assert due_on(calendar_year) == date(2029, 12, 20)


def test_looking_back_leaves_out_what_cannot_be_counted() -> None:
    """One visit of 2011, or one hour clock without its time, would hide the whole history."""
    working_days = make_rule(
        "york.cp-visit.next", {"every": 20, "unit": "working_days"}, starts="cp_visit_held", done_by="cp_visit_held"
    )
    visits = [
        event("cp_visit_held", 12, 1, 2011),
        event("cp_visit_held", 1, 4, 2012),
        event("cp_visit_held", 1, 25, 2012),
    ]
    found = only(*visits, today=date(2012, 2, 1), rules=(working_days,))
    assert [past.start for past in found.history] == [date(2012, 1, 4)]
    found = only(
        event("missing_found", 1, 5), event("missing_found", 3, 27), today=date(2026, 3, 28), rules=(INTERVIEW,)
    )
    assert found.history == ()


def test_a_moment_among_the_facts_starts_an_hour_clock() -> None:
    """A time typed with the case would be asked for again."""
    found = only(today=date(2026, 3, 28), rules=(INTERVIEW,), missing_found="2026-03-27T21:00")
    assert found.due is not None
    assert found.due.on == date(2026, 3, 30)


def test_an_icpc_alone_gives_its_duties_each_with_a_date() -> None:
    """A team that records one conference would hear of nothing that follows from it."""
    found = obligations(Case("YK-0417", "york", {}, (ICPC,)), RuleBook.load(), england(), date(2026, 4, 14))
    dates = {one.rule.id: due_on(one) for one in found if one.status.open}
    assert dates["york.core-group.first"] == date(2026, 4, 20)
    assert dates["york.rcpc.first"] == date(2026, 7, 2)
    assert dates["york.cp-visit.first"] == date(2026, 4, 15)
    days = [one.due.sort_key for one in found if one.due]
    assert days == sorted(days)
    assert all(one.due for one in found if one.status is not Status.BLOCKED)


def test_a_planning_meeting_before_the_move_counts() -> None:
    """A meeting held in good time before the placement would be shown as never held."""
    meeting = make_rule(
        "york.placement.meeting",
        {"within": 5, "unit": "working_days"},
        starts="placement_started",
        done_by="report_shared",
        met_before=True,
    )
    early = (event("report_shared", 4, 1), event("placement_started", 4, 7))
    assert only(*early, today=date(2026, 5, 1), rules=(meeting,)).status is Status.MET
    moved = only(*early, event("placement_started", 4, 20), today=date(2026, 5, 1), rules=(meeting,))
    assert moved.status is Status.OVERDUE  # one meeting does not plan two moves
    again = only(
        *early,
        event("placement_started", 4, 20),
        event("report_shared", 4, 17),
        today=date(2026, 5, 1),
        rules=(meeting,),
    )
    assert again.status is Status.MET


def test_what_ended_unmet_leaves_the_loose_reading_standing() -> None:
    """Oversight of an open case would be lost because the assessment ended early."""
    firm = make_rule(
        "york.oversight.firm",
        {"by_day": 20, "unit": "working_days"},
        starts="placement_started",
        done_by="report_shared",
        ends_by=["icpc_held"],
        disagrees_with=["york.oversight.loose"],
    )
    loose = make_rule(
        "york.oversight.loose",
        {"by_day": 20, "unit": "days"},
        starts="placement_started",
        done_by="report_shared",
        disagrees_with=["york.oversight.firm"],
        unclear=[{"what": "unit", "why": "Only days is said."}],
    )
    found = only(event("placement_started", 4, 7), ICPC, today=date(2026, 4, 10), rules=(firm, loose))
    assert found.rule.id == "york.oversight.firm"  # the conference came before: it ends nothing
    ended = only(
        event("placement_started", 4, 7), event("icpc_held", 4, 9), today=date(2026, 4, 10), rules=(firm, loose)
    )
    assert ended.rule.id == "york.oversight.loose"
    assert ended.status.open
