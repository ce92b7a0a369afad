"""What would change: only that, and nothing is recorded."""

from __future__ import annotations

from datetime import date

import pytest

from bot.casework.vocabulary import Vocabulary
from bot.casework.whatif import Change, NothingToMove, as_of, changed, differences
from bot.commands.office import Office
from tests.bot.casework.conftest import TODAY, case_of

CASE = case_of(("icpc_held", "2026-11-20"), ("s47_started", "2026-11-01"), ("rcpc_held", "2026-12-08"))


def test_only_what_changes_is_shown(knowing: Office, words: Vocabulary) -> None:
    """A conference that moves a week moves its reports, and not the section 47 enquiry."""
    after = changed(CASE, [Change("rcpc_held", date(2026, 12, 15))], words, TODAY)
    found = {one.rule: one for one in differences(CASE, after, knowing, TODAY)}
    moved = found["york.conference-report.to-chair-within-3wd"]
    assert moved.before is not None
    assert moved.after is not None
    assert (str(moved.before.due.on), str(moved.after.due.on)) == ("2026-12-03", "2026-12-10")  # type: ignore[union-attr]
    assert not any(rule.startswith("york.s47") for rule in found)


def test_an_event_is_added(knowing: Office, words: Vocabulary) -> None:
    """What if the core group is held on the 30th: it is met, and the next is due a month on."""
    changes = [Change("core_group_held", date(2026, 11, 30))]
    day = as_of(changes, words, TODAY)
    found = {one.rule: one for one in differences(CASE, changed(CASE, changes, words, TODAY), knowing, day)}
    assert day == date(2026, 11, 30)
    first, following = found["york.core-group.first"], found["york.core-group.next"]
    assert first.after is not None
    assert first.after.status.value == "met"
    assert following.before is None
    assert str(following.after.due.on) == "2026-12-30"  # type: ignore[union-attr]


def test_an_event_is_moved(knowing: Office, words: Vocabulary) -> None:
    """A day that was typed wrongly, set right."""
    after = changed(CASE, [Change("icpc_held", date(2026, 11, 18), old=date(2026, 11, 20))], words, TODAY)
    found = {one.rule: one for one in differences(CASE, after, knowing, TODAY)}
    assert str(found["york.core-group.first"].after.due.on) == "2026-12-02"  # type: ignore[union-attr]
    with pytest.raises(NothingToMove, match="is recorded on Mon 2 Nov 2026"):
        changed(CASE, [Change("icpc_held", date(2026, 11, 18), old=date(2026, 11, 2))], words, TODAY)


def test_nothing_changes_without_a_change(knowing: Office) -> None:
    """An empty answer means what it says."""
    assert differences(CASE, CASE, knowing, TODAY) == []
