"""References that may be kept, and those that would tell who a child is."""

from __future__ import annotations

import pytest

from bot.casework.reference import why_not
from tests.bot.casework.conftest import TODAY


@pytest.mark.parametrize("ref", ["YK-0417", "10012345", "M-204511", "CP/2026/17", "yk-0417", "7", "-12", "CHILD-0417"])
def test_what_teams_use_is_taken(ref: str) -> None:
    """A team whose own references are refused cannot use the thing at all."""
    assert why_not(ref, TODAY) is None


@pytest.mark.parametrize(
    ("ref", "why"),
    [
        ("Sample", "a name"),
        ("SAMPLE", "a name"),
        ("Wren Sample", "a name"),
        ("Sample-2012", "a name"),
        ("sample2012", "a name"),
        ("943 476 5919", "NHS"),
        ("9434765919", "NHS"),
        ("943-476-5919", "NHS"),
        ("QQ123456C", "National Insurance"),
        ("12/03/2012", "date of birth"),
        ("2012-03-12", "date of birth"),
        ("12032012", "date of birth"),
        ("20120312", "date of birth"),
        ("01632960001", "telephone"),
        ("A12345678901B", "pupil"),
        ("YK 0417", "only letters"),
        ("YK_0417", "only letters"),
        ("١٢٣", "only letters"),
        ("1" * 41, "longer"),
    ],
)
def test_what_tells_who_a_child_is_is_refused(ref: str, why: str) -> None:
    """A name that is once in the database stands in every digest, calendar and picture."""
    assert why in (why_not(ref, TODAY) or "")
