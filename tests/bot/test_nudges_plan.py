"""Who is nudged about what, when: by tables of days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.nudges.plan import LONDON, Duty, Times, alert_at, alerts, digest, digest_time, plan, stage_of
from rules import england

CALENDAR = england()
TIMES = Times(CALENDAR.is_open)
DUE = date(2026, 4, 20)  # a Monday; Good Friday is 3 April, Easter Monday 6 April


def duty(**values: object) -> Duty:
    """A first core group due on Mon 20 Apr 2026, unless told otherwise."""
    known: dict[str, object] = {
        "case_id": 7,
        "case_ref": "YK-0417",
        "due": DUE,
        "events": ("core_group_held",),
        "worker": "U1",
    }
    return Duty(rule="york.core-group.first", title="First core group", **(known | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 4, 1), None),
        (date(2026, 4, 2), "ahead-10"),  # eighteen days, ten working days: the Easter days do not count
        (date(2026, 4, 7), "ahead-10"),
        (date(2026, 4, 10), "ahead-10"),
        (date(2026, 4, 13), "ahead-5"),
        (date(2026, 4, 15), "ahead-5"),
        (date(2026, 4, 16), "ahead-2"),
        (date(2026, 4, 17), "ahead-2"),
        (date(2026, 4, 20), "today"),
        (date(2026, 4, 21), "over-1"),
        (date(2026, 4, 22), "over-1"),
        (date(2026, 4, 23), "over-3"),
        (date(2026, 4, 27), "over-5"),
        (date(2026, 5, 5), "over-10"),  # 4 May is the early May bank holiday
        (date(2026, 5, 11), "over-10"),
        (date(2026, 5, 12), "over-15"),
    ],
)
def test_stages_by_day(today: date, stage: str | None) -> None:
    """A worker is told ten, five and two working days before, on the day, and after; Easter is not counted."""
    assert stage_of(duty(), today, TIMES) == stage


def test_due_on_a_saturday_is_today_on_the_friday_and_overdue_on_the_monday() -> None:
    """A visit due at the weekend must be spoken of on the last working day before, not after."""
    weekend = duty(due=date(2026, 4, 25))
    assert stage_of(weekend, date(2026, 4, 24), TIMES) == "today"
    assert stage_of(weekend, date(2026, 4, 27), TIMES) == "over-1"


def test_the_earlier_reading_is_nudged_but_is_not_called_overdue() -> None:
    """Where ten days or ten working days may be meant, the team acts by the earlier and is not blamed by it."""
    unclear = duty(nudge_on=date(2026, 4, 15))
    assert stage_of(unclear, date(2026, 4, 15), TIMES) == "today"
    found = digest([unclear], date(2026, 4, 16), TIMES)
    assert [line.duty for line in found.today] == [unclear]
    assert found.overdue == ()


def test_nothing_at_the_weekend_or_on_a_bank_holiday() -> None:
    """Nobody is to be chased on Easter Monday."""
    for day in (date(2026, 4, 18), date(2026, 4, 19), date(2026, 4, 6)):
        assert plan([duty(due=date(2026, 4, 7))], day, TIMES) == []


def test_after_an_outage_there_is_one_nudge_not_one_a_missed_day() -> None:
    """Three mornings missed must not become three messages at once."""
    planned = plan([duty()], date(2026, 4, 24), TIMES)
    assert [(nudge.stage, nudge.days) for nudge in planned] == [("over-3", 4)]


def test_escalation_after_the_days_the_team_has_set() -> None:
    """The manager hears of a visit that stays undone, and not before the team has had its days."""
    times = Times(CALENDAR.is_open, escalate_after=4)
    assert "escalate" not in {nudge.stage for nudge in plan([duty()], date(2026, 4, 23), times)}
    assert "escalate" in {nudge.stage for nudge in plan([duty()], date(2026, 4, 24), times)}


def test_digest_puts_each_duty_under_one_heading_in_order() -> None:
    """A manager reads the latest first, and nothing twice."""
    today = date(2026, 4, 22)
    duties = [
        duty(due=today + timedelta(days=days), case_ref=f"YK-{days + 100}") if days else duty(due=today)
        for days in (-5, -1, 0, 1, 7, 8, 15, 30)
    ]
    duties.append(duty(due=None, question="When was the conference held?"))
    found = digest(duties, today, TIMES)
    assert [line.over for line in found.overdue] == [3, 1]
    assert [line.duty.due for line in found.today] == [today]
    assert [line.ahead for line in found.soon] == [1, 5]
    assert [line.ahead for line in found.notice] == [10]
    assert [line.duty.question for line in found.blocked] == ["When was the conference held?"]
    assert len(found.lines) == len({line.duty for line in found.lines})


def test_snooze_moves_the_nudge_and_is_counted() -> None:
    """A snoozed duty is not listed before its day, its date stays, and the digest says that one is left out."""
    one = duty()
    asleep = {one.key: date(2026, 4, 23)}
    assert digest([one], date(2026, 4, 22), TIMES, asleep).snoozed == 1
    assert digest([one], date(2026, 4, 22), TIMES, asleep).lines == ()
    awake = digest([one], date(2026, 4, 23), TIMES, asleep)
    assert [line.duty.due for line in awake.overdue] == [DUE]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 4, 20, 7, 59), None),
        (datetime(2026, 4, 20, 8, 0), date(2026, 4, 20)),
        (datetime(2026, 4, 20, 17, 59), date(2026, 4, 20)),
        (datetime(2026, 4, 20, 18, 0), None),
        (datetime(2026, 4, 20, 23, 0), None),
        (datetime(2026, 4, 18, 9, 0), None),
        (datetime(2026, 4, 6, 9, 0), None),
    ],
)
def test_digest_only_on_working_mornings_never_at_night(moment: datetime, day: date | None) -> None:
    """A reminder at midnight is read by nobody and wakes somebody."""
    assert digest_time(moment.replace(tzinfo=LONDON), 8, CALENDAR.is_open) == day


def test_digest_keeps_to_eight_o_clock_across_both_clock_changes() -> None:
    """Bots that count in UTC are an hour out for half of the year."""
    for day in (date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)):
        eight = datetime(day.year, day.month, day.day, 8, 0, tzinfo=LONDON)
        assert digest_time(eight, 8, CALENDAR.is_open) == day
        assert digest_time(eight - timedelta(minutes=1), 8, CALENDAR.is_open) is None


def test_hour_clock_is_told_four_hours_before_and_once_after() -> None:
    """A 72-hour clock that runs out on a Sunday is told on the Sunday."""
    at = datetime(2026, 4, 19, 16, 0, tzinfo=LONDON)
    clock = duty(due=at.date(), at=at)
    told = {hour: [nudge.stage for nudge in alerts([clock], at.replace(hour=hour))] for hour in (11, 12, 15, 16, 19)}
    assert told == {11: [], 12: ["hours-left"], 15: ["hours-left"], 16: ["hours-over"], 19: ["hours-over"]}


def test_hour_clock_that_ends_at_night_is_told_the_evening_before() -> None:
    """Nobody reads an alert at three in the morning; at seven the evening before they can still act."""
    at = datetime(2026, 4, 21, 5, 30, tzinfo=LONDON)
    assert alert_at(at) == datetime(2026, 4, 20, 19, 0, tzinfo=LONDON)
    assert alerts([duty(due=at.date(), at=at)], datetime(2026, 4, 21, 3, 0, tzinfo=LONDON)) == []


def test_alert_across_the_spring_clock_change_is_four_real_hours_before() -> None:
    """29 March 2026 has 23 hours: the warning must not come an hour late."""
    at = datetime(2026, 3, 29, 12, 0, tzinfo=LONDON)
    assert (at - alert_at(at)) / timedelta(hours=1) == 4
    early = datetime(2026, 3, 29, 4, 30, tzinfo=LONDON)
    assert alert_at(early) == datetime(2026, 3, 28, 19, 0, tzinfo=LONDON)
