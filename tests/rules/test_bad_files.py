"""One file for each way of being wrong: every one is refused with a sentence that names the place.

Each file of `bad/` begins with what is expected of it, a line each: `# part of the problem's line`. Names that begin
with events- or facts- stand in those folders, all others in york/.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rules import BadRuleFile, RuleBook
from rules.folder import read_folder
from rules.strict_yaml import MOST_BYTES

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
EVENTS = "icpc_held core_group_held cp_plan_ended born placement_started".split()
FACTS = "newly_qualified: {title: newly qualified, question: Is the worker newly qualified?, values: [true, false]}\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An empty library with the words that the bad files stand among."""
    for folder in ("events", "facts", "york"):
        (tmp_path / folder).mkdir()
    words = "".join(f"{name}: {{title: {name}, question: When was {name}?}}\n" for name in EVENTS)
    (tmp_path / "events" / "all.yaml").write_text(words, encoding="utf-8")
    (tmp_path / "facts" / "all.yaml").write_text(FACTS, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_each_way_of_being_wrong_is_refused_by_name(path: Path, library: Path) -> None:
    """A slip in a rule file would load as another limit, or as none, and nobody would know."""
    text = path.read_text(encoding="utf-8")
    expected = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ")]
    assert expected, "the file must begin with what is expected of it"
    kind = path.stem.split("-")[0]
    (library / (kind if kind in ("events", "facts") else "york") / path.name).write_text(text, encoding="utf-8")
    if path.stem.startswith("events-"):
        (library / "events" / "all.yaml").write_text(
            "cp_plan_ended: {title: ended, question: When?}\n", encoding="utf-8"
        )
    with pytest.raises(BadRuleFile) as refusal:
        RuleBook.load(library)
    for part in expected:
        assert any(part in problem for problem in refusal.value.problems), refusal.value.problems
    assert len(refusal.value.problems) == len(expected), refusal.value.problems
    assert all(path.name in problem for problem in refusal.value.problems)


def test_all_problems_of_all_files_are_told_at_once(library: Path) -> None:
    """Whoever keeps the rules would mend one slip a run for an afternoon."""
    for name in ("unknown-key", "missing-key", "alias"):
        source = next(path for path in BAD if path.stem == name)
        text = source.read_text(encoding="utf-8").replace("york.core-group.first", f"york.{name}.one")
        (library / "york" / source.name).write_text(text, encoding="utf-8")
    problems = read_folder(library).problems
    assert [problem.split(":")[0] for problem in problems] == [
        "york/alias.yaml",
        "york/missing-key.yaml",
        "york/unknown-key.yaml",
    ]


def test_a_file_that_is_not_text_or_far_too_large_is_one_sentence(library: Path) -> None:
    """A picture dropped into the folder would end in a trace instead of a name."""
    (library / "york" / "picture.yaml").write_bytes(b"- id: \xff\xd8")
    (library / "york" / "huge.yaml").write_text("#" * (MOST_BYTES + 1), encoding="utf-8")
    assert read_folder(library).problems == [
        "york/huge.yaml: larger than 1024 KiB: split it by topic",
        "york/picture.yaml: not UTF-8 at byte 6",
    ]


def test_an_empty_file_and_a_missing_folder(library: Path) -> None:
    """A mistyped folder would load as a council without duties."""
    (library / "york" / "empty.yaml").write_text("# nothing yet\n", encoding="utf-8")
    assert read_folder(library, ["york"]).problems == []
    assert read_folder(library, ["yrok"]).problems == ["yrok: there is no folder of rules for this council"]
    with pytest.raises(BadRuleFile, match="there is no such folder"):
        RuleBook.load(library / "nowhere")
