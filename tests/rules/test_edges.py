"""Corners of the rules that no other table reaches: each a plain refusal, or a plain answer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from rules import CaseTable, Source, Status, recompute
from rules.bulk_status import STATUSES
from rules.folder import read_folder
from rules.strict_yaml import read_yaml
from rules.words import number_patterns
from tests.rules.build import make_rule
from tests.rules.in_bulk import BULK


def test_a_words_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """One broken file must not hide what is wrong in the others."""
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "broken.yaml").write_text("a: [1\n", encoding="utf-8")
    assert read_folder(tmp_path).problems[0].startswith("events/broken.yaml: line")


def test_control_characters_are_not_yaml(tmp_path: Path) -> None:
    """A file that was damaged on its way is refused in a sentence."""
    path = tmp_path / "odd.yaml"
    path.write_bytes(b"a: \x07\n")
    with pytest.raises(ValueError, match="not YAML"):
        read_yaml(path)


@pytest.mark.parametrize(
    "given",
    [
        {"lines": (1, 2), "law": "An Act", "evidence": "provision", "page": "a page"},
        {"law": "An Act"},
        {},
    ],
)
def test_a_source_is_a_document_or_a_law_and_not_half_of_one(given: dict[str, object]) -> None:
    """A citation that cannot be followed is none."""
    with pytest.raises(ValidationError, match="either the document's lines, or law, evidence and page"):
        Source.model_validate({"document": "york", "section": "S"} | given)


def test_large_and_odd_numbers_are_found_in_words() -> None:
    """A rule is held against its words whatever the number."""
    assert any(re.search(one, "within 120 days") for one in number_patterns(120, "days"))
    months = number_patterns(15 + 7 / 12, "years")
    assert any(re.search(one, "at 15 years and 7 months") for one in months)
    assert not any(re.search(one, "at 15 years and 8 months") for one in months)


def test_in_bulk_a_fact_that_no_case_tells_is_asked_for() -> None:
    """A column that is missing altogether must not pass for "no"."""
    rule = make_rule(applies_when={"newly_qualified": True})
    table = CaseTable.of_columns(1, {"icpc_held": np.array(["2026-04-02"], dtype="datetime64[D]")})
    (found,) = recompute([rule], table, BULK, date(2026, 4, 3))
    assert [STATUSES[code] for code in found.status] == [Status.BLOCKED]
