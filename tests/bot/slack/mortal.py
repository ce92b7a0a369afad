"""A process that runs the app and can be killed: `python -m tests.bot.slack.mortal`, told what to do line by line.

It imports everything once and forks for each life, so that a life begins in a tenth of a second. Each line on its
standard input is the JSON of a life; on its standard output it says `started PID`, `armed`, `stopped`, `ended`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection

import rules
from bot.answers.asker import Asker
from bot.answers.contract import Answer, Kind
from bot.settings import Settings
from bot.slack.app import assemble
from bot.slack.run import Running
from bot.store import Store

assert psycopg  # imported before the first fork, as all of this


@dataclass(frozen=True)
class Rules:
    """What the Slack side needs besides answers."""

    book: rules.RuleBook
    calendar: rules.Calendar
    councils: dict[str, str]


def echo(question: str, asker: Asker) -> Answer:
    """An answer by which one can tell which question it belongs to."""
    return Answer(kind=Kind.STANDARD, text=f"Answer to {question}", headline=f"Answer to {question}", confidence=1.0)


class StoppingStore(Store):
    """A store that, once armed, stands still at the *count*-th moment just before or just after a commit."""

    def __init__(self, url: str, count: int) -> None:
        super().__init__(url)
        self._count = count
        self._armed = False
        self._lock = threading.Lock()

    def arm(self) -> None:
        """Begin to count."""
        self._armed = True
        tell("armed")

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """As ever, but for the moment to stand still at."""
        with super().write() as connection:
            yield connection
            self._pass()
        self._pass()

    def _pass(self) -> None:
        if not self._armed:
            return
        with self._lock:
            self._count -= 1
            stands_still = self._count <= 0
            if self._count == 0:
                tell("stopped")
        if stands_still:
            threading.Event().wait()  # until the process is killed


def tell(line: str) -> None:
    """Say a line, at once and in one piece."""
    os.write(1, f"{line}\n".encode())


def live(life: dict[str, Any], services: Rules) -> None:
    """One life: the app, connected, until it is killed."""
    store = StoppingStore(life["database_url"], life["stop_at"])
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})  # no thread takes it but this one, when it waits
    settings = Settings(
        Path(life["data"]),
        life["database_url"],
        council="york",
        log_level="WARNING",
        bot_token=life["bot_token"],
        app_token=life["app_token"],
        api_url=life["api_url"],
    )
    app = assemble(settings, services, echo, store, clock=clock_from(life["now"]), settle=timedelta(0))
    with Running(app, life["app_token"], sweep_every_s=1):
        tell(f"started {os.getpid()}")
        signal.sigwait({signal.SIGUSR1})
        store.arm()
        threading.Event().wait()


def clock_from(now: str) -> Callable[[], datetime]:
    """A clock that begins at *now* and goes on as the machine's does."""
    began, first = time.monotonic(), datetime.fromisoformat(now)
    return lambda: first + timedelta(seconds=time.monotonic() - began)


def main() -> None:
    """Fork for each line, and wait for that life's end."""
    services = Rules(rules.RuleBook.load(), rules.england(), {"york": "York"})
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live(json.loads(line), services)
            os._exit(1)
        _, status = os.waitpid(child, 0)
        tell(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
