"""The app in a process that is killed and started again, beside a workspace that lives on."""

from __future__ import annotations

import json
import os
import queue
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.local.clock import ManualClock
from bot.local.faults import Hang
from bot.local.model import Message
from bot.local.server import LocalWorkspace
from bot.store import Store
from tests.bot.slack.house import ASH, MORNING, ROBIN, TALK, WREN, let_in
from tests.bot.slack.watched import WAIT_S
from tests.conftest import ROOT


class Mortal:
    """The app in a process of its own, killed and started again, beside a workspace that lives on."""

    def __init__(self, database_url: str, data: Path) -> None:
        self.clock = ManualClock(MORNING)
        self.workspace = LocalWorkspace(clock=self.clock)
        self._database_url, self._data = database_url, data
        self._log = (data / "stderr").open("wb")
        command = [sys.executable, "-m", "tests.bot.slack.mortal"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True, cwd=ROOT
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._pid: int | None = None
        self.lives = 0
        self.asked: list[Message] = []

    def start(self, stop_at: int = 0) -> None:
        """Begin a life; armed, it stands still at the *stop_at*-th moment."""
        life = {
            "database_url": self._database_url,
            "data": str(self._data),
            "bot_token": self.workspace.bot_token,
            "app_token": self.workspace.app_token,
            "api_url": self.workspace.api_url,
            "now": self.clock.now().isoformat(),
            "stop_at": stop_at,
        }
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(life)}\n")
        self._process.stdin.flush()
        self._pid = int(self.said("started").split()[1])
        self.lives += 1
        assert self.workspace.wait_connected(WAIT_S)

    def said(self, what: str) -> str:
        """Wait for a line that begins with *what*."""
        line = self._lines.get(timeout=WAIT_S)
        assert line.startswith(what), line
        return line

    def arm(self) -> None:
        """Let the life count its moments from now on."""
        assert self._pid is not None
        os.kill(self._pid, signal.SIGUSR1)
        self.said("armed")

    def kill(self) -> None:
        """Kill it, by its id; two minutes go by."""
        assert self._pid is not None
        os.kill(self._pid, signal.SIGKILL)
        self._pid = None
        assert self.said("ended") == f"ended {-signal.SIGKILL}"
        self.workspace.faults.clear()
        self.workspace.faults.release()
        assert self.workspace.sockets.wait_gone(WAIT_S)
        self.clock.advance(minutes=2)

    def ask(self, count: int, seed: random.Random) -> None:
        """That many questions, each of which can be told from all others."""
        for _ in range(count):
            user = seed.choice([WREN, ASH, ROBIN])
            place = seed.choice([TALK, self.workspace.world.open_im(user)])
            mention = f"<@{self.workspace.bot_user_id}> " if place == TALK else ""
            self.asked.append(self.workspace.people.post(user, place, f"{mention}question {len(self.asked)} of many?"))

    def replies(self, message: Message) -> list[str]:
        """What has been said to a question."""
        thread = self.workspace.world.messages(message.channel, message.ts)
        return [one.text for one in thread if one.bot_id]

    def wait_answered(self) -> None:
        """Wait until every question has a reply, letting the time pass in which Slack delivers again."""
        for _ in range(60):
            if self.workspace.world.wait_for(lambda: all(map(self.replies, self.asked)), timeout=0.7):
                return
            self.clock.advance(seconds=3)
            self.clock.advance(minutes=1)
        raise AssertionError([one.text for one in self.asked if not self.replies(one)])

    def end_deliveries(self) -> None:
        """Let Slack deliver again all that was cut off, as often as it does."""
        for _ in range(60):
            if self.workspace.delivery.wait_settled(timeout=0.5):
                return
            self.clock.advance(seconds=3)
            self.clock.advance(minutes=5)
        raise AssertionError("a delivery is never settled")

    def close(self) -> None:
        """End it all."""
        assert self._process.stdin is not None
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
        self._process.stdin.close()
        self._process.wait(WAIT_S)
        self._reader.join(WAIT_S)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.strip())


@contextmanager
def opened_mortal(database_url: str, data: Path) -> Iterator[Mortal]:
    """A workspace with people, an empty database, and a process to be killed."""
    store = Store(database_url)
    store.upgrade()
    store.close()
    mortal = Mortal(database_url, data)
    with ExitStack() as opened:
        opened.callback(mortal.close)
        let_in(mortal.workspace)
        opened.enter_context(mortal.workspace)
        yield mortal


def held(workspace: LocalWorkspace) -> int:
    """How many calls have been held so far."""
    return sum(isinstance(fault, Hang) for _, fault in workspace.faults.taken)
