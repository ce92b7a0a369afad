"""The digest, the alerts and the escalation: once, in working hours, of what is still so. On both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.local.faults import RateLimited
from bot.local.model import Message
from bot.messages import digest as say
from bot.nudges.plan import LONDON
from bot.store import cases
from bot.store.teams import Team
from tests.bot.slack.house import ASH, ROBIN, WREN, House, labels, words

MONDAY, WEDNESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 27)
VISITED = date(2026, 10, 20)  # the next child in need visit is due on 17 November: late on all these days
RATE = RateLimited(30)


@pytest.fixture
def house(either_house: House) -> House:
    """One of the two."""
    return either_house


def late_team(house: House, ref: str, **settings: object) -> Team:
    """A team with one visit that is overdue."""
    house.at(MONDAY, 7)
    team = house.team(WREN, ASH, **settings)
    house.case(team, ref, ("cin_visit_held", VISITED))
    return team


def at_utc(house: House, *moment: int) -> None:
    """Let it be that time, UTC."""
    house.clock.advance(seconds=(datetime(*moment, tzinfo=UTC) - house.clock.now()).total_seconds())  # type: ignore[arg-type, misc]


def heading(message: Message) -> str:
    """A digest's heading."""
    return str(message.blocks[0]["text"]["text"])


def test_one_digest_a_working_morning(house: House) -> None:
    """A team reads one list before its day begins: not none, not one a minute."""
    team = late_team(house, "YK-8101")
    house.at(WEDNESDAY, 7, 59)
    house.sweep()
    assert house.said(team.channel) == []
    for hour, minute in ((8, 0), (8, 1), (11, 0), (17, 59)):
        house.at(WEDNESDAY, hour, minute)
        house.sweep()
        assert len(house.said(team.channel)) == 1
    [digest] = house.said(team.channel)
    assert heading(digest) == f"{team.name}: Wednesday 25 November 2026"
    assert digest.text == say.digest_summary(1, 0, 0, 5)
    shown = words(digest)
    assert "*Child in need visit* · YK-8101 · <@U0WREN> · due Tue 17 Nov 2026 · *6 working days over*" in shown
    assert labels(digest) == ["Done", "Working", "Snooze"]


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (WEDNESDAY, 3),
        (WEDNESDAY, 18),  # nobody is there to read it
        (WEDNESDAY, 23),
        (date(2026, 11, 28), 9),  # a Saturday
        (date(2026, 11, 29), 9),  # a Sunday
        (date(2026, 12, 25), 9),  # Christmas Day
        (date(2026, 12, 28), 9),  # the Monday that stands in for Boxing Day
    ],
)
def test_none_at_night_nor_at_weekends_nor_on_bank_holidays(house: House, day: date, hour: int) -> None:
    """A telephone that buzzes on Christmas Day is a bot that is muted for good."""
    team = late_team(house, "YK-8201")
    house.at(day, hour)
    house.sweep()
    assert house.said(team.channel) == []


def test_the_morning_is_london_s(house: House) -> None:
    """Eight o'clock is seven by the server's clock in summer: the digest must not be an hour late for half the year."""
    house.at(date(2026, 6, 1), 6)
    team = house.team(WREN)
    house.case(team, "YK-8301", ("cin_visit_held", date(2026, 4, 20)))
    at_utc(house, 2026, 6, 2, 6, 59)
    house.sweep()
    assert house.said(team.channel) == []
    at_utc(house, 2026, 6, 2, 7, 0)
    house.sweep()
    assert len(house.said(team.channel)) == 1


def test_each_team_has_its_own_hour(house: House) -> None:
    """Who starts at ten reads it at ten."""
    team = late_team(house, "YK-8401", digest_hour=10)
    house.at(WEDNESDAY, 9, 59)
    house.sweep()
    assert house.said(team.channel) == []
    house.at(WEDNESDAY, 10)
    house.sweep()
    assert len(house.said(team.channel)) == 1


def test_after_three_days_off_there_is_one_digest(house: House) -> None:
    """Three lists of the same lateness would be three times the noise, and two of them wrong."""
    team = late_team(house, "YK-8501")
    house.at(MONDAY, 8)
    house.sweep()
    house.at(FRIDAY, 8)  # nothing ran on Tuesday, Wednesday and Thursday
    house.sweep()
    assert [heading(one).split(": ")[1][:6] for one in house.said(team.channel)] == ["Monday", "Friday"]
    assert "8 working days over" in words(house.said(team.channel)[-1])


def test_nothing_due_says_so(house: House) -> None:
    """A morning without a message might as well be a bot that is broken."""
    house.at(MONDAY, 7)
    team = house.team(WREN)
    house.at(MONDAY, 8)
    house.sweep()
    assert say.all_clear(5) in words(house.said(team.channel)[0])


def test_what_is_overdue_for_five_days_is_told_to_the_person_named_once(house: House) -> None:
    """Somebody must hear of it; somebody who hears of it every morning stops listening."""
    team = late_team(house, "YK-8601", escalate_to=ROBIN)
    for day, told in ((MONDAY, False), (date(2026, 11, 24), True), (WEDNESDAY, False)):
        house.at(day, 8)
        house.sweep()
        shown = words(house.said(team.channel)[-1])
        assert (f"{say.for_attention()} <@{ROBIN}>" in shown) is told, day


def test_a_case_that_is_met_or_closed_is_nudged_no_more(house: House) -> None:
    """A nudge about work that is done teaches people to ignore nudges."""
    team = late_team(house, "YK-8701")
    house.case(team, "YK-8702", ("cin_visit_held", VISITED))
    house.case(team, "YK-8703", ("cin_visit_held", VISITED))
    with house.store.write() as connection:
        met, closed = cases.by_ref(connection, team.id, "YK-8701"), cases.by_ref(connection, team.id, "YK-8702")
        assert met is not None
        assert closed is not None
        cases.record(connection, met.id, "cin_visit_held", MONDAY, WREN, house.app.desk.now)
        cases.close(connection, closed.id, MONDAY)
    house.at(date(2026, 11, 24), 8)
    house.sweep()
    shown = words(house.said(team.channel)[0])
    assert "YK-8703" in shown
    assert "YK-8701" not in shown
    assert "YK-8702" not in shown


def clocked(house: House, ref: str, accepted: datetime) -> Team:
    """A team with a referral accepted at that hour: to be allocated within 24."""
    house.at(accepted.date(), accepted.hour)
    team = house.team(WREN, digest_hour=17)
    case = house.case(team, ref)
    with house.store.write() as connection:
        cases.record(connection, case.id, "referral_accepted", accepted.date(), WREN, house.app.desk.now, accepted)
    return team


def test_an_hour_clock_is_told_four_hours_before_and_once_after(house: House) -> None:
    """A digest in the morning is no use for a clock that runs out at three: the alert comes in time, and once."""
    team = clocked(house, "YK-8801", datetime(2026, 11, 24, 15, 0, tzinfo=LONDON))
    for hour, minute, said in ((10, 59, 0), (11, 0, 1), (12, 0, 1), (14, 59, 1), (15, 0, 2), (16, 0, 2)):
        house.at(WEDNESDAY, hour, minute)
        house.sweep()
        assert len(house.said(team.channel)) == said, (hour, minute)
    before, after = house.said(team.channel)
    assert before.text == say.alert(
        "Allocation to a social worker", "YK-8801", datetime(2026, 11, 25, 15, tzinfo=LONDON)
    )
    assert "was due by 15:00" in after.text
    assert words(before).startswith("<@U0WREN> *Allocation to a social worker for YK-8801")
    view = house.opened(WREN, house.people.press(WREN, before, "duty_done"))
    given = {"day": {"selected_date": "2026-11-25"}, "time": {"selected_time": "15:30"}}
    assert house.people.submit(WREN, view, given).action == "update"
    house.settle()
    for one in house.said(team.channel):
        assert one.text == say.alert_met("Allocation to a social worker", "YK-8801")
        assert "~Allocation to a social worker · YK-8801~" in words(one)
        assert labels(one) == []


def test_an_hour_clock_that_ends_in_the_night_is_told_the_evening_before(house: House) -> None:
    """At six in the morning nobody can act; at seven the evening before somebody can."""
    team = clocked(house, "YK-8901", datetime(2026, 11, 25, 6, 0, tzinfo=LONDON))
    with house.store.write() as connection:  # the digest of that day is not what is looked at here
        connection.exec_driver_sql(f"update teams set digest_hour = 18 where id = {team.id}")
    for moment, said in (((25, 18, 59), 0), ((25, 19, 0), 1), ((26, 3, 0), 1), ((26, 7, 59), 1), ((26, 8, 0), 2)):
        house.at(date(2026, 11, moment[0]), *moment[1:])
        house.sweep()
        assert len(house.said(team.channel)) == said, moment


def test_slack_away_for_three_mornings_leaves_one_digest_and_it_is_today_s(house: House) -> None:
    """The bot ran all the time, only Slack could not be reached: yesterday's lists must not come in a heap."""
    team = late_team(house, "YK-9001", escalate_to=ROBIN)
    house.workspace.faults.always("chat.postMessage", RATE)
    try:
        for day in (MONDAY, date(2026, 11, 24), WEDNESDAY):
            house.at(day, 8)
            before = len(house.workspace.faults.taken)
            house.app.sweep()
            assert house.workspace.faults.wait_taken(before + 1)
            assert house.store.wait_for(house.store.nothing_in_hand)  # put off before the clock moves
            assert house.workspace.delivery.wait_settled()
    finally:
        house.workspace.faults.clear("chat.postMessage")
    house.at(WEDNESDAY, 10)
    house.app.desk.sender.wake()
    house.settle()
    [digest] = house.said(team.channel)
    assert "Wednesday 25 November" in heading(digest)
    assert "6 working days over" in words(digest)


def test_what_was_done_while_a_digest_waited_is_not_asked_for(house: House) -> None:
    """A list written at eight and delivered at ten is of ten o'clock."""
    team = late_team(house, "YK-9101")
    house.workspace.faults.always("chat.postMessage", RATE)
    house.at(WEDNESDAY, 8)
    before = len(house.workspace.faults.taken)
    house.app.sweep()
    assert house.workspace.faults.wait_taken(before + 1)
    assert house.store.wait_for(house.store.nothing_in_hand)  # put off before the clock moves
    with house.store.write() as connection:
        case = cases.by_ref(connection, team.id, "YK-9101")
        assert case is not None
        cases.record(connection, case.id, "cin_visit_held", WEDNESDAY, WREN, house.app.desk.now)
    house.workspace.faults.clear("chat.postMessage")
    house.at(WEDNESDAY, 10)
    house.app.desk.sender.wake()
    house.settle()
    [digest] = house.said(team.channel)
    assert "~Child in need visit · YK-9101~" in words(digest)
    assert digest.text == say.digest_summary(0, 0, 0, 5)
