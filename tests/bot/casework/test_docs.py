"""The documentation's examples, run as they stand."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import _parser
from bot.settings import Settings
from bot.store import Store, teams
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```csv (\S+)\n(.*?)```", PAGE, re.DOTALL))
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
MADE = re.compile(r"[\w-]+\.(?:csv|xlsx|svg|png|ics)")


def test_every_example_of_the_page_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An example that does not run costs the reader's trust in the rest."""
    settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'signpost.db'}")
    store = Store(settings.database_url)
    store.upgrade()
    with store.write() as connection:
        teams.save(connection, "C0RIVERBANK", "Riverbank Team", "york", datetime(2026, 11, 25, tzinfo=UTC))
    store.close()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(COMMANDS) >= 15
    said = {}
    for line in COMMANDS:
        words = [str(tmp_path / word) if MADE.fullmatch(word) else word for word in shlex.split(line)[1:]]
        words = [str(ROOT / word) if word.startswith("deploy/") else word for word in words]
        arguments = _parser().parse_args(words)
        assert arguments.run(arguments, settings) == 0, line
        said[line] = capsys.readouterr().out
    assert "4 known already" in said["signpost cases import cases.csv"]
    assert "Recorded 0 new events; 4 known already" in said["signpost cases import cases-out.xlsx"]
    assert "Mon 20 Apr 2026" in said["signpost case YK-0500"]
    assert "1 row left aside" in said[next(line for line in COMMANDS if "mosaic" in line)]
    assert len(list(tmp_path.glob("*.[ps][nv]g"))) == 3
    mapping = str(ROOT / "deploy" / "mappings" / "mosaic-like.yaml")
    refused = _parser().parse_args(["cases", "import", str(tmp_path / "steps.csv"), "--mapping", mapping])
    assert refused.run(refused, settings) == 1
    assert "say different things of the same case" in capsys.readouterr().out
