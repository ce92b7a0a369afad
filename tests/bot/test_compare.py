"""Several councils side by side: one duty, a row each, the shortest first, silence as silence, the law at the end."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.answers import answer
from bot.answers.asker import Asker
from bot.answers.contract import Answer, Kind
from bot.services import Services

NOW = datetime(2026, 11, 25, 17)


def asked(services: Services, text: str, council: str | None = "york") -> Answer:
    """Return the answer to *text* for somebody of *council*."""
    return answer(text, Asker(council, NOW), services)


def test_two_councils_named_are_compared_and_no_other(services: Services) -> None:
    """Somebody asks for Manchester and Halton and is given York, where they work."""
    found = asked(services, "how often do core groups meet in Manchester and Halton?")
    assert found.kind is Kind.COMPARE
    assert {row.council for row in found.rows} == {"Manchester", "Halton", "Nationally"}
    assert {cited.council for cited in found.citations} <= {"manchester", "halton"}
    assert all("core group" in row.says.lower() for row in found.rows)


def test_all_councils_are_asked_where_none_is_named(services: Services) -> None:
    """Who visits most often on a plan is a question for every document there is."""
    found = asked(services, "who visits most often on a CP plan?", None)
    assert found.kind is Kind.COMPARE
    assert {row.council for row in found.rows} - {"Nationally"} == set(services.councils.values())
    assert "visit" in found.headline.lower()


def test_the_shortest_comes_first_and_silence_last(services: Services) -> None:
    """A manager reads the first row and takes it for the strictest."""
    found = asked(services, "compare first core group across councils")
    cited = [row for row in found.rows if row.place and row.council != "Nationally"]
    assert [row.council for row in found.rows[: len(cited)]] == [row.council for row in cited]
    assert found.text.split("\n")[0] == found.headline


def test_a_council_that_is_not_loaded_is_said_so(services: Services) -> None:
    """Devon's row left out would read as if Devon had no standard."""
    found = asked(services, "compare York and Devon on supervision")
    assert [row.says for row in found.rows if row.council == "Devon"] == ["none of its documents is loaded."]


@pytest.mark.parametrize(
    "text", ["the boy is placed in Halton, how often do we visit", "mum has moved to Manchester, when is the transfer"]
)
def test_where_a_child_lives_is_not_whose_standards_are_asked_for(services: Services, text: str) -> None:
    """York's worker would be told another council's standard because the child is placed there."""
    found = asked(services, text)
    assert {cited.council for cited in found.citations} <= {"york"}


def test_a_thread_goes_on_in_another_council_from_the_same_day(services: Services) -> None:
    """ "And in Manchester?" would be answered with whatever those three words happen to find."""
    first = asked(services, "ICPC was 2 April 2026, when is the first core group due?")
    again = answer("and in Manchester?", Asker("york", NOW, context=first.context), services)
    assert (again.kind, again.citations[0].council) == (Kind.DATE, "manchester")
    assert again.due is not None


def test_a_standard_is_followed_into_another_council(services: Services) -> None:
    """The next question about the same standard would start from nothing."""
    first = asked(services, "do children have to be seen alone")
    again = answer("and in Halton?", Asker("york", NOW, context=first.context), services)
    assert again.citations
    assert again.citations[0].council == "halton"


def test_a_date_in_the_question_is_after_a_date(services: Services) -> None:
    """A page on what counts as a visit would be quoted to somebody who asks when the next one is due."""
    found = asked(services, "child placed on 4 May 2026, next stat visit?", "halton")
    assert (found.kind, found.rule) == (Kind.DATE, "halton.cla-visit.first-week")


def test_where_a_document_gives_no_number_the_law_that_does_is_shown(services: Services) -> None:
    """A chart that lost its mark would leave the first review without any time at all."""
    found = asked(services, "how soon after coming into care is the first review?", "manchester")
    assert found.rule is not None
    assert "Nationally within 20 working days" in found.text
