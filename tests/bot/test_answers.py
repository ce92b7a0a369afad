"""Questions as workers type them, answered by the real index, rules and dates."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.answers import Answer, Asker, Context, Kind, answer
from bot.answers.dates import LONDON
from bot.services import Services
from tests.conftest import ROOT, skip

GOLDEN = ROOT / "tests" / "golden" / "typed.csv"
SCENARIOS = ROOT.parent / "shared" / "eval" / "york-scenarios.json"
NOON = datetime(2026, 11, 22, 12, tzinfo=LONDON)


def ask(
    services: Services,
    question: str,
    council: str | None = "york",
    now: datetime = NOON,
    locale: str | None = "en-GB",
    context: Context | None = None,
) -> Answer:
    """Ask as somebody of *council* would at *now*."""
    return answer(question, Asker(council, now, locale, context), services)


def rows() -> list[dict[str, str]]:
    """Return the golden table."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["question"][:50])
def test_typed_questions(row: dict[str, str], services: Services) -> None:
    """A worker goes by the date in the first line."""
    now = datetime.combine(date.fromisoformat(row["asked_on"]), NOON.timetz())
    found = ask(services, row["question"], now=now)
    rule = found.rule and (services.book[found.rule].restates or found.rule)  # where it is said again is as good
    assert (found.kind.value, rule or "") == (row["kind"], row["rule"])
    assert (found.due.on.isoformat() if found.due else "") == row["due"]
    assert ((found.due.falls_on_closed_day or "") if found.due else "") == row["falls_on_closed_day"]


def test_every_dated_case_as_it_was_typed(services: Services) -> None:
    """Twenty dated cases by a careful reader: one wrong date is a missed child."""
    if not SCENARIOS.is_file():
        skip("the dated cases are not beside the project (../shared/eval/york-scenarios.json)")
    cases = json.loads(SCENARIOS.read_text(encoding="utf-8"))["scenarios"]
    wrong = []
    for case in cases:
        due = ask(services, case["text"]).due
        given = None if due is None else (due.at or due.on.isoformat())
        if given is None or datetime.fromisoformat(given) != datetime.fromisoformat(case["due"]):
            wrong.append((case["id"], given, case["due"]))
    assert len(cases) == 20
    assert wrong == []


def test_a_date_carries_its_working_and_both_readings(services: Services) -> None:
    """In court a worker is asked how the date came about, and why not the other one."""
    found = ask(services, "came into care 2 May 2026, first review by when?")
    assert found.due is not None
    assert found.due.working[0].startswith("Clock starts Sat 2 May 2026")
    assert any("within 28 days" in line and "Sat 30 May 2026" in line for line in found.due.working)
    assert found.citations[0].council == "york"
    assert found.citations[0].lines == services.book["york.cla-review.first"].newest.source.lines


def test_a_conflict_shows_both_places(services: Services) -> None:
    """A number chosen silently is a wrong date waiting."""
    found = ask(services, "how long do we have to finish a s47 enquiry?")
    assert found.kind is Kind.CONFLICT
    assert len(found.citations) >= 2
    assert "15 working days" in found.text
    assert "5" in found.text


def test_no_number_is_said_not_made_up(services: Services) -> None:
    """Where the document says only "promptly", a number would be an invention."""
    found = ask(services, "carer has asked for a visit, how soon do I have to go?")
    assert found.rule == "york.cla-visit.on-request"
    assert "no number is given" in found.headline
    dated = ask(services, "carer asked for a visit on 2 April 2026, when is it due?")
    assert dated.rule == found.rule
    assert dated.due is None


def test_a_follow_up_knows_what_the_thread_is_about(services: Services) -> None:
    """Nobody types the whole question again."""
    first = ask(services, "ICPC was on 2 April 2026, when is the first core group?")
    then = ask(services, "and the next one?", context=first.context)
    assert then.rule == "york.core-group.next"
    assert then.due is not None
    assert then.due.on == date(2026, 5, 20)
    moved = ask(services, "what if it was the 3rd?", context=first.context)
    assert moved.due is not None
    assert moved.due.on == date(2026, 4, 20)
    assert "Fri 3 Apr 2026" in moved.due.working[0]


def test_an_hour_clock_asks_for_its_time(services: Services) -> None:
    """24 hours from a day is no moment; midnight would be a guess."""
    found = ask(services, "referral accepted on 2 April 2026, allocate by when?")
    assert found.kind is Kind.CLARIFY
    assert found.followup is not None
    assert found.followup.needs_time


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("", Kind.CLARIFY),
        ("  \u200b \n", Kind.CLARIFY),
        ("?!…", Kind.CLARIFY),
        ("when " * 2500, Kind.CLARIFY),
        ("когда следующая встреча основной группы", Kind.NONE),
        ("什么时候开会", Kind.NONE),
        ("how does Bradford do core groups", Kind.NONE),
        ("and in Leeds?", Kind.NONE),
        ("dad is strangling her right now", Kind.OUT_OF_SCOPE),
        ("he is being hit right now, there's blood", Kind.OUT_OF_SCOPE),
        ("shd we remove the baby?", Kind.OUT_OF_SCOPE),
        ("can we be sued for this", Kind.OUT_OF_SCOPE),
        ("03/04/26 was the ICPC, first core group?", Kind.DATE),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_sentence(question: str, kind: Kind, services: Services) -> None:
    """Bad input gets a sentence, not a stack trace and not a guess."""
    found = ask(services, question)
    assert found.kind is kind
    assert found.text.strip()
    assert not found.citations or kind is Kind.DATE


def test_an_ambiguous_date_is_asked_back(services: Services) -> None:
    """3 April or 4 March: a month's difference to a child."""
    found = ask(services, "ICPC 03/04/26, first core group?", locale=None)
    assert found.kind is Kind.CLARIFY
    assert [choice.label for choice in found.choices] == ["3 April 2026", "4 March 2026"]
    chosen = ask(services, found.choices[0].ask, locale=None)
    assert chosen.due is not None
    assert chosen.due.on == date(2026, 4, 20)


def test_without_a_council_it_is_asked_back(services: Services) -> None:
    """The right number of the wrong council is the worst answer there is."""
    found = ask(services, "when is the first core group?", council=None)
    assert found.kind is Kind.CLARIFY
    assert found.choices


def test_markup_and_control_characters_do_no_harm(services: Services) -> None:
    """Words from people must never ping a channel or hide from a reader."""
    found = ask(services, "<!channel> when\x00 is the\u202e first core group <@U123>?")
    assert found.rule == "york.core-group.first"
    assert "<!channel>" not in found.text
    assert "\u202e" not in found.text


def test_a_question_past_the_bank_holidays_known_is_refused(services: Services) -> None:
    """A library that treats unknown years as having no holidays gives a wrong date."""
    found = ask(services, "ICPC on 20 December 2030, when is the first core group?")
    assert found.kind is Kind.NONE
    assert "31 December" in found.text


def test_what_is_an_iro_is_answered_from_the_glossary(services: Services) -> None:
    """Newly qualified staff do not ask twice."""
    found = ask(services, "what's an IRO?")
    assert "ndependent reviewing officer" in found.text


def test_quotations_are_the_documents_own_words(quoting: Services, york_original: Path) -> None:
    """What is in quotation marks must stand in the document, letter for letter."""
    whole = " ".join(york_original.read_text(encoding="utf-8").split())
    for question in ("how often are CP visits?", "who chairs the CIN meeting", "when is the first core group?"):
        found = ask(quoting, question)
        quote = found.citations[0].quote
        assert quote
        assert found.citations[0].exact
        assert quote.strip("…") in whole


def test_the_same_question_finds_the_same_place_with_and_without_the_document(
    services: Services, quoting: Services
) -> None:
    """Reading a document in must change the words shown, never the answer."""
    for question in ("how often are CP visits?", "consent to share info", "who chairs the CIN meeting"):
        assert ask(services, question).citations[0].lines == ask(quoting, question).citations[0].lines


def test_where_the_document_is_silent_the_law_is_told_with_its_date(services: Services) -> None:
    """The refusal stays one; the worker still leaves with the day, and the thread can go on from it."""
    found = ask(services, "Child missing, came back on 3 April 2026 at 16:00, when is the return interview due?")
    assert (found.kind, found.citations, found.due) == (Kind.NONE, (), None)
    assert found.headline == "York's practice standards are silent on that; a national rule answers."
    assert "Return home interview: within 72 hours" in found.text
    assert "By the national rule that is due Monday 6 April 2026 at 16:00." in found.text
    assert (found.context.rule, found.context.event) == ("england.missing.return-interview", "missing_returned")


def test_a_law_in_hours_asks_for_the_time_of_day(services: Services) -> None:
    """Seventy-two hours from a day without its hour would be a date made up."""
    found = ask(services, "when is the return home interview due if the child came back on 3 April 2026")
    assert found.kind is Kind.NONE
    assert "At what time of day? This clock runs in hours from: return of the missing child." in found.text
    assert "By the national rule that is due" not in found.text
