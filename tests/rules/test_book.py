"""The rule book: found by id and council, kept as JSON, and which date to go by where places disagree."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

import rules
from rules import MissingFact, NoNumber, RuleBook, RulesError, england
from tests.rules.build import make_book, make_rule

START = {"icpc_held": date(2025, 11, 10)}
A, B, C = "york.plan.ten", "york.plan.five", "york.plan.word"


def loose(what: str = "unit") -> list[dict[str, object]]:
    """Return an `unclear` that leaves a rule loose."""
    return [{"what": what, "why": "The line leaves it open."}]


@pytest.fixture(scope="module")
def shipped() -> RuleBook:
    """The shipped rules."""
    return RuleBook.load()


def test_a_firm_place_leads_and_the_loose_ones_date_stands_in_the_working() -> None:
    """45 days with the kind of day left open would push out the 45 working days that the text fixes."""
    book = make_book(
        make_rule(A, {"within": 45, "unit": "working_days"}, disagrees_with=[B]),
        make_rule(B, {"within": 45, "unit": "days"}, disagrees_with=[A], unclear=loose()),
    )
    for asked in (A, B):
        found = book.headline(asked, START, england())
        assert (found.rule_id, found.on) == (A, date(2026, 1, 15))
        assert found.steps[-1] == "Another place says within 45 days (lines 550–553): Thu 25 Dec 2025"
        assert [(other.rule_id, other.on) for other in found.others] == [(B, date(2025, 12, 25))]
        assert found.others[0].why == "Standard 4, lines 550–553, says within 45 days"
        assert found.working[-1].startswith("Source: ")


def test_of_two_firm_places_the_earlier_leads_and_so_of_two_loose_ones() -> None:
    """A nudge would come after the day that one of the two places sets."""
    for unclear in ([], loose("start")):
        book = make_book(
            make_rule(A, {"within": 10, "unit": "working_days"}, disagrees_with=[B], unclear=unclear),
            make_rule(B, {"within": 5, "unit": "working_days"}, disagrees_with=[A], unclear=unclear),
        )
        assert book.headline(A, START, england()).rule_id == B


def test_due_answers_for_the_rule_asked_and_tells_of_the_other() -> None:
    """Whoever asks for the one number would be given the other."""
    book = make_book(
        make_rule(A, {"within": 10, "unit": "working_days"}, disagrees_with=[B]),
        make_rule(B, {"within": 5, "unit": "working_days"}, disagrees_with=[A]),
    )
    found = book.due(A, START, england())
    assert (found.rule_id, found.on) == (A, date(2025, 11, 24))
    assert "Another place says within 5 working days (lines 550–553): Mon 17 Nov 2025" in found.working


def test_a_place_that_gives_no_date_here_is_told_without_one() -> None:
    """A disagreement would be hidden because it has no number, another start, another direction or needs a time."""
    others = {
        "york.plan.word": make_rule("york.plan.word", {"none": "once"}, {"wording": "promptly"}, disagrees_with=[A]),
        "york.plan.else": make_rule("york.plan.else", starts="cp_plan_agreed", disagrees_with=[A]),
        "york.plan.back": make_rule("york.plan.back", {"before": 2, "unit": "days"}, disagrees_with=[A]),
        "york.plan.hours": make_rule("york.plan.hours", {"within": 48, "unit": "hours"}, disagrees_with=[A]),
    }
    book = make_book(make_rule(A, disagrees_with=list(others)), *others.values())
    found = book.headline(A, START, england())
    assert found.rule_id == A
    assert found.steps[2:] == (
        "Another place says only “promptly” (lines 550–553)",
        "Another place says within 10 working days (lines 550–553); counted from another start: cp plan agreed",
        "Another place says at least 2 days before (lines 550–553)",
        "Another place says within 48 hours (lines 550–553); that needs the time of day",
    )
    assert [(other.rule_id, other.on) for other in found.others] == [(name, None) for name in others]
    assert found.others[0].why == "Standard 4, lines 550–553, says only “promptly”"


def test_a_place_with_only_a_word_takes_its_date_from_the_one_with_a_number() -> None:
    """A worker asking about "promptly" would not hear of the ten working days two pages on."""
    book = make_book(
        make_rule(C, {"none": "once"}, {"wording": "promptly"}, disagrees_with=[A]), make_rule(A, disagrees_with=[C])
    )
    found = book.headline(C, START, england())
    assert found.rule_id == A
    assert "Another place says only “promptly” (lines 550–553)" in found.working
    with pytest.raises(NoNumber):
        book.due(C, START, england())


def test_a_place_whose_count_leaves_the_known_years_is_told_without_a_date() -> None:
    """The date of the one place would be refused because the other's cannot be known."""
    book = make_book(
        make_rule(A, {"within": 10, "unit": "days"}, disagrees_with=[B]),
        make_rule(B, {"within": 900, "unit": "working_days"}, disagrees_with=[A]),
    )
    found = book.due(A, START, england())
    assert found.on == date(2025, 11, 20)
    assert found.steps[-1] == "Another place says within 900 working days (lines 550–553)"


def test_where_no_place_gives_a_date_the_rule_asked_for_says_why() -> None:
    """The question back would be about some other rule's start."""
    book = make_book(make_rule(A, disagrees_with=[B]), make_rule(B, starts="cp_plan_agreed", disagrees_with=[A]))
    with pytest.raises(MissingFact) as missing:
        book.headline(A, {}, england())
    assert missing.value.rule_id == A
    assert missing.value.question == "When was this: icpc held?"


def test_a_second_date_goes_by_the_recurring_place() -> None:
    """ "And the one after?" would fail because another place puts the duty once."""
    book = make_book(
        make_rule(A, {"every": 6, "unit": "months"}, disagrees_with=[B]),
        make_rule(B, {"every": 5, "unit": "months"}, disagrees_with=[A]),
    )
    assert book.headline(A, START, england(), 2).on == date(2026, 9, 10)


def test_hours_lead_over_the_end_of_the_same_day() -> None:
    """A 24-hour clock that ends at noon would be hidden by a day clock that ends that night."""
    book = make_book(
        make_rule(A, {"within": 1, "unit": "days"}, disagrees_with=[B]),
        make_rule(B, {"within": 24, "unit": "hours"}, disagrees_with=[A]),
    )
    found = book.headline(A, {"icpc_held": datetime(2026, 7, 1, 12)}, england())
    assert found.rule_id == B
    assert "Another place says within 1 day (lines 550–553): Thu 2 Jul 2026" in found.working


def test_the_book_is_found_by_id_and_council(shipped: RuleBook) -> None:
    """Another council's rules would answer."""
    rule = shipped["york.core-group.first"]
    assert rule in shipped.of("york")
    assert {rule: 1}[RuleBook.from_json(shipped.to_json())[rule.id]] == 1  # rules can be keys
    assert {england(): 1}[england()] == 1
    assert {one.council for one in shipped.of("york")} == {"york"}
    assert len(shipped) == len(list(shipped)) >= len(shipped.of("york")) > 100
    assert shipped.of("nowhere") == ()
    assert "york.nothing" not in shipped
    with pytest.raises(KeyError):
        shipped["york.nothing"]


def test_the_snapshot_is_the_book() -> None:
    """The bot would answer from other rules than those checked."""
    shipped = RuleBook.load()
    again = RuleBook.from_json(shipped.to_json())
    assert again == shipped
    assert RuleBook.from_json(shipped.to_json().encode()).fingerprint == shipped.fingerprint == rules.fingerprint()


def test_a_changed_file_changes_the_fingerprint(tmp_path: Path) -> None:
    """An index would go on answering from rules that were since corrected."""
    (tmp_path / "york").mkdir()
    path = tmp_path / "york" / "one.yaml"
    seen = set()
    for text in ("[]", "[] ", "[]\n# a note"):
        path.write_text(text, encoding="utf-8")
        seen.add(rules.fingerprint(tmp_path))
    path.rename(tmp_path / "york" / "two.yaml")
    seen.add(rules.fingerprint(tmp_path))
    assert len(seen) == 4


def test_a_rule_lists_itself_as_plain_data(shipped: RuleBook) -> None:
    """The register could not be printed, or would hide what is unclear."""
    rows = [rule.summary() for rule in shipped]
    assert json.loads(json.dumps(rows)) == rows
    assert {row["direction"] for row in rows} >= {"after", "before", "every", "at_age", "none"}
    by_id = {row["id"]: row for row in rows}
    assert by_id["york.pathway.assessment-start"]["amount"] == 15.75
    assert by_id["york.core-group.first"]["lines"] == list(shipped["york.core-group.first"].newest.source.lines)


def test_every_shipped_rule_with_a_number_gives_a_date_or_asks(shipped: RuleBook) -> None:
    """A rule could be listed that falls over when it is asked."""
    for rule in shipped:
        when = datetime(2025, 3, 12, 10)
        facts = dict.fromkeys(rule.starts, when)
        if rule.amount is None:
            with pytest.raises(NoNumber):
                shipped.due(rule.id, facts, england())
            continue
        for found in (shipped.due(rule.id, facts, england()), shipped.headline(rule.id, facts, england())):
            assert found.working[0].startswith(("Clock starts Wed 12 Mar 2025", "Counted back from Wed 12 Mar 2025"))
            assert (found.on < when.date()) == (shipped[found.rule_id].direction == "before")
        with pytest.raises(MissingFact, match=r"\?$"):
            shipped.headline(rule.id, {}, england())


def test_every_refusal_is_one_tree() -> None:
    """A refusal that slips through would be a crash in Slack."""
    for name in ("MissingFact", "NotInForce", "BeyondHorizon", "NoNumber", "BadRuleFile"):
        assert issubclass(getattr(rules, name), RulesError)
