"""Running: real Slack over Socket Mode, a sweep every minute, and an orderly end."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from types import FrameType

from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from sqlalchemy.exc import SQLAlchemyError

from bot.services import load_services
from bot.settings import Settings
from bot.slack.app import SignpostApp, create_app
from bot.store import Store, retention

log = logging.getLogger(__name__)
SWEEP_EVERY_S = 60.0
PURGE_EVERY = timedelta(hours=6)


class Sweeper:
    """A thread that takes up unanswered events, sends nudges, and purges what is too old."""

    def __init__(self, app: SignpostApp, every_s: float = SWEEP_EVERY_S) -> None:
        self._app, self._every = app, every_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="signpost-sweep", daemon=True)
        self._purged = app.desk.now - PURGE_EVERY

    def start(self) -> None:
        """Begin at once, then every minute."""
        self._thread.start()

    def stop(self) -> None:
        """End after the round under way."""
        self._stopping.set()
        self._thread.join(timeout=30)

    def round(self) -> None:
        """One round."""
        self._app.recover()
        self._app.sweep()
        desk = self._app.desk
        if desk.now - self._purged >= PURGE_EVERY:
            with desk.store.write() as connection:
                retention.purge(connection, desk.now, desk.settings.retention_days)
            desk.store.tidy()
            self._purged = desk.now

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.round()
            except SQLAlchemyError as error:
                log.error("sweep: the database cannot be used (%s); trying again", type(error).__name__)
            except Exception as error:  # noqa: BLE001 - the next round must come, whatever this one met
                log.error("sweep: %s", type(error).__name__)
            self._stopping.wait(self._every)


class Running:
    """The app, connected: socket, sender and sweep. Use as a context manager; leaving ends all three in order."""

    def __init__(self, app: SignpostApp, app_token: str, sweep_every_s: float = SWEEP_EVERY_S) -> None:
        self.app = app
        self._handler = SocketModeHandler(app, app_token, web_client=app.client)
        self._sweeper = Sweeper(app, sweep_every_s)

    def __enter__(self) -> Running:
        self.app.desk.sender.start()
        self._handler.connect()  # type: ignore[no-untyped-call]
        self._sweeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._socket_held():
            self._handler.close()  # type: ignore[no-untyped-call]  # nothing new comes in
        self._sweeper.stop()
        self.app.desk.sender.stop()  # what is not through yet stays in the outbox

    @contextmanager
    def _socket_held(self) -> Iterator[None]:
        """Hold the socket while it is closed.

        One thread closes it while another waits on it; where the file is gone at once, that one waits ten seconds.
        """
        session = self._handler.client.current_session
        held: int | None = None
        with suppress(OSError, AttributeError):  # not connected, or just now no more
            held = os.dup(session.sock.sock.fileno())  # type: ignore[union-attr]
        try:
            yield
        finally:
            if held is not None:
                os.close(held)


def serve(settings: Settings) -> None:
    """Serve Slack until SIGINT or SIGTERM.

    Raises:
        SettingsError: a token is missing.
        bot.store.StoreError: the database cannot be used.
    """
    settings.require("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    services = load_services(settings)
    store = Store(settings.database_url)
    store.upgrade()
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    try:
        with Running(create_app(settings, services, store), settings.app_token or ""):
            log.info("Signpost is serving")
            ended.wait()
    finally:
        store.close()
