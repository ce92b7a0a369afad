"""Rows judged: what is taken, and a line of the report for every row that is not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.days import read_clock
from bot.casework.entries import Entry, Reading
from bot.casework.import_ import read_entries
from bot.casework.mapping import MappingFile, load_mapping
from bot.casework.merge import merge
from bot.casework.raw import Raw, own_mapping, raws
from bot.casework.rows import Row, Sheet, UnreadableFile
from bot.casework.sheets import read_sheet
from bot.casework.vocabulary import Vocabulary
from rules import RuleBook
from tests.bot.casework.conftest import TODAY, case_of
from tests.conftest import ROOT

MAPPINGS = ROOT / "deploy" / "mappings"


def read(text: str, words: Vocabulary, folder: Path, locale: str | None = "en-GB") -> Reading:
    """Read CSV in Signpost's own columns."""
    path = folder / "cases.csv"
    path.write_text(text, encoding="utf-8")
    sheet = read_sheet(path)
    mapping, problems = own_mapping(sheet, words.book)
    found, wrong = raws(sheet, mapping)
    return read_entries(found, mapping, words, TODAY, locale, [*sheet.problems, *problems, *wrong])


def test_every_column_is_read(words: Vocabulary, tmp_path: Path) -> None:
    """What is lost on the way in is missing from every due date."""
    text = (
        "Ref,Event,Date,Time,Worker,Closed,newly_qualified\n"
        "yk-0500,icpc_held,02/04/2026,16:30,U0WREN,,yes\nYK-0501,,,,,01/05/2026,\n"
    )
    first, second = read(text, words, tmp_path).entries
    assert (first.ref, first.event, first.on, first.worker, first.closed) == (
        "YK-0500",
        "icpc_held",
        date(2026, 4, 2),
        "U0WREN",
        None,
    )
    assert first.at is not None
    assert first.at.isoformat() == "2026-04-02T16:30:00+01:00"
    assert first.facts == {"newly_qualified": True}
    assert (second.ref, second.event, second.closed) == ("YK-0501", None, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("row", "column", "wrong", "todo"),
    [
        ("YK-1,icpc_hold,2026-04-02,,", "event", "is not an event that the rules know", "use icpc_held"),
        ("YK-1,icpc_held,31/06/2026,,", "date", "there is no 31 June", "write it like"),
        ("YK-1,icpc_held,2028-12-25,,", "date", "more than 2 years ahead", "correct the year"),
        ("YK-1,icpc_held,1990-04-02,,", "date", "more than 30 years ago", "correct the year"),
        ("YK-1,cp_visit_held,2026-12-02,,", "date", "has not come yet", "once it has happened"),
        ("YK-1,icpc_held,,,", "date", "an event but no date", "fill it in"),
        ("YK-1,,2026-04-02,,", "event", "a date but no event", "fill it in"),
        (",icpc_held,2026-04-02,,", "ref", "there is no reference", "fill it in"),
        ("Sample,icpc_held,2026-04-02,,", "ref", "could be a name", "reference that your case system gives"),
        ("YK-1,icpc_held,2026-04-02,Wren Sample,", "worker", "only Slack member ids", "map the name"),
        ("YK-1,icpc_held,2026-04-02,,perhaps", "newly_qualified", "can only be yes or no", "choose one"),
        ("=A1,icpc_held,2026-04-02,,", "ref", "holds a formula", "put the value itself"),
    ],
)
def test_every_row_that_cannot_be_taken_is_reported(
    row: str, column: str, wrong: str, todo: str, words: Vocabulary, tmp_path: Path
) -> None:
    """A row that silently falls out is a duty that nobody is told of."""
    found = read(f"ref,event,date,worker,newly_qualified\nYK-9,icpc_held,2026-04-02,,\n{row}\n", words, tmp_path)
    assert [entry.ref for entry in found.entries] == ["YK-9"]
    (problem,) = found.problems
    assert (problem.row, problem.column) == (3, column)
    assert wrong in problem.wrong
    assert todo in problem.todo


def test_all_that_is_wrong_with_a_row_is_said_at_once(words: Vocabulary, tmp_path: Path) -> None:
    """Three rounds of mending for one row is two too many."""
    found = read("ref,event,date,worker\nSample,icpc_hold,31/06/2026,Kit\n", words, tmp_path)
    assert [problem.column for problem in found.problems] == ["date", "event", "ref", "worker"]
    assert found.bad_rows == 1
    assert not any("Sample" in str(problem) or "Kit" in str(problem) for problem in found.problems)


def test_what_is_booked_may_lie_ahead(words: Vocabulary, tmp_path: Path) -> None:
    """Reports are due before a conference that has not been held."""
    found = read("ref,event,date\nYK-1,rcpc_held,2026-12-08\n", words, tmp_path)
    assert [entry.on for entry in found.entries] == [date(2026, 12, 8)]


def test_a_column_nobody_knows_stops_the_file(words: Vocabulary, tmp_path: Path) -> None:
    """A fact under a misspelt heading would be lost; and a column of names has no place here."""
    found = read("ref,event,date,newly_qualifed,Child's name\nYK-1,icpc_held,2026-04-02,,\n", words, tmp_path)
    assert not found.entries
    assert [problem.row for problem in found.problems] == [1, 1]
    assert "newly_qualified?" in " ".join(problem.todo for problem in found.problems)


def test_a_missing_column_is_named_with_those_that_are_there(words: Vocabulary, tmp_path: Path) -> None:
    """So that the mapping can be mended at once."""
    (problem,) = read("Person ID,event,date\nYK-1,icpc_held,2026-04-02\n", words, tmp_path).problems[:1]
    assert "Person ID" in str(problem)


def test_one_american_date_makes_its_column_doubtful(words: Vocabulary, tmp_path: Path) -> None:
    """Where one cell has the month first, the others have too, and 3 April may be 4 March."""
    text = "ref,event,date\nYK-1,icpc_held,03/04/2026\nYK-2,icpc_held,04/13/2026\nYK-3,icpc_held,2026-04-02\n"
    found = read(text, words, tmp_path)
    assert [entry.ref for entry in found.entries] == ["YK-3"]
    assert "month first, as row 3" in found.problems[0].wrong


def test_rows_that_contradict_each_other_are_all_refused(words: Vocabulary, tmp_path: Path) -> None:
    """Which of two workers is right is not ours to say."""
    text = "ref,event,date,worker\nYK-1,icpc_held,2026-04-02,U0WREN\nYK-2,icpc_held,2026-04-02,\nYK-1,,,U0KIT\n"
    found = read(text, words, tmp_path)
    assert [entry.ref for entry in found.entries] == ["YK-2"]
    assert [(problem.row, problem.column) for problem in found.problems] == [(2, "worker"), (4, "worker")]
    assert "rows 2 and 4" in found.problems[0].wrong


def test_titles_are_taken_as_names_of_events(words: Vocabulary, tmp_path: Path) -> None:
    """A manager writes what the terminal shows."""
    found = read("ref,event,date\nYK-1,Core group,2026-04-16\n", words, tmp_path)
    assert [entry.event for entry in found.entries] == ["core_group_held"]


COLUMNS = ("ref", "event", "date", "worker")
ROWS = [
    ("YK-1", "icpc_held", "2026-04-02", "U0WREN"),
    ("YK-1", "core_group_held", "2026-04-16", ""),
    ("YK-1", "core_group_held", "2026-04-16", ""),
    ("YK-2", "icpc_held", "31/06/2026", ""),
    ("YK-3", "", "", "U0KIT"),
    ("YK-3", "cp_visit_held", "2026-05-01", "U0WREN"),
    ("Sample", "icpc_held", "2026-05-01", ""),
]


@given(order=st.permutations(ROWS))
def test_the_order_of_rows_makes_no_difference(order: list[tuple[str, str, str, str]], words: Vocabulary) -> None:
    """A sorted spreadsheet is the same spreadsheet."""
    outcomes = []
    for rows in (ROWS, order):
        cells = [{name: cell for name, cell in zip(COLUMNS, row, strict=True) if cell} for row in rows]
        sheet = Sheet(COLUMNS, tuple(Row(number, row) for number, row in enumerate(cells, 2)))
        mapping, _ = own_mapping(sheet, words.book)
        found = read_entries(raws(sheet, mapping)[0], mapping, words, TODAY)
        merged = merge(found.entries, {})
        events = sorted((one.ref, one.event, one.on) for one in merged.intake.new_events)
        cases = sorted((one.ref, one.worker or "") for one in merged.intake.new_cases)
        outcomes.append((events, cases, merged.counts, found.bad_rows, sorted(one.column for one in found.problems)))
    assert outcomes[0] == outcomes[1]


CELLS = st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.dates(), st.booleans())


@given(cells=st.lists(CELLS, min_size=6, max_size=6))
def test_no_cell_whatever_ends_in_a_traceback(cells: list[str | int | float | date], words: Vocabulary) -> None:
    """A file of anything at all gets a report."""
    mapping = MappingFile(ref="r", event="e", date="d", time="t", worker="w", closed="c")
    ref, event, day, clock, worker, closed = cells
    found = read_entries([Raw(2, ref, event, day, clock, worker, closed)], mapping, words, TODAY)
    assert len(found.entries) + found.bad_rows == 1


def test_the_shipped_mapping_of_steps(words: Vocabulary, tmp_path: Path) -> None:
    """A report of steps goes in as it comes out; what is no event, and whose names these are, stays outside."""
    mapping = load_mapping(MAPPINGS / "mosaic-like.yaml", words.book)
    path = tmp_path / "report.csv"
    path.write_text(
        "Person ID,Name,Form/Step,Date Completed,Allocated Worker\n"
        '204511,Invented Child,Initial CP Conference,02-Apr-2026,"Sample, Wren"\n'
        "204511,Invented Child,Case Note,03-Apr-2026,\n"
        '204511,Invented Child,Core Group Record,16/04/2026,"Demo, Robin (Agency)"\n',
        encoding="utf-8",
    )
    found = read_entries(raws(read_sheet(path), mapping)[0], mapping, words, TODAY)
    assert [(entry.ref, entry.event, entry.worker) for entry in found.entries] == [("M-204511", "icpc_held", "U0WREN")]
    assert found.ignored == 1
    assert [(problem.row, problem.column) for problem in found.problems] == [(4, "Allocated Worker")]


def test_the_shipped_mapping_of_columns(words: Vocabulary, tmp_path: Path) -> None:
    """A list of children gives an event a column, each under its own heading in the report."""
    mapping = load_mapping(MAPPINGS / "liquidlogic-like.yaml", words.book)
    headings = [*dict.fromkeys(mapping.columns)]
    row = {
        "Case No": "8801",
        "Key Worker": "K Specimen",
        "Worker in ASYE": "Yes",
        "ICPC Date": "02/04/2026",
        "Next RCPC Booked": "08/12/2026",
        "Date Became LAC": "10/05/2026",
        "Time Became LAC": "16:30",
        "Last CP Visit": "31/06/2026",
    }
    sheet = Sheet(tuple(headings), (Row(4, {k: v for k, v in row.items() if k != "Last CP Visit"}), Row(5, row)))
    found = read_entries(raws(sheet, mapping)[0], mapping, words, TODAY)
    assert {(entry.event, str(entry.on)) for entry in found.entries} == {
        ("icpc_held", "2026-04-02"),
        ("rcpc_held", "2026-12-08"),
        ("looked_after_started", "2026-05-10"),
    }
    assert {entry.facts["newly_qualified"] for entry in found.entries} == {True}
    assert [entry.at is not None for entry in found.entries if entry.event == "looked_after_started"] == [True]
    assert [(problem.row, problem.column) for problem in found.problems] == [(5, "Last CP Visit")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a list", "it must hold keys and values"),
        ("ref: [", "cannot be read"),
        ("ref: a\nref: b", "stands twice"),
        ("ref: ID\nevent: Step", "give event: and date:"),
        ("ref: ID\nshape: wide\nevents: {}", "give events:"),
        ("ref: ID\nevent: E\ndate: D\nevents: {Core: core_grp}", "which the rules do not know"),
        ("ref: ID\nevent: E\ndate: D\nworkers: {Wren: Wren}", "not mapped to a Slack member id"),
        ("ref: ID\nevent: E\ndate: D\nfacts: {age: {column: A}}", "not a fact that the rules ask for"),
        ("ref: ID\nevent: E\ndate: E", "named twice"),
        ("ref: ID\nevent: E\ndate: D\ncolour: red", "colour"),
    ],
)
def test_a_mapping_with_a_slip_is_refused_in_a_sentence(text: str, says: str, book: RuleBook, tmp_path: Path) -> None:
    """A slip in a mapping is a hundred wrong rows."""
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=says):
        load_mapping(path, book)


def test_a_second_time_nothing_is_new() -> None:
    """Last month's export again must not make anything twice; a new hour is a change, a blank takes nothing away."""
    known = {"YK-0417": case_of(("icpc_held", "2026-04-02"))}
    same = merge([Entry(2, "YK-0417", "icpc_held", date(2026, 4, 2))], known)
    assert (same.counts["new"], same.counts["known"], same.counts["changed"], same.intake.refs) == (0, 1, 0, [])
    at = read_clock("16:30", date(2026, 4, 2))
    moved = merge([Entry(2, "YK-0417", "icpc_held", date(2026, 4, 2), at, "U0KIT")], known)
    assert (moved.counts["changed"], moved.counts["cases_changed"]) == (1, 1)
    assert moved.intake.changed_cases[0].worker == "U0KIT"


def test_json_lines_need_only_what_they_hold(words: Vocabulary, tmp_path: Path) -> None:
    """Another program writes no empty columns."""
    path = tmp_path / "cases.jsonl"
    rows = [{"ref": "YK-1", "event": "icpc_held", "date": "2026-04-02"}, {"ref": "YK-2"}]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    sheet = read_sheet(path)
    mapping, _ = own_mapping(sheet, words.book)
    found = read_entries(raws(sheet, mapping, optional=True)[0], mapping, words, TODAY)
    assert [(entry.ref, entry.event) for entry in found.entries] == [("YK-1", "icpc_held"), ("YK-2", None)]
