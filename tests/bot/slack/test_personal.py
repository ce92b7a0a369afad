"""Personal details: the question is answered, the person is told privately, and nothing of it is kept. All invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import slack as say
from tests.bot.slack.house import TALK, WREN, House, labels, words

# A well-formed number, postcode, telephone number and so on, of nobody: made up for this test.
NHS, POSTCODE, PHONE, MAIL = "943 476 5919", "YO1 9ZZ", "01632 960 417", "invented.person@example.org"
NAME, BORN, STREET, NI = "Zebedee Madeupson", "12/03/2014", "14 Invented Lane", "AB123456C"
QUESTION = (
    f"{NAME} dob {BORN}, NHS {NHS}, NI {NI}, of {STREET} {POSTCODE}, ring {PHONE} or {MAIL}:"
    " when is the first core group due? The ICPC was on 2 April 2026"
)
KINDS = (
    "an NHS number",
    "a National Insurance number",
    "a telephone number",
    "an e-mail address",
    "an address",
    "a postcode",
    "a name with a date of birth",
)
SECRETS = (NHS, POSTCODE, PHONE, MAIL, BORN, "Zebedee", "Madeupson", "Invented Lane", NI)


def nothing_is_kept(house: House) -> None:
    """Look for each detail in every table, and in the bytes of the database's files once they are tidied."""
    kept = house.store.everything()
    house.store.tidy()
    files = Path(str(house.store.engine.url.database)).parent.glob("signpost.db*")
    raw = b"".join(path.read_bytes() for path in files)
    assert b"SQLite format 3" in raw
    for secret in SECRETS:
        assert secret not in kept
        assert secret.encode() not in raw


def test_in_a_channel_the_answer_is_for_all_and_the_notice_for_the_one_who_typed(house: House) -> None:
    """The team gets its date, the worker learns what to delete, and the child's details go no further."""
    asked = house.people.post(WREN, TALK, house.people.typed(f"@Signpost {QUESTION}"))
    said = house.reply(asked)
    assert said.text.startswith("Monday 20 April 2026")
    [notice] = [one for one in house.private(WREN, TALK) if one.ts > asked.ts]
    assert notice.text == say.personal_details(KINDS)
    whole = said.text + words(said) + notice.text
    assert not [secret for secret in SECRETS if secret in whole]
    nothing_is_kept(house)


def test_in_a_direct_message_the_notice_stands_under_the_answer(house: House) -> None:
    """There, nobody else reads along: one message is enough."""
    said = house.ask(WREN, house.direct(WREN), house.people.typed(QUESTION))
    assert said.text.startswith("Monday 20 April 2026")
    assert say.personal_details(KINDS) in words(said)
    nothing_is_kept(house)


def test_a_command_keeps_nothing_either(house: House) -> None:
    """What is typed after /signpost is looked through as well."""
    said = house.command(WREN, TALK, f"due {QUESTION}")
    assert said.text.startswith("Monday 20 April 2026")
    assert say.personal_details(KINDS) in words(said)
    nothing_is_kept(house)


def test_a_refused_question_is_noted_without_them(house: House) -> None:
    """The list of gaps is read by others."""
    house.ask(WREN, house.direct(WREN), f"which dentist do we use for {NAME}, born {BORN}, {POSTCODE}?")
    assert "which dentist do we use for the child" in house.store.everything()
    nothing_is_kept(house)


@pytest.mark.parametrize("name", ["the child", NAME])
def test_a_date_of_birth_is_used_and_not_kept(house: House, name: str) -> None:
    """An age rule needs the date of birth for as long as it takes to answer, and not a moment longer."""
    asked = house.people.post(WREN, TALK, f"{house.bot} {name}, dob {BORN}: when must the pathway assessment start?")
    said = house.reply(asked)
    assert said.text.startswith("Wednesday 12 December 2029")
    kept = house.store.everything()
    for form in ("2014-03-12", "12 Mar 2014", "12 March 2014", BORN, "2029"):
        assert form not in kept
    assert say.WORKING not in labels(said)
    following = house.ask(WREN, TALK, "and what if it was born on 13 March 2014?", asked.ts)
    assert following.text
    assert "13 Mar" not in house.store.everything()


@pytest.mark.parametrize("question", ["YK-0417 ICPC 2 April 2026, core group?", "S47 1st strategy 2 April: ICPC due?"])
def test_ordinary_questions_bring_no_notice(house: House, question: str) -> None:
    """A warning at every reference is a warning that nobody reads."""
    asked = house.people.post(WREN, TALK, f"{house.bot} {question}")
    house.reply(asked)
    assert [one for one in house.private(WREN, TALK) if one.ts > asked.ts] == []
