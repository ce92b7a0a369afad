"""The command line: one line that says what is wrong, exit codes that scripts can trust, nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from tests.conftest import ROOT

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in the built data folder: (exit code, output, errors)."""
    monkeypatch.setenv("SIGNPOST_DATA", str(built))
    monkeypatch.delenv("SIGNPOST_COUNCIL", raising=False)

    def go(*words: str) -> tuple[int, str, str]:
        try:
            code = main(words)
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return go


def test_one_object_for_one_question(run: Run) -> None:
    """Other programs rest on these names."""
    code, out, _ = run("ask", "--json", "--council", "york", "ICPC 2 April 2026, first core group?")
    found = json.loads(out)
    assert code == 0
    assert {"id", "kind", "text", "confidence", "due", "rule", "citations", "see_also", "took_ms"} <= set(found)
    assert found["due"]["on"] == "2026-04-20"
    assert found["citations"][0]["lines"]
    assert len(found["see_also"]) <= 4
    assert "context" not in found


def test_a_refusal_is_no_error(run: Run) -> None:
    """ "Not in the document" is an answer."""
    code, out, _ = run("ask", "--council", "york", "what is the wifi password in the office")
    assert code == 0
    assert "do not answer that" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ask",), "give either one question"),
        (("ask", "  "), "the question is empty"),
        (("ask", "--council", "bradford", "x"), "no documents of 'bradford' are loaded; loaded: durham"),
        (("ask", "--council", "york", "--on", "31 June", "x"), "is not a date; write it as 2026-11-22"),
        (("due", "--rule", "york.nothing", "--start", "2026-04-02"), "there is no rule 'york.nothing'"),
        (("due", "--rule", "york.core-group.first", "--start", "2026-06-31"), "is not a date"),
        (("due", "--rule", "york.core-group.first", "--start", "2030-12-20"), "Bank holidays"),
        (("search", "--council", "york", "--k", "0", "x"), "--k takes a whole number from 1 to 100"),
        (("eval", "nowhere.jsonl"), "there is no file nowhere.jsonl"),
        (("corpus", "add", "york", "nowhere.txt"), "There is no file nowhere.txt"),
        (("corpus", "add", "bradford", "README.md"), "bradford"),
        (("nonsense",), "invalid choice"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(words: tuple[str, ...], says: str, run: Run) -> None:
    """A tired person reads one sentence, not a traceback."""
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt variable that is silently ignored costs a morning."""
    monkeypatch.setenv("SIGNPOST_COUNSIL", "york")
    code, _, err = run("rules", "list")
    assert code == 2
    assert "SIGNPOST_COUNSIL is not a setting" in err


def test_batch_answers_every_line_or_writes_nothing(run: Run, tmp_path: Path) -> None:
    """Half a file of answers looks like a whole one."""
    asked, out = tmp_path / "asked.jsonl", tmp_path / "out.jsonl"
    asked.write_text(
        '{"id": "a", "q": "when is the first core group?", "council": "york"}\n'
        '{"id": "b", "q": "ICPC last Thursday, first core group?", "council": "york", "on": "2026-05-12"}\n',
        encoding="utf-8",
    )
    assert run("ask", "--batch", str(asked), "--out", str(out))[0] == 0
    given = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in given] == ["a", "b"]
    assert given[1]["due"]["on"] == "2026-05-21"
    asked.write_text('{"id": "a", "q": "x", "council": "york"}\n{"id": "b"}\n', encoding="utf-8")
    code, _, err = run("ask", "--batch", str(asked), "--out", str(out))
    assert code == 2
    assert 'line 2 needs "id" and "q"' in err
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_due_prints_its_working(run: Run) -> None:
    """The date and why, from the rule's name alone."""
    code, out, _ = run("due", "--rule", "york.core-group.first", "--start", "2026-04-02")
    assert code == 0
    assert out.startswith("Monday 20 April 2026")
    assert "Good Friday" in out


def test_the_register_is_listed_with_all_that_a_checker_needs(run: Run) -> None:
    """A practice lead checks the register against the document by these fields."""
    code, out, _ = run("rules", "list", "--json", "--council", "york")
    rows = json.loads(out)
    assert code == 0
    assert len(rows) > 140
    wanted = "id council topic amount unit direction recurring starts wording lines disagrees_with".split()
    assert all(set(wanted) <= set(row) for row in rows)


def test_a_pipe_that_closes_is_no_fault(built: Path) -> None:
    """`signpost rules list | head` must not end in a traceback."""
    environment = {**os.environ, "SIGNPOST_DATA": str(built)}
    words = [sys.executable, "-m", "bot.cli", "rules", "list"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["ask", "--council", "york", "when is the first core group due?"], 0, "within 10 working days"),
        (["ask", "--council", "york", "what is the wifi password?"], 0, "do not answer that"),
        (["ask", "--nonsense"], 2, "--nonsense"),
        (["--help"], 0, "usage: signpost"),
    ],
)
def test_the_program_itself_leaves_with_what_it_said(built: Path, words: list[str], status: int, says: str) -> None:
    """It leaves in a hurry: not a line may be lost for that, nor the status."""
    environment = {**os.environ, "SIGNPOST_DATA": str(built)}
    command = [sys.executable, "-m", "bot.cli", *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == status
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
