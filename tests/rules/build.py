"""Small rules and books for tests, and limits read from the words of the golden tables."""

from __future__ import annotations

import csv
import re
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rules import EventWord, FactWord, Limit, Rule, RuleBook, Version
from rules.rule import EXAMPLE

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
EVENTS = (
    "icpc_held rcpc_held core_group_held cp_visit_held cp_plan_agreed cp_plan_ended case_closed born pa_allocated"
    " placement_started placement_visit_held placement_agreed_permanent report_shared missing_found interview_held"
    " short_breaks_started short_break_visit_held"
).split()
_LIMIT = re.compile(
    r"(?:(?P<every>every) )?(?:(?P<day>day) (?P<number>\d+)|(?P<amount>\d+) (?P<unit>working days?|\w+?)s?)"
    r"(?: (?P<way>after|before|beginning with))?"
)


def make_rule(
    rule_id: str = "york.core-group.first",
    limit: dict[str, Any] | None = None,
    version: dict[str, Any] | None = None,
    **changes: object,
) -> Rule:
    """Return the example rule with another id, limit and whatever else is given; *version* changes its only version."""
    data = deepcopy(EXAMPLE)
    data["id"] = rule_id
    data["versions"][0].update(version or {})
    if limit:
        data["versions"][0]["limit"] = limit
    return Rule.model_validate({**data, **changes})


def make_version(limit: dict[str, Any], in_force: str | None, **changes: object) -> dict[str, Any]:
    """Return a version as it stands in a file."""
    return {**deepcopy(EXAMPLE["versions"][0]), "limit": limit, "in_force": in_force, **changes}


def make_book(*rules: Rule) -> RuleBook:
    """Return a book of these rules, with words for the events and the one fact that tests use."""
    events = {
        name: EventWord(title=name.replace("_", " "), question=f"When was this: {name.replace('_', ' ')}?")
        for name in EVENTS
    }
    fact = FactWord(title="newly qualified", question="Is the worker newly qualified?", values=(True, False))
    return RuleBook({rule.id: rule for rule in rules}, events, {"newly_qualified": fact})


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a golden table."""
    with (GOLDEN / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_when(text: str) -> date | datetime:
    """Return a day or a moment of a golden table."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def version_in_words(words: str) -> Version:
    """Return a version with the limit that a golden table writes out, such as "10 working days after"."""
    return Version.model_validate(
        make_version(_limit_in_words(words), None, counts_start_day=words.endswith("beginning with"))
    )


def limit_in_words(words: str) -> Limit:
    """Return the limit that a golden table writes out."""
    return version_in_words(words).limit


def _limit_in_words(words: str) -> dict[str, Any]:
    if words.startswith("age "):
        numbers = [int(number) for number in re.findall(r"\d+", words)]
        return {"at_age": {"years": numbers[0], "months": numbers[1] if len(numbers) > 1 else 0}}
    match = _LIMIT.fullmatch(words)
    assert match, f"not a limit: {words!r}"
    if match["day"]:
        return {"by_day": int(match["number"]), "unit": "days"}
    unit = match["unit"].removesuffix("s").replace(" ", "_") + "s"
    kind = "every" if match["every"] else "before" if match["way"] == "before" else "within"
    return {kind: int(match["amount"]), "unit": unit}
