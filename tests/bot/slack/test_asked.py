"""Every message that is meant for the bot ends in exactly one visible reply; all other talk is left alone."""

from __future__ import annotations

import pytest

from bot.messages import answers as say_answers
from bot.messages import cases as say_cases
from bot.messages import slack as say
from bot.store import learning, threads
from tests.bot.slack.house import ASH, ROBIN, TALK, WREN, House, labels, words

CORE_GROUP = "when is the first core group due? The ICPC was on 2 April 2026"
DUE = "Monday 20 April 2026"


def test_a_direct_message_has_one_answer_in_its_thread(house: House) -> None:
    """A worker who asks in private gets the date, once, with its working and where it stands."""
    said = house.ask(WREN, house.direct(WREN), CORE_GROUP)
    assert DUE in said.text.split("\n")[0]
    assert words(said).startswith(f"*{DUE}")
    assert "lines 55" in words(said)
    assert labels(said) == [say.WORKING]
    assert said.is_reply


def test_a_mention_comes_as_two_events_and_has_one_answer(house: House) -> None:
    """Slack delivers a mention as a message and as a mention; the team must not be told twice."""
    before = len(house.workspace.delivery.sent)
    asked = house.people.post(WREN, TALK, f"{house.bot} {CORE_GROUP}")
    said = house.reply(asked)
    kinds = [one.payload["event"]["type"] for one in house.workspace.delivery.sent[before:]]
    assert kinds.count("app_mention") == 1
    assert kinds.count("message") == 2  # the question, and the bot's own reply
    assert DUE in said.text
    assert said.thread_ts == asked.ts


def test_a_joined_thread_is_followed_without_a_mention_and_its_talk_is_left_alone(house: House) -> None:
    """Nobody types the bot's name twice; and colleagues who talk to each other in the thread are not answered."""
    asked = house.people.post(WREN, TALK, f"{house.bot} {CORE_GROUP}")
    house.reply(asked)
    following = house.people.post(ASH, TALK, "and the next one?", asked.ts)
    said = house.reply(following)
    assert "next core group" in said.text.split("\n")[0].lower()
    chat = [
        house.people.post(ASH, TALK, "thanks, I'll ring her", asked.ts),
        house.people.post(WREN, TALK, f"<@{ASH}> can you ring her?", asked.ts),
    ]
    house.settle()
    assert [house.replies(one) for one in chat] == [[], []]


def test_a_mention_in_a_joined_thread_is_answered_once(house: House) -> None:
    """There it would be both: a follow-up, and a mention."""
    asked = house.people.post(WREN, TALK, f"{house.bot} {CORE_GROUP}")
    house.reply(asked)
    assert house.ask(WREN, TALK, f"{house.bot} and the next one?", asked.ts)


def test_talk_that_is_not_meant_for_the_bot_is_left_alone(house: House) -> None:
    """A bot that answers colleagues' talk is thrown out of the channel by noon."""
    asked = house.people.post(WREN, TALK, "when is the core group, does anybody know?")
    inside = house.people.post(ASH, TALK, "is it due on Monday?", asked.ts)
    house.settle()
    assert house.replies(asked) == []
    assert house.replies(inside) == []
    with house.store.read() as connection:
        assert threads.get(connection, TALK, asked.ts) is None


def test_edits_joins_and_other_bots_are_not_answered(house: House) -> None:
    """An edited question would be answered again at every typing error; two bots would talk for ever."""
    place = house.direct(ROBIN)
    asked = house.people.post(ROBIN, place, CORE_GROUP)
    house.reply(asked)
    house.world.edit(place, asked.ts, "when is the first core group due? The ICPC was on 3 April 2026")
    common = {"type": "message", "channel": place, "channel_type": "im", "user": ROBIN, "text": "when is it due?"}
    before = len(house.world.messages(place))
    for number, particular in enumerate(
        ({"subtype": "channel_join"}, {"bot_id": "B0OTHER"}, {"subtype": "bot_message", "bot_id": "B0OTHER"})
    ):
        ts = f"1780000000.00000{number}"
        house.world.tell(common | particular | {"ts": ts, "event_ts": ts})
    house.settle()
    assert len(house.replies(asked)) == 1
    assert len(house.world.messages(place)) == before


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("what is the office wifi password?", say_answers.not_answered("York", ())[:45]),
        ("should I remove this child from her mother tonight?", say_answers.judgement()[:40]),
        ("he is not breathing and dad has a knife", say_answers.emergency()[:40]),
        ("когда должна быть первая встреча?", say_answers.not_english()[:20]),
    ],
)
def test_refusals_are_replies_too(house: House, question: str, begins: str) -> None:
    """Silence is the worst refusal: nobody can tell it from a bot that is broken."""
    said = house.ask(WREN, house.direct(WREN), question)
    assert said.text.startswith(begins)


def test_an_unanswered_question_is_noted_as_a_gap(house: House) -> None:
    """The practice lead learns from what could not be answered, and from nothing else that was typed."""
    house.ask(WREN, house.direct(WREN), "which dentist do we use for passports?")
    with house.store.read() as connection:
        assert learning.all_gaps(connection)[0].question == "which dentist do we use for passports?"


@pytest.mark.parametrize("text", ["<@U0SIGNPOST>", "<@U0SIGNPOST>  ", "<@U0SIGNPOST> ?!"])
def test_an_empty_mention_is_told_how_to_ask(house: House, text: str) -> None:
    """Whoever only types the bot's name wants to know what it is for."""
    said = house.ask(WREN, TALK, text)
    assert said.text == say_answers.empty_question()


@pytest.mark.parametrize("text", ["why " * 2_500, "a" * 10_000, "a@" * 5_000, "1 " * 5_000, "<" * 10_000])
def test_ten_thousand_characters_are_answered_at_once(house: House, text: str) -> None:
    """A pasted case note must neither stop the bot nor make it miss Slack's three seconds."""
    said = house.ask(WREN, house.direct(WREN), house.people.typed(text))
    assert said.text.startswith(say_answers.too_long(len(text.strip()), 2_000)[:20])


def test_a_channels_longest_message_does_not_hold_the_bot_up(house: House) -> None:
    """Forty thousand characters in one run once took twelve seconds to look through, before anything was answered."""
    house.people.post(ASH, TALK, "a" * 40_000)
    said = house.ask(WREN, TALK, f"{house.bot} {CORE_GROUP}")
    assert DUE in said.text
    assert house.workspace.delivery.given_up == 0


@pytest.mark.parametrize(
    "mark_up",
    ["<!channel>", "<!here|here>", "<!subteam^S123>", "<https://example.org|core group>", "*_~`", "&lt;!channel&gt;"],
)
def test_mark_up_in_a_question_pings_nobody_and_forges_nothing(house: House, mark_up: str) -> None:
    """A question that is shown again must not ring two hundred telephones."""
    for question in (f"{mark_up} which dentist do we use?", f"{mark_up} {CORE_GROUP}", f"case {mark_up} YK-9999?"):
        said = house.ask(WREN, TALK, f"{house.bot} {question}")
        whole = said.text + words(said)
        assert "<!" not in whole
        assert "<http" not in whole
        assert "<@" not in whole


def test_the_answer_of_a_case_is_its_teams_alone(house: House) -> None:
    """In the team's own channel a case is shown; elsewhere, and to a colleague of another team, it is not."""
    team = house.team(WREN, ASH)
    house.case(team, "YK-7101")
    assert words(house.ask(WREN, team.channel, f"{house.bot} case YK-7101")).startswith("*Case YK-7101*")
    assert words(house.ask(WREN, house.direct(WREN), "case yk-7101")).startswith("*Case YK-7101*")
    assert house.ask(WREN, TALK, f"{house.bot} case YK-7101").text == say.case_elsewhere()
    assert house.ask(WREN, house.direct(WREN), "case YK-7102").text == say.no_such_case("YK-7102")
    assert say_cases.nothing_recorded() not in words(house.ask(ROBIN, house.direct(ROBIN), "case YK-7101"))


def test_opening_the_bots_messages_offers_questions(house: House) -> None:
    """Whoever opens the bot for the first time sees what it can be asked."""
    place = house.direct(ROBIN)
    house.people.open_home(ROBIN, "messages")
    assert house.world.wait_for(lambda: bool(house.world.prompts(place).prompts))
    assert house.world.prompts(place).prompts == say.SUGGESTED_PROMPTS
