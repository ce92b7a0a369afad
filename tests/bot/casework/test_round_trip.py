"""Out and in again: every format gives back the same cases, on each database, and a second time changes nothing."""

from __future__ import annotations

import string
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.answers.dates import LONDON
from bot.casework import export
from bot.casework.entries import Reading
from bot.casework.import_ import read_entries
from bot.casework.merge import merge
from bot.casework.raw import own_mapping, raws
from bot.casework.reference import why_not
from bot.casework.sheets import read_sheet
from bot.casework.vocabulary import Vocabulary
from bot.commands.cases import take_in
from bot.commands.office import Office
from bot.nudges import sweep
from bot.store import cases, intake, outbox, teams
from bot.store.cases import CaseEvent, StoredCase
from bot.store.intake import CaseState, Intake, NewEvent
from bot.store.tables import audit
from bot.store.teams import Team
from tests.bot.casework.conftest import NOW, TODAY

EVENTS = ("icpc_held", "core_group_held", "cp_visit_held", "s47_started", "looked_after_started")
REFS = st.text(string.ascii_uppercase + string.digits + "-/", min_size=1, max_size=12).filter(
    lambda ref: why_not(ref, TODAY) is None
)
DAYS = st.dates(TODAY - timedelta(days=5_000), TODAY)
HOURS = st.one_of(st.none(), st.integers(0, 86_399))


def event_of(name: str, on: date, seconds: int | None) -> CaseEvent:
    """An event at a real moment of its day; of the hour that comes twice sometimes the second."""
    if seconds is None:
        return CaseEvent(name, on)
    start = datetime.combine(on, datetime.min.time(), LONDON)
    moment = (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(LONDON)
    return CaseEvent(name, on, moment) if moment.date() == on else CaseEvent(name, on)


@st.composite
def stored_cases(draw: st.DrawFn) -> list[StoredCase]:
    """Any cases that the database could hold."""
    out = []
    for number, ref in enumerate(draw(st.lists(REFS, min_size=1, max_size=4, unique=True))):
        keys = draw(st.lists(st.tuples(st.sampled_from(EVENTS), DAYS), max_size=5, unique=True))
        events = [event_of(name, on, draw(HOURS)) for name, on in keys]
        facts: dict[str, object] = draw(
            st.fixed_dictionaries({}, optional={"newly_qualified": st.booleans(), "born": DAYS.map(date.isoformat)})
        )
        worker, closed = draw(st.sampled_from([None, "U0WREN", "W0KIT"])), draw(st.one_of(st.none(), DAYS))
        out.append(StoredCase(number, ref, 1, "york", worker, closed, facts, tuple(events)))
    return out


def read_back(kind: str, found: list[StoredCase], words: Vocabulary) -> Intake:
    """What an import of the export of *found* would write into an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"cases.{kind}"
        if kind == "xlsx":
            path.write_bytes(export.as_xlsx(found))
        else:
            text = export.as_csv(found) if kind == "csv" else export.as_jsonl(found)
            path.write_text(text, encoding="utf-8", newline="")
        sheet = read_sheet(path)
    mapping, problems = own_mapping(sheet, words.book)
    listed, wrong = raws(sheet, mapping, optional=kind == "jsonl")
    reading = read_entries(listed, mapping, words, TODAY, problems=[*sheet.problems, *problems, *wrong])
    assert reading.problems == ()
    assert merge(reading.entries, {case.ref: case for case in found}).intake == Intake()
    return merge(reading.entries, {}).intake


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
@given(found=stored_cases())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_goes_out_comes_in_the_same(kind: str, found: list[StoredCase], words: Vocabulary) -> None:
    """A team that moves to another server keeps every case, hour and fact."""
    back = read_back(kind, found, words)
    assert {(one.ref, one.worker, one.closed, tuple(sorted(one.facts.items()))) for one in back.new_cases} == {
        (one.ref, one.worker, one.closed, tuple(sorted(one.facts.items()))) for one in found
    }
    assert {(one.ref, one.event, one.on, one.at) for one in back.new_events} == {
        (case.ref, one.event, one.on, one.at) for case in found for one in case.events
    }


def test_no_cell_of_an_export_is_a_formula(tmp_path: Path) -> None:
    """A report that somebody opens must not call out."""
    odd = [StoredCase(1, "-12", 1, "york", "=1+1", None, {"born": "@SUM(A1)"}, (CaseEvent("+x", TODAY),))]
    (tmp_path / "x.xlsx").write_bytes(export.as_xlsx(odd))
    book = load_workbook(tmp_path / "x.xlsx")
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert all(not str(cell.value).startswith(("=", "+", "-", "@")) for cell in cells)
    lines = export.as_csv(odd).splitlines()[1].split(",")
    assert all(not cell.startswith(("=", "+", "-", "@")) for cell in lines)


def entries_of(text: str, words: Vocabulary, folder: Path, name: str = "cases.csv") -> Reading:
    """Read a CSV file of this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    sheet = read_sheet(path)
    mapping, _ = own_mapping(sheet, words.book)
    return read_entries(raws(sheet, mapping)[0], mapping, words, TODAY)


TEXT = (
    "ref,event,date,time,worker,newly_qualified\n"
    "YK-1,icpc_held,2026-04-02,,U0WREN,yes\nYK-1,core_group_held,2026-04-16,,,\nYK-2,s47_started,2026-05-01,16:30,,\n"
)


def test_importing_twice_changes_nothing(desk: Office, team: Team, words: Vocabulary, tmp_path: Path) -> None:
    """The same export every Monday must not make a case, an event or a message twice."""
    reading = entries_of(TEXT, words, tmp_path)
    first = take_in(desk, team, reading, write=True)
    assert (first.counts["new"], first.counts["cases_new"]) == (3, 2)
    with desk.store.read() as connection:
        before = intake.all_of_team(connection, team.id)
    second = take_in(desk, team, reading, write=True)
    assert (second.counts["new"], second.counts["known"], second.counts["cases_changed"]) == (0, 3, 0)
    with desk.store.read() as connection:
        assert intake.all_of_team(connection, team.id) == before
        notes = [(row.what, row.case_ref) for row in connection.execute(audit.select().order_by(audit.c.id))]
    assert notes == [("imported", "YK-1"), ("imported", "YK-2"), ("import", None), ("import", None)]


def test_what_changed_is_changed_and_nothing_else(desk: Office, team: Team, words: Vocabulary, tmp_path: Path) -> None:
    """A new worker and an hour that was missing come in; what the file leaves blank stays."""
    take_in(desk, team, entries_of(TEXT, words, tmp_path), write=True)
    text = "ref,event,date,time,worker,closed\nyk-1,icpc_held,2026-04-02,10:00,U0KIT,\nYK-2,,,,,2026-06-01\n"
    merged = take_in(desk, team, entries_of(text, words, tmp_path), write=True)
    assert (merged.counts["new"], merged.counts["changed"], merged.counts["cases_changed"]) == (0, 1, 2)
    with desk.store.read() as connection:
        first, second = intake.all_of_team(connection, team.id)
        assert cases.by_ref(connection, team.id, "yk-1") == first
    assert (first.ref, first.worker, first.facts) == ("YK-1", "U0KIT", {"newly_qualified": True})
    assert [event.at.isoformat() if event.at else None for event in first.events] == ["2026-04-02T10:00:00+01:00", None]
    assert second.closed == date(2026, 6, 1)


def test_a_dry_run_writes_nothing(desk: Office, team: Team, words: Vocabulary, tmp_path: Path) -> None:
    """Looking first must be safe."""
    merged = take_in(desk, team, entries_of(TEXT, words, tmp_path), write=False)
    assert merged.counts["new"] == 3
    with desk.store.read() as connection:
        assert intake.all_of_team(connection, team.id) == []
        assert connection.execute(audit.select()).all() == []


def test_another_teams_case_of_the_same_reference_is_another(desk: Office, team: Team) -> None:
    """Two teams may number alike; neither may see or change the other's."""
    with desk.store.write() as connection:
        other = teams.save(connection, "C0OTHER", "Hillside Team", "york", NOW)
        for one in (team, other):
            wanted = Intake(new_cases=[CaseState("YK-1")], new_events=[NewEvent("YK-1", "icpc_held", date(2026, 4, 2))])
            intake.take(connection, one.id, "york", wanted, "cli:test", NOW)
        moved = Intake(changed_cases=[CaseState("YK-1", worker="U0KIT")])
        intake.take(connection, other.id, "york", moved, "cli:test", NOW)
        assert intake.all_of_team(connection, team.id)[0].worker is None
        assert intake.all_of_team(connection, other.id)[0].worker == "U0KIT"


def test_many_cases_at_once(desk: Office, team: Team) -> None:
    """A district's export is tens of thousands of rows, and a database takes only so many values at once."""
    number = 40_000
    wanted = Intake(
        new_cases=[CaseState(f"YK-{count}") for count in range(number)],
        new_events=[NewEvent(f"YK-{count}", "icpc_held", date(2026, 4, 2)) for count in range(number)],
    )
    with desk.store.write() as connection:
        intake.take(connection, team.id, "york", wanted, "cli:test", NOW)
    with desk.store.read() as connection:
        found = intake.known(connection, team.id)
    assert len(found) == number
    assert all(len(case.events) == 1 for case in found.values())


def test_an_import_mends_the_mornings_message(desk: Office, team: Team, words: Vocabulary, tmp_path: Path) -> None:
    """A list that still calls overdue what the import says was done sends somebody out twice."""
    text = "ref,event,date\nYK-1,icpc_held,2026-10-01\n"
    take_in(desk, team, entries_of(text, words, tmp_path), write=True)
    assert sweep.run_once(desk.store, desk, NOW) == 1
    with desk.store.write() as connection:
        first = outbox.claim(connection, NOW)
        assert first is not None
        outbox.sent(connection, first.id, "1764063000.000100", NOW)
    held = text + "YK-1,core_group_held,2026-10-12\n"
    take_in(desk, team, entries_of(held, words, tmp_path), write=True)
    with desk.store.write() as connection:
        update = outbox.claim(connection, NOW)
    assert update is not None
    assert (update.method, update.target) == ("chat.update", first.key)
    assert update.payload["blocks"] != first.payload["blocks"]
