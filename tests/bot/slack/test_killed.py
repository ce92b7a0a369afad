"""A process that is killed, and one that starts again; three that share a database: one reply each, one digest."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.local.faults import DELIVERY, Fault, Hang, Reset, ServerError, Twice
from bot.services import Services
from bot.slack.run import Running
from bot.store import Store
from tests.bot.slack.house import ASH, TALK, WREN, House, new_app, opened_house, words
from tests.bot.slack.killing import Mortal, held, opened_mortal
from tests.bot.slack.watched import WAIT_S

KILLS = int(os.environ.get("KILLS", "15"))  # on each of the two databases
MOMENTS = 20  # commits of one question and of what goes on beside it, before and after each


def killed_once(mortal: Mortal, number: int, seed: random.Random) -> None:
    """One kill: at a commit, in mid-send, or in mid-look-up after a send whose outcome nobody knows."""
    way = number % 3
    if way == 0:
        mortal.arm()
        mortal.ask(seed.choice([1, 1, 2, 3]), seed)
        mortal.said("stopped")
    else:
        count, taken = held(mortal.workspace), seed.choice([True, False])
        if way == 1:
            mortal.workspace.faults.add("chat.postMessage", Hang(commit=taken))
        else:
            mortal.workspace.faults.add("chat.postMessage", Reset(commit=taken))
            mortal.workspace.faults.add("conversations.replies", Hang())
        mortal.ask(seed.choice([1, 2]), seed)
        assert mortal.workspace.faults.wait_held(count + 1, WAIT_S)
    mortal.kill()


def test_killed_at_any_moment_each_question_has_one_reply(database_url: str, tmp_path: Path) -> None:
    """A restart, a crash, a power cut between hearing and answering: no worker waits in vain or is answered twice."""
    seed = random.Random(417)
    with opened_mortal(database_url, tmp_path) as mortal:
        for number in range(KILLS):
            mortal.start(stop_at=seed.randint(1, MOMENTS))
            mortal.wait_answered()
            killed_once(mortal, number, seed)
        mortal.start()
        mortal.wait_answered()
        mortal.end_deliveries()
        mortal.ask(3, seed)  # once what comes after them is through, nothing earlier is still on its way
        mortal.wait_answered()
        replies = {one.text.rpartition("> ")[2]: mortal.replies(one) for one in mortal.asked}
        missing = [question for question, found in replies.items() if not found]
        doubled = [question for question, found in replies.items() if len(found) > 1]
        assert (missing, doubled) == ([], [])
        assert all(found == [f"Answer to {question}"] for question, found in replies.items())
        assert mortal.lives == KILLS + 1
        assert len(mortal.asked) > KILLS


@contextmanager
def replicas(services: Services, database_url: str, data: Path, count: int) -> Iterator[tuple[House, list[Any]]]:
    """A house, and *count* - 1 apps more, each with connections of its own to the one database."""
    with ExitStack() as opened:
        house = opened.enter_context(opened_house(services, database_url, data))
        apps: list[Any] = [house.app]
        for number in range(2, count + 1):
            store = Store(database_url)
            opened.callback(store.close)
            app = new_app(house.workspace, services, store, data, house.clock)
            opened.enter_context(Running(app, house.workspace.app_token, sweep_every_s=3_600))
            assert house.workspace.wait_connected(WAIT_S, opened=number)
            apps.append(app)
        yield house, apps


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_three_replicas_answer_once_and_post_one_digest(services: Services, database_url: str, tmp_path: Path) -> None:
    """A council that runs three for safety must not be told everything three times."""
    seed = random.Random(3)
    with replicas(services, database_url, tmp_path, 3) as (house, apps):
        house.workspace.faults.add(DELIVERY, Twice(), times=60)  # the second goes to another of the three
        faults: list[Fault] = [ServerError(500, commit=True), Reset(commit=True), Reset(), ServerError(503)]
        for _ in range(8):
            house.workspace.faults.add("chat.postMessage", seed.choice(faults))
        asked = [
            house.people.post(seed.choice([WREN, ASH]), TALK, f"{house.bot} when is the first core group due?")
            for _ in range(30)
        ]
        house.settle()
        assert [len(house.replies(one)) for one in asked] == [1] * 30
        house.workspace.faults.clear()
        teams = [house.team(WREN, ASH) for _ in range(4)]
        for number, team in enumerate(teams):
            house.case(team, f"YK-30{number}", ("cin_visit_held", date(2026, 10, 20)))
        together = threading.Barrier(3)

        def sweep(app: Any) -> None:  # noqa: ANN401 - the app
            together.wait(WAIT_S)
            app.sweep()

        threads = [threading.Thread(target=sweep, args=(app,)) for app in apps]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT_S)
        house.settle()
        for number, team in enumerate(teams):
            [digest] = house.said(team.channel)
            assert f"YK-30{number}" in words(digest)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_a_killed_replica_had_begun_another_one_ends(
    services: Services, database_url: str, tmp_path: Path
) -> None:
    """One of three machines goes away with a question in its hands: the worker has her answer all the same."""
    with opened_mortal(database_url, tmp_path) as mortal:
        store = Store(database_url)
        survivor = new_app(mortal.workspace, services, store, tmp_path, mortal.clock)
        for taken in (True, False):
            count = held(mortal.workspace)
            mortal.start()
            mortal.workspace.faults.add("chat.postMessage", Hang(commit=taken))
            mortal.ask(2, random.Random(1))
            assert mortal.workspace.faults.wait_held(count + 1, WAIT_S)
            mortal.kill()
            survivor.recover()
            survivor.desk.sender.wake()
            assert mortal.workspace.world.wait_for(lambda: all(map(mortal.replies, mortal.asked)), WAIT_S)
        assert [len(mortal.replies(one)) for one in mortal.asked] == [1] * 4
        survivor.desk.sender.stop()
        store.close()
