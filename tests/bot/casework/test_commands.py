"""The commands about cases, from the words typed to the files written, on a real database."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import _parser
from bot.settings import Settings
from bot.store import Store, audit, teams
from bot.usage import UsageError
from tests.conftest import ROOT

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
ROWS = """ref,event,date,worker
YK-1,icpc_held,2026-04-02,U0WREN
YK-1,core_group_held,2026-04-16,
YK-2,icpc_held,2026-05-05,U0KIT
"""
Command = Callable[..., tuple[int, str]]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a place of its own, on each of the two databases."""
    return Settings(tmp_path, database_url)


@pytest.fixture
def team(settings: Settings) -> Iterator[Store]:
    """A database with one invented team."""
    store = Store(settings.database_url)
    store.upgrade()
    with store.write() as connection:
        teams.save(connection, "C0RIVERBANK", "Riverbank Team", "york", NOW)
    yield store
    store.close()


@pytest.fixture
def command(settings: Settings, team: Store, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command as typed: (exit code, output)."""
    parser = _parser()

    def go(*words: str | Path) -> tuple[int, str]:
        arguments: argparse.Namespace = parser.parse_args([str(word) for word in words])
        code = int(arguments.run(arguments, settings))
        return code, capsys.readouterr().out

    return go


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """A small file of cases."""
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_in_and_out_and_in_again(command: Command, rows: Path, tmp_path: Path) -> None:
    """The whole way by the commands alone, in every format."""
    assert command("cases", "import", rows, "--dry-run")[1].endswith(
        "Would record 3 new events; 0 known already, 0 with another hour, 0 rows refused. Cases: 2 new, 0 changed.\n"
    )
    code, out = command("cases", "import", rows, "--team", "riverbank team", "--json")
    assert (code, json.loads(out)["written"], json.loads(out)["new"]) == (0, True, 3)
    for kind in ("csv", "jsonl", "xlsx"):
        assert command("cases", "export", "--out", tmp_path / f"out.{kind}")[0] == 0
        code, out = command("cases", "import", tmp_path / f"out.{kind}", "--json")
        assert (json.loads(out)["new"], json.loads(out)["known"], json.loads(out)["bad"]) == (0, 3, 0)
    assert command("cases", "export")[1].splitlines()[1] == "YK-1,icpc_held,2026-04-02,,U0WREN,"


def test_one_wrong_row_stops_the_file_unless_told(command: Command, rows: Path) -> None:
    """Half an import looks like a whole one."""
    rows.write_text(ROWS + "YK-3,icpc_held,31/06/2026,\n", encoding="utf-8")
    code, out = command("cases", "import", rows)
    assert code == 1
    assert "row 5, date: there is no 31 June" in out
    assert "nothing was written" in out
    assert command("cases", "export")[1] == "ref,event,date,time,worker,closed\n"
    code, out = command("cases", "import", rows, "--skip-bad")
    assert code == 0
    assert "Recorded 3 new events" in out


def test_every_reading_is_noted(command: Command, rows: Path, team: Store) -> None:
    """Who looked at a child's case, and when, must be answerable."""
    command("cases", "import", rows)
    command("case", "YK-1")
    command("cases", "export")
    command("due", "--case", "YK-1", "--what-if", "core_group_held=2026-04-17")
    with team.read() as connection:
        noted = [entry.what for entry in audit.of_case(connection, "YK-1")]
    assert noted == ["imported", "read case", "exported", "read case"]


def test_a_case_is_shown_with_its_picture(command: Command, rows: Path, tmp_path: Path) -> None:
    """In the terminal, as data, and as a picture."""
    command("cases", "import", rows)
    code, out = command("case", "yk-1", "--on", "2026-05-06", "--picture", tmp_path / "case.svg")
    assert code == 0
    assert "Sat 16 May 2026" in out
    assert "First core group" in out
    assert "met" in out
    assert (tmp_path / "case.svg").read_text(encoding="utf-8").startswith("<svg")
    found = json.loads(command("case", "YK-1", "--on", "2026-05-06", "--json")[1])
    assert found["on"] == "2026-05-06"
    runs = {one["rule"]: one for one in found["history"]}
    assert (runs["york.core-group.first"]["due"], runs["york.core-group.first"]["outcome"]) == ("2026-04-20", "met")
    assert all(one["due"]["working"][0].startswith("Clock starts") for one in found["due"])


def test_a_calendar_of_one_workers_cases(command: Command, rows: Path, tmp_path: Path) -> None:
    """A worker's calendar holds that worker's duties only."""
    command("cases", "import", rows)
    code, out = command("calendar", "--worker", "U0KIT", "--out", tmp_path / "kit.ics")
    text = (tmp_path / "kit.ics").read_text(encoding="utf-8")
    assert code == 0
    assert out.startswith("Wrote ")
    assert "SUMMARY:YK-2" in text
    assert "YK-1" not in text


def test_what_if_and_path_and_explain(command: Command, rows: Path, tmp_path: Path) -> None:
    """The three ways of asking what follows from what."""
    command("cases", "import", rows)
    _, out = command("due", "--case", "YK-2", "--what-if", "core_group_held=2026-05-12", "--on", "2026-05-13", "--json")
    changes = {one["rule"]: one for one in json.loads(out)["changes"]}
    assert changes["york.core-group.next"]["after"]["due"]["on"] == "2026-06-12"
    _, out = command("path", "--from", "icpc_held=2026-04-02", "--council", "york", "--picture", tmp_path / "p.png")
    assert "Mon 20 Apr 2026" in out
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")
    _, out = command("due", "--rule", "york.cla-review.first", "--start", "2026-05-02", "--explain")
    assert "Starts the clock:" in out
    assert "Another place says within 28 days" in out.split("Other readings:")[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("case", "YK-99"), "there is no case 'YK-99' in Riverbank Team"),
        (("case", "YK-1", "--on", "May"), "is not a date"),
        (("case", "YK-1", "--on", "1999-01-01"), "Bank holidays"),
        (("case", "YK-1", "--picture", "x.gif"), "is no .svg or .png file"),
        (("cases", "import", "none.csv"), "cannot be opened"),
        (("cases", "import", "none.csv", "--team", "Hillside"), "there is no team 'Hillside'; set up are: Riverbank"),
        (("cases", "export", "--format", "xlsx"), "give --out"),
        (("cases", "export", "--format", "csv", "--out", "x.xlsx"), "should end in .csv"),
        (("path", "--from", "icpc_held", "--council", "york"), "is no start"),
        (("path", "--from", "icpc=2026-04-02", "--council", "york"), "near: icpc_held"),
        (("path", "--from", "icpc_held=2026-04-02", "--council", "nowhere"), "name a council"),
        (("path", "--from", "icpc_held=2026-04-02", "--council", "york", "--months", "99"), "from 1 to 36"),
        (("due", "--case", "YK-1"), "--case goes with --what-if"),
        (("due", "--rule", "york.core-group.first"), "give --rule ID and --start DATE"),
        (("due", "--case", "YK-1", "--what-if", "icpc_held"), "is no change"),
        (("due", "--case", "YK-1", "--what-if", "icpc_held=2026-04-03..2026-04-09"), "nothing can be moved"),
    ],
)
def test_bad_usage_is_a_sentence(words: tuple[str, ...], says: str, command: Command, rows: Path) -> None:
    """One line that says what is wrong and what to do."""
    command("cases", "import", rows)
    with pytest.raises(UsageError, match=says) as fault:
        command(*words)
    assert "\n" not in str(fault.value)


def test_two_teams_are_told_apart(command: Command, rows: Path, team: Store) -> None:
    """A file must never go to the wrong team because there was only one yesterday."""
    with team.write() as connection:
        teams.save(connection, "C0HILLSIDE", "Hillside Team", "york", NOW)
    with pytest.raises(UsageError, match="name the team with --team"):
        command("cases", "import", rows)
    for name in ("C0HILLSIDE", "Riverbank Team"):
        assert command("cases", "import", rows, "--team", name)[0] == 0
    with pytest.raises(UsageError, match="is a case of Riverbank Team and of Hillside Team"):
        command("case", "YK-1")
    assert command("case", "YK-1", "--team", "C0HILLSIDE")[0] == 0


def test_as_a_program_of_its_own(rows: Path, tmp_path: Path) -> None:
    """From the shell: one line on the error output, exit 2, no traceback."""
    environment = {**os.environ, "SIGNPOST_DATA": str(tmp_path / "data")}
    words = [sys.executable, "-m", "bot.cli", "cases", "import", str(rows)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("signpost: name the team with --team: none is set up yet")
    assert done.stderr.count("\n") == 1
