"""Search finds the right council's entry, by its words and by what is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Index, search


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("when is the 1st core group after ICPC", "sandford.core-group"),
        ("can the mother stay in the room when I talk to her son", "sandford.alone"),
        ("they do not understand english", "sandford.interpreter"),
        ("corre group when", "sandford.core-group"),
    ],
)
def test_the_right_entry_comes_first(small: Index, question: str, wanted: str) -> None:
    """A worker reads the first answer and goes."""
    assert search(small, question, ["sandford"]).hits[0].item.id == wanted


def test_only_the_councils_named_are_ranked(small: Index) -> None:
    """The right-sounding rule of the wrong council is the worst answer there is."""
    found = search(small, "when is the 1st core group", ["sandford"])
    assert {hit.item.council for hit in found.hits} == {"sandford"}
    both = search(small, "when is the 1st core group", ["sandford", "walford"])
    assert {hit.item.council for hit in both.hits[:2]} == {"sandford", "walford"}


@pytest.mark.parametrize("question", ["", "   ", "\t\n"])
def test_an_empty_question_finds_nothing(small: Index, question: str) -> None:
    """Noise must not look like an answer."""
    assert search(small, question, ["sandford"]).hits == ()


def test_an_unknown_council_finds_nothing(small: Index) -> None:
    """A council without documents must be said to have none."""
    assert search(small, "core group", ["atlantis"]).hits == ()


@given(st.text(max_size=300))
def test_no_text_breaks_the_search(small: Index, text: str) -> None:
    """Whatever is pasted into Slack, the bot must live on; scores stay within their bounds, in order."""
    hits = search(small, text, ["sandford", "walford"]).hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(-1e-6 <= score <= 1 + 1e-6 for score in scores)
    assert all(0 <= hit.covered <= 1 for hit in hits)
