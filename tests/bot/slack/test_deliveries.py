"""Whatever goes wrong on the way from Slack to the bot: each event answered once. On both databases."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event

from bot.local.faults import DELIVERY, Disconnect, Fault, LateAck, Lost, SocketReset, Twice
from bot.messages import slack as say
from bot.services import Services
from tests.bot.slack.house import ASH, TALK, WREN, House, opened_house
from tests.bot.slack.watched import WAIT_S, WatchedStore

QUESTION = "when is the first core group due? The ICPC was on 2 April 2026"
DUE = "Monday 20 April 2026"


@pytest.fixture
def house(either_house: House) -> House:
    """One of the two."""
    return either_house


def attempts(house: House, ts: str) -> int:
    """How often the events about the message at *ts* have gone out."""
    return sum(one.payload.get("event", {}).get("ts") == ts for one in house.workspace.delivery.sent)


def let_time_pass(house: House) -> None:
    """Slack waits three seconds, then a minute, then five, until the app that has come back has acknowledged all."""
    for minutes in (0, 1, 5):
        if house.workspace.delivery.wait_settled(timeout=1):
            return
        house.clock.advance(seconds=3)
        house.clock.advance(minutes=minutes)


@pytest.mark.parametrize("place", ["channel", "direct message"])
def test_an_event_delivered_twice_is_answered_once(house: House, place: str) -> None:
    """Slack says itself that it may deliver an event more than once."""
    house.workspace.faults.add(DELIVERY, Twice(), times=2)
    where = TALK if place == "channel" else house.direct(WREN)
    asked = house.people.post(WREN, where, f"{house.bot} {QUESTION}")
    assert house.reply(asked).text.startswith(DUE)
    assert attempts(house, asked.ts) == (4 if place == "channel" else 2)
    house.workspace.faults.clear(DELIVERY)


@pytest.mark.parametrize("fault", [Lost(), LateAck()], ids=str)
def test_what_is_lost_or_acknowledged_too_late_is_answered_once(house: House, fault: Fault) -> None:
    """It comes again, after three seconds, after a minute, after five: the bot knows whether it has had it."""
    house.workspace.faults.add(DELIVERY, fault, times=3)
    asked = house.people.post(WREN, house.direct(WREN), QUESTION)
    for minutes in (0, 1, 5):
        house.clock.advance(seconds=3)  # nobody has acknowledged it in time
        house.clock.advance(minutes=minutes)
    assert house.reply(asked).text.startswith(DUE)
    assert house.workspace.delivery.given_up == 0


@pytest.mark.parametrize("fault", [SocketReset(), SocketReset(sent=True)], ids=str)
def test_a_socket_that_is_reset_in_the_middle(house: House, fault: Fault) -> None:
    """The connection breaks as the question comes: it is answered as soon as there is another."""
    opened = house.workspace.sockets.opened
    house.workspace.faults.add(DELIVERY, fault)
    asked = house.people.post(WREN, house.direct(WREN), QUESTION)
    assert house.workspace.wait_connected(WAIT_S, opened + 1)
    let_time_pass(house)
    assert house.reply(asked).text.startswith(DUE)


def test_a_socket_that_slack_wants_renewed(house: House) -> None:
    """Slack asks every few hours to come again: what is said meanwhile is answered, once."""
    opened = house.workspace.sockets.opened
    house.workspace.faults.add(DELIVERY, Disconnect())
    asked = [house.people.post(WREN, house.direct(WREN), QUESTION) for _ in range(3)]
    assert house.workspace.wait_connected(WAIT_S, opened + 1)
    let_time_pass(house)
    for one in asked:
        assert house.reply(one).text.startswith(DUE)


class ImpatientStore(WatchedStore):
    """A database whose locks are not waited for: what is locked fails at once."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        event.listen(self.engine, "connect", self._impatient)

    def _impatient(self, connection: object, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("pragma busy_timeout = 20")
        elif isinstance(connection, psycopg.Connection):
            connection.execute("set lock_timeout = '20ms'")
            connection.commit()


class Refusals(logging.Handler):
    """Counts how often the inbox has said that the database cannot be used."""

    def __init__(self) -> None:
        super().__init__()
        self._changed = threading.Condition()
        self._count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """One more."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, count: int) -> bool:
        """Wait until there have been *count*."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count >= count, WAIT_S)


@contextmanager
def locked(store: WatchedStore) -> Iterator[Refusals]:
    """Another program has the database to itself."""
    refusals = Refusals()
    log = logging.getLogger("bot.slack.inbox")
    log.addHandler(refusals)
    other = WatchedStore(store.engine.url.render_as_string(hide_password=False).replace("+psycopg", ""))
    try:
        with other.write() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("lock table inbox, threads in access exclusive mode")
            yield refusals
    finally:
        log.removeHandler(refusals)
        other.close()


@pytest.fixture
def impatient(services: Services, database_url: str, tmp_path: Path) -> Iterator[House]:
    """A house whose database can be locked."""
    with opened_house(services, database_url, tmp_path, store=ImpatientStore(database_url)) as opened:
        yield opened


def test_a_database_that_is_locked_makes_slack_try_again(impatient: House) -> None:
    """An answer a minute late is an answer; one that was acknowledged and forgotten is none."""
    with locked(impatient.store) as refusals:
        asked = impatient.people.post(WREN, TALK, f"{impatient.bot} {QUESTION}")
        assert refusals.wait(1)
        impatient.clock.advance(seconds=3)
        assert refusals.wait(2)
    impatient.clock.advance(seconds=3)
    impatient.clock.advance(minutes=1)
    assert impatient.reply(asked).text.startswith(DUE)


def test_a_database_that_stays_locked_is_said_once_where_the_bot_was_asked(impatient: House) -> None:
    """After Slack's last try there is one plain sentence; into colleagues' talk the bot says nothing even then."""
    earlier = impatient.people.post(ASH, TALK, "shall we do lunch?")
    with locked(impatient.store) as refusals:
        asked = impatient.people.post(WREN, TALK, f"{impatient.bot} {QUESTION}")
        talk = impatient.people.post(WREN, TALK, "when do you want to go?", earlier.ts)
        each = 2 if impatient.store.engine.dialect.name == "postgresql" else 1  # SQLite still says who is in a thread
        for number, minutes in enumerate((0, 1, 5), start=1):
            assert refusals.wait(number * each)
            impatient.clock.advance(seconds=3)
            impatient.clock.advance(minutes=minutes)
        assert refusals.wait(4 * each)
        assert impatient.world.wait_for(lambda: len(impatient.replies(asked)) == 1)
    impatient.clock.advance(minutes=10)
    impatient.settle()
    assert [one.text for one in impatient.replies(asked)] == [say.went_wrong("DATABASE")]
    assert [one for one in impatient.replies(talk) if one.ts > talk.ts] == []
