"""What a rule book must pass: sense within a rule, among rules, and against the words it cites."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from rules import SHIPPED, RuleBook, check_book, lengthens
from rules.__main__ import main
from rules.limit import number_and_unit
from rules.words import number_patterns, unit_patterns
from tests.rules.build import limit_in_words, make_book, make_rule, make_version

LONGER_THAN_THE_LAW = ["halton/care-planning.yaml: halton.pep.meeting: shortens: is longer than england.pep.started"]
ASKS = ["when is it", "by when", "how long have I got"]


def problems(*rules: object, text: str | None = None, lines: tuple[int, int] = (1, 1)) -> list[str]:
    """Return the problems of a book of these rules without the place they name."""
    book = make_book(*rules)  # type: ignore[arg-type]
    found, _ = check_book(book, {"york": text} if text is not None else None)
    return [problem.split(": ", 2)[2] for problem in found]


def test_the_shipped_rules_pass() -> None:
    """A rule that cannot be right would be shipped; what is longer than the law is known by name."""
    assert check_book(RuleBook.load()) == ([], LONGER_THAN_THE_LAW)


def test_yorks_numbers_stand_in_the_words_they_cite(york_original: Path) -> None:
    """Rule and document would drift apart unseen: a number that is not on the page would be given out."""
    text = york_original.read_text(encoding="utf-8")
    found, _ = check_book(RuleBook.load(councils=["york"]), {"york": text})
    assert found == []


def test_a_sound_rule_has_no_problems() -> None:
    """Every run would cry wolf."""
    assert problems(make_rule(asks=ASKS)) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"topic": "core groups"}, "topic: 'core groups' is not one of the topics"),
        ({"asks": ["when"]}, "asks: 1 given, at least 3 wanted"),
        ({"asks": [*ASKS, "By When"]}, "asks: the same words stand twice"),
        (
            {"versions": [make_version({"within": 1, "unit": "weeks"}, "2026-12-01")]},
            "versions.0.checked: is before in_force",
        ),
        (
            {"limit": {"every": 1, "unit": "weeks"}},
            "done_by: what meets a recurring duty must stand in starts too, so that the next one runs from it",
        ),
        (
            {"unclear": [{"what": "unit", "why": "?", "other": {"within": 10, "unit": "working_days"}}]},
            "unclear.0.other: is the same as the limit",
        ),
    ],
)
def test_sense_within_a_rule(changes: dict[str, object], problem: str) -> None:
    """A rule that nobody finds, or that never moves on, would pass for sound."""
    assert problems(make_rule(**{"asks": ASKS, **changes})) == [problem]  # type: ignore[arg-type]


def test_a_disagreement_is_named_on_both_sides() -> None:
    """Asked from the other page, the bot would give one number as if it were the only one."""
    one = make_rule("york.a.one", asks=ASKS, disagrees_with=["york.a.two"])
    assert problems(one, make_rule("york.a.two", asks=ASKS)) == [
        "disagrees_with: york.a.two does not name this rule in turn"
    ]


def test_a_repeat_has_the_same_number_and_names_the_first_place() -> None:
    """Two numbers for one duty would be folded into one."""
    first = make_rule("york.a.one", asks=ASKS)
    other = make_rule("york.a.two", {"within": 5, "unit": "days"}, asks=ASKS, restates="york.a.one")
    again = make_rule("york.a.three", {"within": 5, "unit": "days"}, asks=ASKS, restates="york.a.two")
    assert problems(first, other, again) == [
        "restates: york.a.one has another number; that is disagrees_with",
        "restates: york.a.two itself restates york.a.one; name that one",
    ]
    same = make_rule("york.a.two", {"by_day": 10, "unit": "working_days"}, asks=ASKS, restates="york.a.one")
    assert problems(first, same) == []


@pytest.mark.parametrize(
    ("local", "national", "longer"),
    [
        ("10 working days after", "15 working days after", False),
        ("15 working days after", "10 working days after", True),
        ("15 days after", "10 working days after", True),
        ("14 days after", "10 working days after", False),
        ("1 year after", "6 months after", True),
        ("every 6 weeks", "every 3 months", False),
    ],
)
def test_a_local_rule_that_lengthens_a_national_one_is_flagged(local: str, national: str, longer: bool) -> None:
    """A council's slip would lengthen a limit that the law sets."""
    starts = ["icpc_held", "core_group_held"]
    above = make_rule("england.a.one", limit_in_words(national).model_dump(), asks=ASKS, starts=starts)
    below = make_rule(
        "york.a.one", limit_in_words(local).model_dump(), asks=ASKS, starts=starts, shortens="england.a.one"
    )
    found, warned = check_book(make_book(above, below))
    assert found == []
    assert [line.partition("york.a.one: ")[2] for line in warned] == (
        ["shortens: is longer than england.a.one"] if longer else []
    )
    assert lengthens(below, make_book(above, below)) is longer
    word = make_rule("england.a.one", {"none": "once"}, {"wording": "promptly"}, asks=ASKS)
    assert problems(word, below) == []


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("10 working days after", "within 10 working days of the conference"),
        ("10 working days after", "within ten\n  working-days"),
        ("3 months after", "the first is after three\nmonths"),
        ("1 year after", "reviewed annually"),
        ("every 1 year", "twice a year"),
        ("every 1 month", "must meet monthly as a minimum"),
        ("every 2 weeks", "fortnightly thereafter"),
        ("every 1 week", "weekly for the first six"),
        ("every 12 weeks", "12 weekly for care leavers"),
        ("every 12 months", "at least every twelve months"),
        ("age 15 years 9 months", "the young person is 15 ¾ years old"),
        ("age 15 years 9 months", "at fifteen years and nine months"),
        ("age 17 years 6 months", "at age 17.5 yrs"),
        ("1 working day after", "the next working day"),
        ("45 working days after", "forty-five working days"),
        ("24 hours after", "within 24hrs of the start"),
        ("day 5 after", "by day 5"),
    ],
)
def test_a_number_is_found_in_figures_or_in_words(limit: str, words: str) -> None:
    """A rule that is right would be reported as wrong until nobody reads the report."""
    lines = words.count("\n") + 1
    starts = ["born"] if limit.startswith("age") else ["icpc_held", "core_group_held"]
    rule = make_rule(
        limit=limit_in_words(limit).model_dump(),
        asks=ASKS,
        starts=starts,
        version={"source": {"document": "york", "section": "S", "lines": [1, lines]}},
    )
    assert problems(rule, text=words) == []


@pytest.mark.parametrize(
    ("limit", "words", "missing"),
    [
        ("10 working days after", "within 15 working days", "the number 10"),
        ("10 working days after", "within 100 working days", "the number 10"),
        ("10 working days after", "within 10 days", "the unit working_days"),
        ("10 days after", "within 10 working days", "the unit days"),
        ("15 days after", "15 ¾ days", "the number 15"),
        ("6 months after", "within 6 weeks", "the unit months"),
        ("every 2 weeks", "every two months", "the unit weeks"),
        ("age 15 years 9 months", "at 15 years", "the number 15.75"),
    ],
)
def test_another_number_or_unit_is_not_taken_for_it(limit: str, words: str, missing: str) -> None:
    """ "Within 10 days" typed as working days would go unseen."""
    starts = ["born"] if limit.startswith("age") else ["icpc_held", "core_group_held"]
    version = {"source": {"document": "york", "section": "S", "lines": [1, 1]}}
    rule = make_rule(limit=limit_in_words(limit).model_dump(), asks=ASKS, starts=starts, version=version)
    found = problems(rule, text=words)
    assert len(found) == 1
    assert found[0].startswith(f"versions.0.source.lines: {missing}")


def test_lines_that_are_blank_or_past_the_end() -> None:
    """A citation would open on an empty page."""
    rule = make_rule(asks=ASKS)
    assert problems(rule, text="one line") == ["versions.0.source.lines: the document has only 1 lines"]
    assert problems(rule, text="\n" * 600) == ["versions.0.source.lines: are blank"]


def test_an_unnumbered_rule_is_held_against_its_lines_only() -> None:
    """A time word is the rule-writer's own short form, so that it need not stand on the page."""
    version = {"wording": "soon", "source": {"document": "york", "section": "S", "lines": [1, 1]}}
    assert problems(make_rule(limit={"none": "once"}, version=version, asks=ASKS), text="as quickly as can be") == []


def test_versions_not_checked_for_thirteen_months_are_listed() -> None:
    """A changed document would be quoted for years."""
    book = make_book(make_rule(asks=ASKS))
    assert check_book(book, today=date(2027, 12, 24)) == ([], [])
    found, warned = check_book(book, today=date(2027, 12, 25))
    assert found == []
    assert warned == ["york: york.core-group.first: checked: last held against its source on 2026-11-24"]


def test_patterns_are_for_every_number_and_unit_in_use() -> None:
    """A rule with a new number would crash the check."""
    for rule in RuleBook.load():
        if rule.amount is not None and rule.unit is not None:
            assert number_patterns(rule.amount, rule.unit)
            assert unit_patterns(rule.unit)
            assert number_and_unit(rule.amount, rule.unit)


def test_the_command_says_what_is_wrong_and_exits_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever writes rules could not tell sound from broken."""
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "".join(f"warning: {one}\n" for one in LONGER_THAN_THE_LAW)
    shutil.copytree(SHIPPED, tmp_path / "library")
    path = next((tmp_path / "library" / "york").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("level: local", "level: law", 1), encoding="utf-8")
    assert main(["check", str(tmp_path / "library" / "york")]) == 1
    assert f"york/{path.name}: york." in capsys.readouterr().out
    assert main(["check", str(tmp_path / "library"), "--json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert len(printed["problems"]) >= 1
    assert printed["warnings"] == LONGER_THAN_THE_LAW


def test_the_command_takes_originals_and_a_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rules could not be held against a document before it is read in."""
    (tmp_path / "york.txt").write_text("nothing of the kind\n", encoding="utf-8")
    assert main(["check", "--original", f"york={tmp_path / 'york.txt'}", "--today", "2030-01-01"]) == 1
    printed = capsys.readouterr().out
    assert "the document has only 2 lines" in printed
    assert "warning: " in printed
    assert main(["check", "--original", "york.txt"]) == 2
    assert "write it as york=FILE" in capsys.readouterr().err
    assert main(["check", "--original", "york=/nowhere/york.txt"]) == 2
