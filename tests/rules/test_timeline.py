"""What starts, meets and ends a clock where days touch: the same day, the day after, today, and several runs."""

from __future__ import annotations

from datetime import date

import pytest

from rules import Event, Status, england
from rules.limit import Span
from rules.standing import span_after
from tests.rules.build import make_rule, make_version
from tests.rules.test_obligations import ICPC, REPORT, due_on, event, only, seen

SERIES = make_rule(
    "york.cp-visit.next",
    {"every": 20, "unit": "days"},
    starts=["cp_visit_held", "cp_plan_agreed"],
    done_by="cp_visit_held",
    ends_by=["cp_plan_ended"],
)


@pytest.mark.parametrize(
    ("done", "ended", "status"),
    [
        (date(2026, 4, 2), None, Status.MET),  # on the day of the conference itself
        (date(2026, 4, 1), None, Status.DUE_SOON),
        (date(2026, 4, 9), date(2026, 4, 9), Status.MET),  # done and closed on one day
        (date(2026, 4, 9), date(2026, 4, 8), Status.ENDED),
        (date(2026, 4, 9), date(2026, 4, 2), Status.ENDED),  # closed on the day of the conference
    ],
)
def test_what_happens_on_one_day_counts_for_the_worker(done: date, ended: date | None, status: Status) -> None:
    """A core group held straight after the conference, or on the day a case closes, would be shown as never held."""
    events = [ICPC, Event("core_group_held", done)] + ([Event("cp_plan_ended", ended)] if ended else [])
    assert only(*events, today=date(2026, 4, 14)).status is status


@pytest.mark.parametrize(
    ("shared", "status"),
    [
        (date(2026, 4, 7), Status.OVERDUE),  # on the day of the first move: it planned that one
        (date(2026, 4, 8), Status.MET),
        (date(2026, 4, 20), Status.MET),
    ],
)
def test_a_meeting_from_the_day_after_the_last_move_plans_the_next(shared: date, status: Status) -> None:
    """One meeting would count for two moves, or a meeting the morning after the first for none."""
    rule = make_rule(
        "york.placement.meeting",
        {"within": 5, "unit": "working_days"},
        starts="placement_started",
        done_by="report_shared",
        met_before=True,
    )
    moves = (event("placement_started", 4, 7), event("placement_started", 4, 20))
    assert only(*moves, Event("report_shared", shared), today=date(2026, 5, 1), rules=(rule,)).status is status


def test_every_earlier_run_is_looked_back_on_but_those_that_ended() -> None:
    """A manager would see the first conference alone, or a closed plan's core group as never held."""
    starts = [event("icpc_held", 1, 8, year) for year in (2023, 2024, 2025)]
    ended = event("cp_plan_ended", 1, 12, 2024)
    done = [event("core_group_held", 1, 15, year) for year in (2023, 2025)]
    found = only(*starts, ended, *done, ICPC, today=date(2026, 4, 3))
    assert [(past.start, past.done) for past in found.history] == [
        (date(2023, 1, 8), date(2023, 1, 15)),
        (date(2025, 1, 8), date(2025, 1, 15)),
    ]


def test_looking_back_at_a_series_no_run_crosses_its_end_or_is_met_by_a_new_beginning() -> None:
    """The months between two plans would show as one visit, many weeks late."""
    events = (
        event("cp_plan_agreed", 1, 5),
        event("cp_visit_held", 1, 20),
        event("cp_plan_ended", 2, 2),
        event("cp_visit_held", 2, 20),
        event("cp_plan_agreed", 4, 20),
        event("cp_visit_held", 5, 4),
        event("cp_plan_ended", 7, 1),
        event("cp_plan_agreed", 8, 3),
    )
    found = only(*events, today=date(2026, 8, 4), rules=(SERIES,))
    assert [(past.start, past.done) for past in found.history] == [
        (date(2026, 1, 5), date(2026, 1, 20)),
        (date(2026, 4, 20), date(2026, 5, 4)),
    ]
    renewed = only(*events[:2], event("cp_plan_agreed", 1, 30), today=date(2026, 2, 1), rules=(SERIES,))
    assert (due_on(renewed), len(renewed.history)) == (date(2026, 2, 19), 1)


def test_a_visit_on_the_day_the_plan_ends_is_the_last_of_it() -> None:
    """The ended duty would be shown as counted from the visit before."""
    events = (event("cp_plan_agreed", 1, 5), event("cp_visit_held", 1, 20), event("cp_visit_held", 2, 2))
    found = only(*events, event("cp_plan_ended", 2, 2), today=date(2026, 5, 1), rules=(SERIES,))
    assert (found.status, due_on(found)) == (Status.ENDED, date(2026, 2, 22))


def test_two_in_each_year_begin_again_with_a_new_beginning() -> None:
    """Last year's visits would count for breaks that began again this year."""
    rule = make_rule(
        "york.short-breaks.seen-twice",
        {"every": 1, "unit": "years", "times": 2},
        starts=["short_break_visit_held", "short_breaks_started"],
        done_by="short_break_visit_held",
    )
    before = [event("short_breaks_started", 1, 10, 2025)]
    before += [event("short_break_visit_held", month, 1, 2025) for month in (3, 8)]
    found = only(*before, event("short_breaks_started", 2, 2), today=date(2026, 3, 1), rules=(rule,))
    assert due_on(found) == date(2027, 2, 2)


def test_the_next_booked_day_is_the_nearest_from_today_on() -> None:
    """Today's conference, or next week's, would be passed over for the one after."""
    events = (ICPC, event("rcpc_held", 6, 30), event("rcpc_held", 12, 8))
    for today, on in (
        (date(2026, 4, 2), date(2026, 3, 30)),
        (date(2026, 4, 3), date(2026, 6, 25)),
        (date(2026, 6, 30), date(2026, 6, 25)),
        (date(2026, 7, 1), date(2026, 12, 3)),
    ):
        assert due_on(only(*events, today=today, rules=(REPORT,))) == on


def test_a_report_on_the_day_of_the_conference_is_late_and_not_missing() -> None:
    """A report handed round at the table would be shown as never written, or as the next conference's."""
    shared = event("report_shared", 4, 2)
    found = only(ICPC, shared, today=date(2026, 4, 2), rules=(REPORT,))
    assert (found.status, found.working_days_over, found.last_done) == (Status.MET_LATE, 3, date(2026, 4, 2))
    following = only(ICPC, shared, event("rcpc_held", 6, 30), today=date(2026, 6, 1), rules=(REPORT,))
    assert (following.status, following.done_on, following.last_done) == (Status.UPCOMING, None, date(2026, 4, 2))


def test_what_happens_today_on_a_closed_case_opens_its_bookings_again() -> None:
    """A case closed by mistake and worked on again would ask for no report."""
    booked = (ICPC, event("report_shared", 3, 30), event("case_closed", 5, 1), event("rcpc_held", 6, 30))
    today = date(2026, 6, 29)
    assert only(*booked, today=today, rules=(REPORT,)).status is Status.ENDED
    assert only(*booked, event("core_group_held", 6, 29), today=today, rules=(REPORT,)).status is Status.OVERDUE


def test_a_fact_that_only_looks_like_a_day_is_no_event() -> None:
    """A note that holds a date would open a closed case again."""
    booked = (ICPC, event("report_shared", 3, 30), event("case_closed", 5, 1), event("rcpc_held", 6, 30))
    found = only(*booked, today=date(2026, 6, 29), rules=(REPORT,), note="2026-06-20")
    assert found.status is Status.ENDED


@pytest.mark.parametrize("today", [england().known_from, england().known_to])
def test_the_first_and_the_last_known_day_can_be_today(today: date) -> None:
    """Every case would be refused on New Year's Eve."""
    assert seen(today=today) == []


@pytest.mark.parametrize(
    ("span", "on"),
    [
        (None, date(2026, 1, 31)),
        (Span(weeks=2), date(2026, 2, 14)),
        (Span(weeks=1, days=3), date(2026, 2, 10)),
        (Span(months=1, days=1), date(2026, 3, 1)),
        (Span(years=1, months=1), date(2027, 2, 28)),
    ],
)
def test_a_phase_begins_and_ends_so_long_after(span: Span | None, on: date) -> None:
    """A phase of weeks or days would end a week or a few days out, and with it the visits that belong to it."""
    assert span_after(date(2026, 1, 31), span) == on


def test_looking_back_leaves_out_what_began_outside_the_phase_and_nothing_else() -> None:
    """A first year's visits would be judged with those of settled years, or all lost behind one of them."""
    rule = make_rule(
        "york.visit.first-year",
        {"every": 6, "unit": "weeks"},
        starts=["placement_visit_held", "placement_started"],
        done_by="placement_visit_held",
        window={"of": "placement_started", "until": {"years": 1}},
    )
    days = [date(2023, 12, 1), date(2023, 12, 20), date(2024, 2, 1), date(2025, 3, 1), date(2025, 4, 1)]
    days += [date(2026, 2, 2), date(2026, 3, 10)]
    placements = [event("placement_started", 1, 2, year) for year in (2024, 2026)]
    visits = [Event("placement_visit_held", day) for day in days]
    found = only(*placements, *visits, today=date(2026, 3, 15), rules=(rule,))
    starts = [date(2024, 1, 2), date(2024, 2, 1), date(2026, 1, 2), date(2026, 2, 2)]
    assert [past.start for past in found.history] == starts


def test_looking_back_goes_by_the_law_of_the_day_and_its_way_of_counting() -> None:
    """A run of last year would be judged late by a limit that came after it."""
    versions = [
        make_version({"every": 1, "unit": "weeks"}, "2026-03-01", counts_start_day=True),
        make_version({"every": 2, "unit": "weeks"}, "2025-01-01", counts_start_day=True),
    ]
    rule = make_rule("york.cp-visit.next", starts="cp_visit_held", done_by="cp_visit_held", versions=versions)
    visits = [event("cp_visit_held", month, day) for month, day in ((1, 5), (3, 2), (3, 9))]
    found = only(*visits, today=date(2026, 3, 10), rules=(rule,))
    assert [past.on for past in found.history] == [date(2026, 1, 18), date(2026, 3, 8)]


def test_a_plan_agreed_and_ended_on_one_day_stays_ended() -> None:
    """A visit recorded after the plan was called off would bring its clock back for good."""
    events = (event("cp_plan_agreed", 1, 5), event("cp_plan_ended", 2, 2), event("cp_plan_agreed", 2, 2))
    strays = (event("cp_visit_held", 2, 10), event("cp_visit_held", 2, 20))
    found = only(*events, *strays, today=date(2026, 2, 25), rules=(SERIES,))
    assert (found.status, found.due and found.due.start) == (Status.ENDED, date(2026, 2, 2))


def test_a_visit_on_the_day_a_plan_ends_is_no_run_that_could_be_late() -> None:
    """A manager would read that the last visit was late, when the plan ended that day."""
    events = (event("cp_plan_agreed", 1, 5), event("cp_visit_held", 3, 2), event("cp_plan_ended", 3, 2))
    found = only(*events, today=date(2026, 3, 3), rules=(SERIES,))
    assert found.history == ()
