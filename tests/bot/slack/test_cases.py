"""A team's cases: set-up, a new case, Done, Working, Snooze, Home; and nobody else sees or changes any of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.local.model import Message, View
from bot.messages import cases as say
from bot.messages import slack as words_of
from bot.nudges.plan import LONDON
from bot.store import audit
from bot.store.teams import Team
from tests.bot.slack.house import ASH, ROBIN, STRANGER, TALK, WREN, House, labels, words

WEDNESDAY = date(2026, 11, 25)
CONFERENCE = date(2026, 11, 18)  # first visit due 27 November, first core group 2 December


@pytest.fixture(autouse=True)
def _that_morning(house: House) -> None:
    house.at(WEDNESDAY)


def digest_of(house: House, team: Team) -> Message:
    """The team's digest, as it stands."""
    return next(one for one in house.said(team.channel) if one.blocks[0]["type"] == "header")


def which(message: Message | View, action_id: str, ref: str, title: str) -> int:
    """Which of the buttons of one kind belongs to a duty."""
    found = [block for block in message.blocks if block["type"] in ("section", "actions")]
    owners = [
        before["text"]["text"]
        for before, block in pairwise(found)
        if block["type"] == "actions" and any(each.get("action_id") == action_id for each in block["elements"])
    ]
    return next(number for number, text in enumerate(owners) if f"*{title}* · {ref}" in text)


def test_done_is_recorded_struck_through_and_followed_by_what_is_next(house: House) -> None:
    """A worker says it once; the digest the whole team has read says so, too; and the next date is there at once."""
    team = house.team(WREN, ASH)
    case = house.case(team, "YK-5201", ("icpc_held", CONFERENCE))
    house.sweep()
    digest = digest_of(house, team)
    number = which(digest, "duty_done", "YK-5201", "First child protection visit")
    view = house.opened(ASH, house.people.press(ASH, digest, "duty_done", index=number))
    late = house.people.submit(ASH, view, {"day": {"selected_date": "2026-11-26"}})
    assert late.errors == {"day": say.not_in_future()}
    assert house.people.submit(ASH, view, {"day": {"selected_date": "2026-11-24"}}).action == "update"
    ended = house.world.modal(ASH)
    assert ended is not None
    assert say.recorded("child protection visit", "YK-5201", date(2026, 11, 24)) in words(ended)
    assert "child protection visit is due on Tuesday 22 December 2026" in words(ended)
    house.settle()
    after = words(digest_of(house, team))
    assert "~First child protection visit · YK-5201~" in after
    assert "done Tue 24 Nov 2026" in after
    assert "*First core group* · YK-5201" in after
    assert len(house.said(team.channel)) == 1
    assert [one.recorded_by for one in house.stored(case.id).events] == [WREN, ASH]


def test_done_twice_is_recorded_once(house: House) -> None:
    """Two colleagues press at the same time: the second is told that it is known, and nothing is doubled."""
    team = house.team(WREN, ASH)
    case = house.case(team, "YK-5211", ("icpc_held", CONFERENCE))
    house.sweep()
    digest = digest_of(house, team)
    number = which(digest, "duty_done", "YK-5211", "First core group")
    views = {who: house.opened(who, house.people.press(who, digest, "duty_done", index=number)) for who in (WREN, ASH)}
    for who, first in ((WREN, say.recorded), (ASH, say.known_already)):
        assert house.people.submit(who, views[who], {"day": {"selected_date": "2026-11-25"}}).ok
        ended = house.world.modal(who)
        assert ended is not None
        assert first("core group", "YK-5211", WEDNESDAY) in words(ended)
    house.settle()
    assert [one.event for one in house.stored(case.id).events].count("core_group_held") == 1
    stale = house.world.book.add(digest)  # a telephone that was in a pocket still shows the button
    gone = house.opened(WREN, house.people.press(WREN, stale, "duty_done", index=number))
    assert say.no_longer_due() in words(gone)


def test_working_shows_a_duty_s_counting_and_is_audited(house: House) -> None:
    """A manager checks the date before she acts on it; who has looked is written down."""
    team = house.team(WREN, ASH)
    house.case(team, "YK-5301", ("icpc_held", CONFERENCE))
    house.sweep()
    digest = digest_of(house, team)
    number = which(digest, "duty_working", "YK-5301", "First core group")
    view = house.opened(ASH, house.people.press(ASH, digest, "duty_working", index=number))
    assert "Wed 2 Dec 2026" in words(view)
    with house.store.read() as connection:
        assert ("read working", ASH) in [(one.what, one.who) for one in audit.of_case(connection, "YK-5301")]


def test_snooze_moves_the_nudge_and_never_the_duty(house: House) -> None:
    """Left alone for two days, the duty is counted, its date stands, and on the third day it is back."""
    team = house.team(WREN, ASH)
    house.case(team, "YK-5401", ("icpc_held", CONFERENCE))
    house.sweep()
    digest = digest_of(house, team)
    number = which(digest, "duty_snooze", "YK-5401", "First core group")
    view = house.opened(WREN, house.people.press(WREN, digest, "duty_snooze", index=number))
    for day in (WEDNESDAY, WEDNESDAY + timedelta(days=31)):
        refused = house.people.submit(WREN, view, {"day": {"selected_date": str(day)}})
        assert refused.errors == {"day": say.snooze_later()}
    assert house.people.submit(WREN, view, {"day": {"selected_date": "2026-11-27"}}).action == "update"
    ended = house.world.modal(WREN)
    assert ended is not None
    assert "It is still due on Wednesday 2 December 2026." in words(ended)
    house.at(date(2026, 11, 26))
    house.sweep()
    asleep = words(house.said(team.channel)[-1])
    assert "First core group" not in asleep
    assert "1 snoozed duty is not listed." in asleep
    assert "due Wed 2 Dec 2026" in words(house.ask(WREN, house.direct(WREN), "case YK-5401"))
    house.at(date(2026, 11, 27))
    house.sweep()
    awake = words(house.said(team.channel)[-1])
    assert "*First core group* · YK-5401" in awake
    assert "due Wed 2 Dec 2026" in awake
    assert "snoozed" not in awake
    assert len(house.said(team.channel)) == 3


def test_a_digest_drawn_again_does_not_count_what_it_lists_as_left_out(house: House) -> None:
    """Snoozed after the digest was posted, a duty is on it; saying besides that one is not listed would puzzle all."""
    team = house.team(WREN)
    house.case(team, "YK-5411", ("icpc_held", CONFERENCE))
    house.sweep()
    digest = digest_of(house, team)
    number = which(digest, "duty_snooze", "YK-5411", "First core group")
    view = house.opened(WREN, house.people.press(WREN, digest, "duty_snooze", index=number))
    assert house.people.submit(WREN, view, {"day": {"selected_date": "2026-11-27"}}).ok
    number = which(digest, "duty_done", "YK-5411", "First child protection visit")
    view = house.opened(WREN, house.people.press(WREN, digest, "duty_done", index=number))
    assert house.people.submit(WREN, view, {"day": {"selected_date": "2026-11-25"}}).ok
    house.settle()
    after = words(digest_of(house, team))
    assert "~First child protection visit · YK-5411~" in after
    assert "*First core group* · YK-5411" in after
    assert "snoozed" not in after


def test_home_shows_ones_own_cases_and_the_team_s(house: House) -> None:
    """What is mine, in the order it is due, with buttons; what is the team's below; recording there shows at once."""
    team = house.team(ROBIN, ASH)
    house.case(team, "YK-5501", ("icpc_held", CONFERENCE), worker=ROBIN)
    house.case(team, "YK-5502", ("cin_visit_held", date(2026, 10, 20)), worker=ASH)
    before = house.world.home(ROBIN)
    house.people.open_home(ROBIN)
    assert house.world.wait_for(lambda: house.world.home(ROBIN) not in (None, before))
    home = house.world.home(ROBIN)
    assert home is not None
    shown = words(home)
    own, others = shown.split(words_of.ADD_CASE)
    assert own.index("First child protection visit* · YK-5501") < own.index("First core group* · YK-5501")
    assert "YK-5502" in others
    number = which(home, "duty_done", "YK-5501", "First child protection visit")
    view = house.opened(ROBIN, house.people.press(ROBIN, home, "duty_done", index=number))
    assert house.people.submit(ROBIN, view, {"day": {"selected_date": "2026-11-25"}}).action == "update"
    house.settle()
    renewed = house.world.home(ROBIN)
    assert renewed is not None
    assert "First child protection visit* · YK-5501" not in words(renewed)


def test_a_stranger_sees_nothing_of_a_team(house: House) -> None:
    """Not by Home, not by asking, not by pressing a button on a message that was passed on."""
    team = house.team(WREN)
    case = house.case(team, "YK-5601", ("icpc_held", CONFERENCE))
    house.sweep()
    digest = digest_of(house, team)
    house.people.open_home(STRANGER)
    assert house.world.wait_for(lambda: house.world.home(STRANGER) is not None)
    home = house.world.home(STRANGER)
    assert home is not None
    assert say.home_no_team() in words(home)
    assert "YK-5601" not in words(house.ask(STRANGER, house.direct(STRANGER), "case YK-5601"))
    assert "YK-5601" not in words(house.ask(STRANGER, TALK, f"{house.bot} what is due for YK-5601?"))
    for block in digest.blocks:
        for element in block.get("elements") or []:
            if not str(element.get("action_id")).startswith("duty_"):
                continue
            forged = house.world.book.add(  # Slack checks who may press; should it ever fail to, the app does, too
                Message(
                    TALK,
                    "",
                    house.workspace.bot_user_id,
                    "passed on",
                    blocks=({"type": "actions", "elements": [element]},),
                    bot_id="B0SIGNPOST",
                )
            )
            view = house.opened(STRANGER, house.people.press(STRANGER, forged, element["action_id"]))
            assert words(view).split("\n")[-1] == words_of.case_gone()
            assert "submit" not in view.payload
    assert [one.event for one in house.stored(case.id).events] == ["icpc_held"]


def test_an_hour_given_later_starts_an_hour_clock(house: House) -> None:
    """A day without an hour leaves a 24-hour duty unknown: the dialog asks for it, and the clock runs from then."""
    team = house.team(WREN)
    case = house.case(team, "YK-5701", ("referral_accepted", date(2026, 11, 25)))
    house.sweep()
    digest = digest_of(house, team)
    assert "At what time of day" in words(digest)
    number = which(digest, "duty_done", "YK-5701", "Allocation to a social worker")
    view = house.opened(WREN, house.people.press(WREN, digest, "duty_done", index=number))
    given = {
        "event": {"value": "referral_accepted"},
        "day": {"selected_date": "2026-11-25"},
        "time": {"selected_time": "08:15"},
    }
    assert house.people.submit(WREN, view, given).action == "update"
    house.settle()
    assert house.stored(case.id).events[0].at == datetime(2026, 11, 25, 8, 15, tzinfo=LONDON)
    assert "due 08:15 Thu 26 Nov 2026" in words(house.ask(WREN, team.channel, f"{house.bot} case YK-5701"))
    renewed = digest_of(house, team)
    assert "*Allocation to a social worker* · YK-5701" in words(renewed)
    assert "due 08:15 Thu 26 Nov 2026" in words(renewed)
    assert words_of.DONE in labels(renewed)
