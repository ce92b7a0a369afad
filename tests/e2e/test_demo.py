"""`signpost demo` as one starts and ends it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.local.demo import Demo
from bot.local.team import QUESTIONS_CHANNEL, SECOND_CHANNEL, TEAM_CHANNEL
from bot.messages import demo as say
from bot.services import Services
from bot.settings import Settings
from bot.usage import UsageError


@pytest.fixture
def settings(built: Path, tmp_path: Path) -> Settings:
    """A data folder of its own with the index that has been built already."""
    (tmp_path / "index").symlink_to(built / "index")
    return Settings(tmp_path, f"sqlite:///{tmp_path / 'unused.db'}")


def test_it_starts_tells_the_address_and_ends_cleanly(settings: Settings) -> None:
    """The first minute decides whether anybody looks further."""
    command = [sys.executable, "-m", "bot.cli", "demo", "--port", "0"]
    environment = os.environ | {"SIGNPOST_DATA": str(settings.data), "COLUMNS": "200", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if say.how_to_end() in line:
            break
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert address, said
        page = httpx.get(address[0], follow_redirects=True)
        assert "Riverbank Team" in page.text
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
        assert process.returncode == 0, rest
        assert say.ENDED in rest
        assert "Traceback" not in rest
    finally:
        if process.poll() is None:
            process.kill()
        process.stdout.close()


def test_each_start_is_tidy_and_there_is_one_at_a_time(settings: Settings, services: Services) -> None:
    """What somebody recorded yesterday must not confuse whoever looks today; two at once would share one database."""
    for _ in range(2):
        with Demo(settings, services) as running:
            listed = [one for one in running.workspace.world.messages(TEAM_CHANNEL) if one.bot_id]
            assert len(listed) == 1
            assert "1 overdue" in listed[0].text
            with pytest.raises(UsageError, match="running already"), Demo(settings, services):
                raise AssertionError("a second one started")


def test_the_same_words_are_answered_from_the_document_of_the_channels_council(
    settings: Settings, services: Services
) -> None:
    """One council's standard given in another council's channel is the worst answer there is."""
    with Demo(settings, services) as running:
        world = running.workspace.world
        answers = {
            channel: " ".join(
                one.text for first in world.messages(channel) for one in world.messages(channel, first.ts)
            )
            for channel in (QUESTIONS_CHANNEL, SECOND_CHANNEL)
        }
    york, manchester = "City of York Council", "Manchester City Council"
    assert york in answers[QUESTIONS_CHANNEL]
    assert manchester not in answers[QUESTIONS_CHANNEL]
    assert manchester in answers[SECOND_CHANNEL]
    assert york not in answers[SECOND_CHANNEL]


def test_a_port_that_is_taken_is_passed_over(settings: Settings, services: Services) -> None:
    """Somebody else's program on the port is no reason not to start."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with Demo(settings, services, port=taken) as running:
            assert running.url != f"http://127.0.0.1:{taken}"
            assert httpx.get(running.url).status_code == 303
