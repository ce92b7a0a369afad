"""`signpost demo`: the real bot, connected over a real socket to a workspace on this computer, with its team."""

from __future__ import annotations

import fcntl
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.panel import Panel
from rich.progress import Progress, TaskID

from bot.local import team
from bot.local.clock import Clock
from bot.local.page.routes import Page
from bot.local.server import LocalWorkspace
from bot.messages import demo as say
from bot.messages import invented
from bot.nudges.plan import LONDON
from bot.services import Services, build, load_services
from bot.settings import Settings
from bot.slack.app import SignpostApp, create_app
from bot.slack.run import Running
from bot.store import Store
from bot.usage import UsageError

_PORTS_TRIED = 20
_WAIT_S = 60.0
_HANG_UP_S = 0.3  # by then the bot's client has been told not to call again


class Demo:
    """A workspace with its page, and the bot connected to it. A context manager: inside, everything runs.

    `url` is the page's address. The database `demo.db` in the data folder is made afresh.
    """

    workspace: LocalWorkspace

    def __init__(self, settings: Settings, services: Services, port: int = 0, clock: Clock | None = None) -> None:
        """To be served on *port*, or on the next one that is free (0: any). Nothing runs yet."""
        self._settings, self._services, self._port, self._clock = settings, services, port, clock
        self._open = ExitStack()
        self.database = settings.data / "demo.db"

    @property
    def url(self) -> str:
        """The page's address."""
        return self.workspace.url

    def __enter__(self) -> Demo:
        """Start all of it.

        Raises:
            UsageError: another demonstration is running with this data folder, or no port is free.
        """
        with ExitStack() as opened:
            opened.enter_context(_only_one(self._settings.data))
            store = opened.enter_context(_fresh(self.database))
            self.workspace = _workspace(self._port, self._clock)
            opened.callback(self.workspace.stop)
            page = Page(self.workspace)
            opened.callback(page.close)
            self.workspace.mount(page.routes())
            team.let_in(self.workspace.world)
            self.workspace.start()
            app = create_app(self._for_here(), self._services, store, clock=self.workspace.clock)
            opened.enter_context(Running(app, self.workspace.app_token))
            opened.callback(self._hang_up)
            self.workspace.wait_connected(_WAIT_S)
            self._begin(app, store)
            self._open = opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _hang_up(self) -> None:
        """Let the workspace end the call while the bot does: alone, the bot's client notices only at its next ping."""
        ending = threading.Timer(_HANG_UP_S, self.workspace.sockets.drop)
        ending.daemon = True
        ending.start()

    def _for_here(self) -> Settings:
        return replace(
            self._settings,
            database_url=f"sqlite:///{self.database}",
            bot_token=self.workspace.bot_token,
            app_token=self.workspace.app_token,
            signing_secret=None,
            api_url=self.workspace.api_url,
            log_level="WARNING",
        )

    def _begin(self, app: SignpostApp, store: Store) -> None:
        """A few words, the team, the morning's list, a question with its answer: what one finds on opening the page."""
        world, people = self.workspace.world, self.workspace.people
        people.post(team.ASH, team.TEAM_CHANNEL, people.typed(invented.GREETING))
        now = self.workspace.clock.now()
        days = team.Days(now.astimezone(LONDON).date(), self._services.calendar.is_open)
        with store.write() as connection:
            team.write_down(connection, days, now)
        app.sweep(at_any_hour=True)
        # the same words in both, answered from two councils' documents
        here = {
            channel: people.post(who, channel, people.typed(invented.QUESTION))
            for who, channel in ((team.ROBIN, team.QUESTIONS_CHANNEL), (team.LARK, team.SECOND_CHANNEL))
        }

        def there() -> bool:
            listed = any(one.bot_id for one in world.messages(team.TEAM_CHANNEL))
            return listed and all(len(world.messages(channel, asked.ts)) > 1 for channel, asked in here.items())

        world.wait_for(there, _WAIT_S)


def main(settings: Settings, port: int) -> None:
    """Run the demonstration until it is interrupted, telling the person at the terminal how it goes.

    Raises:
        UsageError: another demonstration is running with this data folder.
    """
    console = Console()
    services = _services(settings, console)
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with ExitStack() as running:
            with console.status(say.ASSEMBLING):
                demo = running.enter_context(Demo(settings, services, port))
            _welcome(console, demo, port, "york" in services.originals)
            ended.wait()
            console.print(say.ENDING)
        console.print(say.ENDED)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _services(settings: Settings, console: Console) -> Services:
    """What answers are made from; the first time, the index is built with a bar to watch."""
    with Progress(console=console) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if not tasks:
                bar.console.print(say.FIRST_START)
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done)

        build(settings, progress)
    with console.status(say.LOADING):
        return load_services(settings, console.print)


def _welcome(console: Console, demo: Demo, wanted: int, quoting: bool) -> None:
    lines = [f"[bold]{say.ready(demo.url)}[/bold]", ""]
    if wanted and not demo.url.endswith(f":{wanted}"):
        lines.insert(0, say.other_port(wanted, int(demo.url.rpartition(":")[2])))
    lines += [f"• {line}" for line in say.what_to_try()]
    lines += ["", say.afresh(demo.database), say.reading_in(team.COUNCIL, quoting), say.how_to_end()]
    console.print(Panel("\n".join(lines), title="Signpost", expand=False, padding=(1, 2)))


def _workspace(port: int, clock: Clock | None) -> LocalWorkspace:
    """A workspace on *port*, or on one of the next few, or on any that is free."""
    for each in (*range(port, min(port + _PORTS_TRIED, 65_536)), 0) if port else (0,):
        try:
            return LocalWorkspace(each, clock)
        except OSError:
            continue
    raise UsageError("there is no free port on this computer.")


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    with (data / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise UsageError(say.running_already(data)) from fault
        yield


@contextmanager
def _fresh(path: Path) -> Iterator[Store]:
    """An empty database at *path*; what an earlier start left there is removed."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    store = Store(f"sqlite:///{path}")
    try:
        store.upgrade()
        yield store
    finally:
        store.close()
