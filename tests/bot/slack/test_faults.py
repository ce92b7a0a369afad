"""Whatever goes wrong between the bot and Slack: one reply to each question, and the right one. On both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from bot.local.faults import Fault, Hang, Lag, RateLimited, Reset, ServerError
from bot.messages import slack as say
from bot.slack.members import Members
from bot.store import tables
from tests.bot.slack.house import ASH, ROBIN, TALK, WREN, House, words

QUESTION = "when is the first core group due? The ICPC was on {} April 2026"
DUE = {2: "Monday 20 April 2026", 13: "Monday 27 April 2026"}
UNTAKEN: list[Fault] = [ServerError(500), ServerError(503), Reset(), Hang()]
TAKEN: list[Fault] = [
    ServerError(500, commit=True),
    ServerError(503, commit=True),
    Reset(commit=True),
    Hang(commit=True),
]
LIMITED: list[Fault] = [RateLimited(30)]
LOOK_UPS: list[Fault] = [Lag(1), ServerError(503), Reset()]
QUICK = [fault for fault in (*UNTAKEN, *TAKEN) if not isinstance(fault, Hang)]


@pytest.fixture
def house(either_house: House) -> Iterator[House]:
    """One of the two, with a client that loses its patience after a second."""
    either_house.app.client.timeout = 1
    yield either_house
    either_house.workspace.faults.clear()
    either_house.workspace.faults.release()
    either_house.settle()


def posts(house: House, ts: str) -> int:
    """How often a reply to the message at *ts* has got through to Slack, by the key that each carries."""
    calls = house.workspace.calls("chat.postMessage")
    keys = [((one.arguments.get("metadata") or {}).get("event_payload") or {}).get("key") for one in calls]
    return sum(str(key).endswith(f":{ts}") for key in keys)


def patiently(house: House, seconds: int = 31) -> None:
    """Let the time pass for which Slack asked, once the bot has taken note of it."""

    def postponed() -> bool:
        with house.store.read() as connection:
            query = select(tables.outbox.c.id).where(
                tables.outbox.c.state == "pending", tables.outbox.c.due > house.clock.now()
            )
            return connection.execute(query).first() is not None

    assert house.store.wait_for(postponed)
    house.clock.advance(seconds=seconds)
    house.app.desk.sender.wake()


@pytest.mark.parametrize("fault", [*UNTAKEN, *TAKEN, *LIMITED], ids=str)
def test_a_reply_is_said_once_whatever_becomes_of_the_call(house: House, fault: Fault) -> None:
    """Silence sends a worker away; two answers make her ask which one holds."""
    house.workspace.faults.add("chat.postMessage", fault)
    asked = house.people.post(WREN, TALK, f"{house.bot} {QUESTION.format(2)}")
    if isinstance(fault, RateLimited):
        patiently(house)
    said = house.reply(asked)
    assert said.text.startswith(DUE[2])
    assert posts(house, asked.ts) == 1
    assert house.workspace.faults.taken[-1] == ("chat.postMessage", fault)


@pytest.mark.parametrize("look_up", [Lag(1), ServerError(500), Reset(), RateLimited(1)], ids=str)
@pytest.mark.parametrize("fault", [Reset(commit=True), Reset()], ids=str)
def test_a_look_up_that_lags_or_fails_doubles_nothing(house: House, fault: Fault, look_up: Fault) -> None:
    """Absent once is not absent; and where Slack cannot say, the bot waits rather than repeating itself."""
    house.workspace.faults.add("chat.postMessage", fault)
    house.workspace.faults.add("conversations.replies", look_up)
    asked = house.people.post(WREN, house.direct(WREN), QUESTION.format(2))
    assert house.reply(asked).text.startswith(DUE[2])
    assert posts(house, asked.ts) == 1


def test_fault_upon_fault(house: House) -> None:
    """A bad quarter of an hour at Slack: everything fails several times, and the answer comes in the end."""
    for fault in (ServerError(500), Reset(), ServerError(503), RateLimited(30)):
        house.workspace.faults.add("chat.postMessage", fault)
    house.workspace.faults.add("conversations.replies", ServerError(500), times=2)
    asked = house.people.post(WREN, TALK, f"{house.bot} {QUESTION.format(13)}")
    patiently(house)
    assert house.reply(asked).text.startswith(DUE[13])


@pytest.mark.parametrize("fault", [*QUICK, *LIMITED], ids=str)
def test_a_digest_is_posted_once(house: House, fault: Fault) -> None:
    """Its look-up is in the channel, not in a thread; two lists in a morning are one too many."""
    house.at(date(2026, 11, 24), 8)
    house.sweep()  # the other teams have theirs
    team = house.team(WREN)
    house.case(team, "YK-4101", ("cin_visit_held", date(2026, 10, 20)))
    house.workspace.faults.add("chat.postMessage", fault)
    house.workspace.faults.add("conversations.history", Lag(1))
    house.app.sweep()
    if isinstance(fault, RateLimited):
        patiently(house)
    house.settle()
    [digest] = house.said(team.channel)
    assert "*Child in need visit* · YK-4101" in words(digest)


@pytest.mark.parametrize("fault", [*QUICK, *LIMITED], ids=str)
def test_a_digest_is_struck_through_whatever_becomes_of_the_update(house: House, fault: Fault) -> None:
    """What was done must not stand there as late all day long because one call was lost."""
    house.at(date(2026, 11, 25), 7)
    team = house.team(WREN)
    house.case(team, "YK-4201", ("cin_visit_held", date(2026, 10, 20)))
    house.at(date(2026, 11, 25), 8)
    house.sweep()
    [digest] = house.said(team.channel)
    house.workspace.faults.add("chat.update", fault)
    view = house.opened(WREN, house.people.press(WREN, digest, "duty_done"))
    assert house.people.submit(WREN, view, {"day": {"selected_date": "2026-11-25"}}).action == "update"
    if isinstance(fault, RateLimited):
        patiently(house)
    house.settle()
    [after] = house.said(team.channel)
    assert "~Child in need visit · YK-4201~" in words(after)


@pytest.mark.parametrize("fault", QUICK, ids=str)
def test_a_dialog_opens_once_and_is_the_right_one(house: House, fault: Fault) -> None:
    """A press shows what was pressed for, and no apology beside it."""
    said = house.ask(WREN, TALK, f"{house.bot} {QUESTION.format(2)}")
    before = house.private(WREN, TALK)
    house.workspace.faults.add("views.open", fault)
    view = house.opened(WREN, house.people.press(WREN, said, "answer_working"))
    house.settle()
    assert view.title == say.WORKING
    assert "Good Friday" in words(view)
    assert house.private(WREN, TALK) == before


def test_a_dialog_that_cannot_be_opened_is_apologised_for_once(house: House) -> None:
    """A button that does nothing is pressed again and again; one sentence says that it was heard."""
    said = house.ask(ROBIN, TALK, f"{house.bot} {QUESTION.format(2)}")
    house.workspace.faults.add("views.open", RateLimited(30))
    view = house.opened(ROBIN, house.people.press(ROBIN, said, "answer_working"))
    assert view.title == say.SORRY
    house.people.close(ROBIN, view)
    house.workspace.faults.always("views.open", ServerError(500))
    assert house.people.press(ROBIN, said, "answer_working").ok
    house.settle()
    assert house.world.modal(ROBIN) is None
    [told] = house.private(ROBIN, TALK)
    assert told.text.startswith(say.went_wrong("")[:40])


def test_what_was_recorded_is_said_to_be_though_the_home_tab_fails(house: House) -> None:
    """An apology after a record that went through would have it recorded twice."""
    team = house.team(ASH)
    case = house.case(team, "YK-4301", ("icpc_held", date(2026, 11, 18)), worker=ASH)
    before = house.world.home(ASH)
    house.people.open_home(ASH)
    assert house.world.wait_for(lambda: house.world.home(ASH) != before)
    home = house.world.home(ASH)
    assert home is not None
    view = house.opened(ASH, house.people.press(ASH, home, "duty_done"))
    house.workspace.faults.always("views.publish", ServerError(500))
    assert house.people.submit(ASH, view, {"day": {"selected_date": "2026-11-24"}}).action == "update"
    ended = house.world.modal(ASH)
    assert ended is not None
    assert ended.title == say.RECORD
    assert "Recorded for YK-4301" in words(ended)
    assert len(house.stored(case.id).events) == 2


def test_when_slack_does_not_say_who_is_in_a_channel_nobody_is_let_in(house: House) -> None:
    """A fault at Slack must not open a team's cases to all; and it is not remembered either."""
    team = house.team(WREN)
    members = Members(house.app.client)
    for fault in (ServerError(500), RateLimited(1), Reset()):
        house.workspace.faults.add("conversations.members", fault)
        assert not members.is_in(WREN, team.channel)
    assert members.is_in(WREN, team.channel)


def test_a_question_that_was_deleted_does_not_silence_its_channel(house: House) -> None:
    """Messages of a channel go in order: one whose thread is gone must not hold up the next worker's answer."""
    held = sum(isinstance(fault, Hang) for _, fault in house.workspace.faults.taken)
    house.workspace.faults.add("chat.postMessage", Hang())
    asked = house.people.post(WREN, TALK, f"{house.bot} {QUESTION.format(2)}")
    assert house.workspace.faults.wait_held(held + 1)
    house.world.remove(TALK, asked.ts)
    house.workspace.faults.release()
    following = house.people.post(ASH, TALK, f"{house.bot} {QUESTION.format(13)}")
    assert house.reply(following).text.startswith(DUE[13])


def test_forty_questions_in_a_storm(house: House) -> None:
    """Everything at once, in many channels, with a fault at every third call: forty answers, not one more or less."""
    seed = random.Random(20261125)
    channels = [house.team(WREN, ASH, ROBIN).channel for _ in range(6)]
    for _ in range(25):
        house.workspace.faults.add("chat.postMessage", seed.choice(QUICK))
    for _ in range(10):
        house.workspace.faults.add("conversations.replies", seed.choice(LOOK_UPS))
    days = [seed.choice([2, 13]) for _ in range(40)]
    asked = [
        house.people.post(seed.choice([WREN, ASH, ROBIN]), seed.choice(channels), f"{house.bot} {QUESTION.format(day)}")
        for day in days
    ]
    house.settle()
    assert [len(house.replies(one)) for one in asked] == [1] * 40
    assert all(house.replies(one)[0].text.startswith(DUE[day]) for one, day in zip(asked, days, strict=True))
    assert len(house.workspace.faults.taken) >= 25
