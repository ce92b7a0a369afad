"""`/signpost …`: answered privately, at once, whatever comes after it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.messages import cases as say_cases
from bot.messages import slack as say
from tests.bot.slack.house import ASH, ROBIN, STRANGER, TALK, WREN, House, labels, words


@pytest.fixture(params=["channel", "direct message"])
def place(request: pytest.FixtureRequest, house: House) -> str:
    """Where Wren types it."""
    return TALK if request.param == "channel" else house.direct(WREN)


def test_due_gives_the_date(house: House, place: str) -> None:
    """The command on the card: the date first, privately, with its working behind a button."""
    said = house.command(WREN, place, "due core group after ICPC on 2 April 2026")
    assert said.text.startswith("Monday 20 April 2026")
    assert words(said).startswith("*Monday 20 April 2026")
    assert labels(said) == [say.WORKING]
    view = house.opened(WREN, house.people.press(WREN, said, "answer_working"))
    assert view.title == say.WORKING
    assert "Good Friday" in words(view)


@pytest.mark.parametrize("typed", ["", "help", "HELP", " help "])
def test_help_and_nothing_at_all(house: House, place: str, typed: str) -> None:
    """Whoever does not know what to type is told."""
    assert house.command(WREN, place, typed).text == say.help_text()


@pytest.mark.parametrize("typed", ["due", "find", "ask", "when", "case", "due  "])
def test_a_word_without_a_question(house: House, place: str, typed: str) -> None:
    """Half a command is told what is missing."""
    assert house.command(WREN, place, typed).text == say.what_to_ask()


def test_find_looks_a_standard_up(house: House, place: str) -> None:
    """Words are enough: nobody has to put a question."""
    said = house.command(WREN, place, "find child protection visit frequency")
    assert "20 working days" in said.text
    assert "lines" in words(said)


@pytest.mark.parametrize(
    "typed",
    [
        "due first core group ICPC 2 April 2026",
        "first core group ICPC 2 April 2026",
        "ask when is the first core group due, ICPC 2 April 2026",
        "when is the first core group due, ICPC 2 April 2026",
        "whne is the first core group due, ICPC 2 April 2026",
    ],
)
def test_an_unknown_first_word_is_part_of_the_question(house: House, typed: str) -> None:
    """People forget the sub-word, or misspell it; the question is still there."""
    assert house.command(WREN, TALK, typed).text.startswith("Monday 20 April 2026")


def test_what_nobody_can_answer_is_refused_privately(house: House, place: str) -> None:
    """A slip is not shown to the whole channel."""
    said = house.command(WREN, place, "frobnicate the wifi printer")
    assert "do not answer that" in said.text


def test_case_shows_the_case_to_its_team_alone(house: House, place: str) -> None:
    """A worker sees what has happened and what is due, and she alone, wherever she types it; a stranger does not."""
    house.at(date(2026, 11, 25))
    team = house.team(WREN, ASH)
    ref = f"YK-62{'01' if place == TALK else '02'}"
    house.case(team, ref, ("icpc_held", date(2026, 11, 20)))
    said = house.command(WREN, place, f"case {ref}")
    assert f"Case {ref}" in words(said)
    assert "Fri 20 Nov 2026" in words(said)
    assert "First core group" in words(said)
    assert labels(said) == [say.RECORD]
    assert ref not in words(house.command(STRANGER, TALK, f"case {ref}"))
    assert "read" in house.store.everything()


def test_a_slip_in_a_reference_is_said(house: House) -> None:
    """A wrong digit must not look like a case without duties."""
    team = house.team(WREN)
    house.case(team, "YK-6301")
    assert house.command(WREN, TALK, "case YK-6302").text == say.no_such_case("YK-6302")


def test_new_opens_its_dialog_for_members_of_a_team_only(house: House, place: str) -> None:
    """Somebody in no team's channel has nowhere to add a case to, and is told what to do about it."""
    house.team(WREN)
    view = house.opened(WREN, house.people.command(WREN, place, "new"))
    assert view.callback_id == "new_case_submit"
    assert house.command(ROBIN, TALK, "new").text == say.no_team()


def test_setup_is_for_channels(house: House) -> None:
    """In a direct message there is no team to set up; in a channel the dialog opens with what is known."""
    assert house.command(WREN, house.direct(WREN), "setup").text == say_cases.setup_in_channel()
    view = house.opened(WREN, house.people.command(WREN, TALK, "setup"))
    assert view.callback_id == "setup_submit"
    assert view.state["name"]["value"]["value"] == "talk"


def test_setup_in_a_channel_without_the_bot_says_what_is_missing(house: House) -> None:
    """The digest could not be posted there: better to say so before than in the morning."""
    house.world.add_channel("G0ALONE", "alone", [WREN], is_private=True)
    assert house.command(WREN, "G0ALONE", "setup").text == say_cases.setup_in_channel()
