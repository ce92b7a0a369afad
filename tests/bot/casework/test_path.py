"""A child's whole path from one date, each duty on its last day."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.answers.dates import LONDON
from bot.casework.path import Path, path
from bot.commands.office import Office


def on(found: Path, rule: str) -> list[str]:
    """The last days of a rule on a path."""
    return [str(step.due.on) for step in found.steps if step.rule.id == rule]


@pytest.fixture
def from_referral(knowing: Office) -> Path:
    """A year from a referral on 2 March 2026."""
    return path("york", {"referral_received": [date(2026, 3, 2)]}, knowing.book, knowing.calendar)


def test_a_path_goes_from_referral_to_review(from_referral: Path) -> None:
    """What somebody new must see: what follows what, and when at the latest. Dates counted by hand."""
    assert on(from_referral, "york.assessment.allocation") == ["2026-03-03"]
    assert on(from_referral, "york.assessment.complete") == [
        "2026-05-08"
    ]  # 45 working days, Easter and May Day between
    assert on(from_referral, "york.strategy-discussion.one-working-day") == ["2026-05-11"]
    assert on(from_referral, "york.icpc.after-strategy") == ["2026-06-02"]  # 15 working days, 25 May between
    assert on(from_referral, "york.core-group.first") == ["2026-06-16"]
    assert on(from_referral, "york.core-group.next")[:2] == ["2026-07-16", "2026-08-16"]
    assert on(from_referral, "york.rcpc.first") == ["2026-09-02"]
    assert on(from_referral, "york.rcpc.next") == ["2027-03-02"]


def test_what_is_counted_back_is_on_the_path(from_referral: Path) -> None:
    """The report is due before the conference that it is for."""
    assert on(from_referral, "york.conference-report.to-chair-within-3wd") == ["2026-05-28", "2026-08-27", "2027-02-25"]


def test_what_is_taken_for_granted_is_said(from_referral: Path) -> None:
    """No rule says how long after an assessment harm is suspected; the path may not pretend one does."""
    told = " ".join(from_referral.assumed)
    assert "--from reasonable_cause_identified=DATE" in told
    assert "noon is taken" in told
    assert "shown up to Tuesday 2 March 2027" in told


def test_a_day_that_is_given_is_kept(knowing: Office) -> None:
    """What really happened leads; only the rest is reckoned."""
    given = {"referral_received": [date(2026, 3, 2)], "strategy_discussion_held": [date(2026, 3, 4)]}
    found = path("york", given, knowing.book, knowing.calendar)
    assert on(found, "york.icpc.after-strategy") == ["2026-03-25"]
    assert "section 47 enquiry started" in " ".join(found.assumed)


def test_hours_count_from_the_hour_that_is_given(knowing: Office) -> None:
    """24 hours from ten in the morning end at ten."""
    start = datetime(2026, 3, 2, 10, tzinfo=LONDON)
    found = path("york", {"looked_after_started": [start]}, knowing.book, knowing.calendar)
    times = {step.rule.id: step.due.at for step in found.steps if step.due.at}
    assert times["york.legal-status.informed-24h"] == datetime(2026, 3, 3, 10, tzinfo=LONDON)
    assert on(found, "york.cla-review.first") == ["2026-03-30"]


def test_a_path_ends_where_bank_holidays_are_not_known(knowing: Office) -> None:
    """Past the last published bank holiday nothing is guessed."""
    last = knowing.calendar.known_to
    found = path("york", {"icpc_held": [date(last.year, 6, 1)]}, knowing.book, knowing.calendar, 36)
    assert on(found, "york.core-group.first")
    assert all(step.start <= last for step in found.steps)
    assert "not published further ahead" in " ".join(found.assumed)


def test_a_path_of_nothing_is_refused(knowing: Office) -> None:
    """Nothing starts nothing."""
    with pytest.raises(ValueError, match="at least one"):
        path("york", {}, knowing.book, knowing.calendar)
