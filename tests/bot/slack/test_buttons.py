"""Buttons under an answer: its working, all of it, a choice, a date, an hour, a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from bot import answers
from bot.answers.asker import Asker
from bot.answers.contract import Answer
from bot.local.model import Message
from bot.messages import slack as say
from bot.services import Services
from bot.store import learning
from tests.bot.slack.house import ASH, ROBIN, TALK, WREN, House, labels, opened_house, words

OPEN_QUESTION = "when is the first core group due?"
HOURS = "referral accepted, when must it be allocated?"
LONG = "One step of it, with & and < in it. " * 120


def last(house: House, message: Message) -> Message:
    """The last thing the bot has said in *message*'s thread, when all is quiet."""
    house.settle()
    return house.replies(message)[-1]


def test_working_shows_how_a_date_comes_about(house: House) -> None:
    """A date that cannot be checked is a date that nobody may rely on."""
    said = house.ask(WREN, TALK, f"{house.bot} {OPEN_QUESTION} The ICPC was on 2 April 2026")
    for who in (WREN, ASH):  # anybody in the channel may look
        view = house.opened(who, house.people.press(who, said, "answer_working"))
        assert view.title == say.WORKING
        assert "Fri 3 Apr not counted: Good Friday" in words(view)
        assert "Mon 20 Apr 2026" in words(view)


def test_a_picked_date_becomes_an_answer_in_the_thread(house: House) -> None:
    """Nobody has to type the question again: the calendar under it will do, and a second try, too."""
    asked = house.people.post(WREN, TALK, f"{house.bot} {OPEN_QUESTION}")
    said = house.reply(asked)
    assert "10 working days" in said.text
    assert house.people.press(WREN, said, "answer_date", selected_date="2026-04-02").ok
    assert last(house, asked).text.startswith("Monday 20 April 2026")
    assert house.people.press(WREN, said, "answer_date", selected_date="2026-04-13").ok
    assert last(house, asked).text.startswith("Monday 27 April 2026")
    assert len(house.replies(asked)) == 3
    following = house.people.post(WREN, TALK, "what if it was 2 April?", asked.ts)
    assert house.reply(following).text.startswith("Monday 20 April 2026")


def test_a_date_picked_under_a_private_answer_is_answered_privately(house: House) -> None:
    """What began between a worker and the bot stays between them."""
    said = house.command(WREN, TALK, f"due {OPEN_QUESTION}")
    before = len(house.world.messages(TALK))
    assert house.people.press(WREN, said, "answer_date", selected_date="2026-04-02").ok
    house.settle()
    assert house.private(WREN, TALK)[-1].text.startswith("Monday 20 April 2026")
    assert len(house.world.messages(TALK)) == before


def test_an_hour_clock_asks_for_the_hour_in_a_dialog(house: House) -> None:
    """Twenty-four hours from a day without an hour is no time at all."""
    asked = house.people.post(ROBIN, house.direct(ROBIN), HOURS)
    said = house.reply(asked)
    assert labels(said) == [say.GIVE_DATE]
    view = house.opened(ROBIN, house.people.press(ROBIN, said, "answer_moment"))
    assert view.callback_id == "moment_submit"
    given = {"day": {"selected_date": "2026-11-24"}, "time": {"selected_time": "16:30"}}
    assert house.people.submit(ROBIN, view, given).ok
    assert house.world.modal(ROBIN) is None
    found = last(house, asked)
    assert found.text.startswith("Wednesday 25 November 2026 at 16:30")
    assert len(house.replies(asked)) == 2


def test_a_verdict_is_kept_and_the_last_click_counts(house: House) -> None:
    """Slack's thumbs are a toggle: a slip of the finger must not stay on the practice lead's list."""
    said = house.ask(WREN, TALK, f"{house.bot} {OPEN_QUESTION}")
    for verdict in ("unhelpful", "helpful", "unhelpful"):
        assert house.people.press(WREN, said, "answer_feedback", verdict).ok
    assert house.people.press(ASH, said, "answer_feedback", "helpful").ok
    with house.store.read() as connection:
        kept = [(helpful, about["rule"]) for helpful, about in learning.verdicts(connection)]
    assert kept == [(False, "york.core-group.first"), (True, "york.core-group.first")]


def test_a_button_that_is_older_than_what_is_kept_says_so(house: House) -> None:
    """A press on last month's answer must not look broken."""
    asked = house.people.post(WREN, TALK, f"{house.bot} {OPEN_QUESTION}")
    said = house.reply(asked)
    with house.store.write() as connection:
        connection.exec_driver_sql("delete from outbox")
    assert house.people.press(WREN, said, "answer_date", selected_date="2026-04-02").ok
    assert last(house, asked).text == say.too_old()
    dated = house.ask(WREN, TALK, f"{house.bot} {OPEN_QUESTION} The ICPC was on 2 April 2026")
    with house.store.write() as connection:
        connection.exec_driver_sql("delete from outbox")
    view = house.opened(WREN, house.people.press(WREN, dated, "answer_working"))
    assert say.too_old() in words(view)


@pytest.fixture(scope="module")
def unsettled(services: Services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An app that has been told neither how dates are written nor which council people are of; answers are long."""
    folder = tmp_path_factory.mktemp("unsettled")

    def answer(question: str, asker: Asker) -> Answer:
        found = partial(answers.answer, services=services)(question, asker)
        if "at length" not in question:
            return found
        return found.model_copy(update={"body": LONG, "text": f"{found.headline}\n{LONG}\n{found.text}"})

    url = f"sqlite:///{folder / 'signpost.db'}"
    with opened_house(services, url, folder, answer=answer, locale=None, council=None) as opened:
        yield opened


def test_a_date_that_can_be_read_two_ways_is_asked_back_with_a_button_each(unsettled: House) -> None:
    """A month's difference: the bot asks, and one press answers."""
    team = unsettled.team(WREN)
    asked = unsettled.people.post(WREN, team.channel, f"{unsettled.bot} core group due, ICPC on 03/04/26")
    said = unsettled.reply(asked)
    assert labels(said) == ["3 April 2026", "4 March 2026"]
    assert unsettled.people.press(WREN, said, "answer_choice_1").ok
    assert "Wednesday 18 March 2026" in last(unsettled, asked).text
    assert len(unsettled.replies(asked)) == 2


def test_without_a_council_the_bot_asks_which(unsettled: House) -> None:
    """The right-sounding passage of the wrong council is the worst answer there is."""
    asked = unsettled.people.post(ROBIN, TALK, f"{unsettled.bot} {OPEN_QUESTION}")
    said = unsettled.reply(asked)
    assert "York" in labels(said)
    assert unsettled.people.press(ROBIN, said, f"answer_choice_{labels(said).index('York')}").ok
    assert "10 working days" in last(unsettled, asked).text


def test_what_had_to_be_cut_is_behind_a_button(unsettled: House) -> None:
    """A quotation is never silently shortened."""
    team = unsettled.team(WREN)
    said = unsettled.ask(WREN, team.channel, f"{unsettled.bot} at length, {OPEN_QUESTION}")
    assert labels(said) == [say.MORE]
    assert len(words(said)) < 1_700
    view = unsettled.opened(WREN, unsettled.people.press(WREN, said, "answer_more"))
    assert view.title == say.WHOLE_ANSWER
    whole = words(view).replace("\n", "")  # cut into sections wherever one is full
    assert whole.count("One step of it, with &amp; and &lt; in it.") == 120
