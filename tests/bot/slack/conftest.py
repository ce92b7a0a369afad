"""Houses: one a module on SQLite, and one a module on each of the two databases; each test takes what is its own."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from bot.services import Services
from tests.bot.slack.house import House, opened_house


@contextmanager
def _database(request: pytest.FixtureRequest, factory: pytest.TempPathFactory, kind: str) -> Iterator[str]:
    """An empty database, for as long as it is needed."""
    if kind == "sqlite":
        yield f"sqlite:///{factory.mktemp('slack') / 'signpost.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"s{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'create database "{name}"')
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'drop database "{name}" with (force)')


@pytest.fixture(scope="module")
def house(
    services: Services, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The app with the real index, on SQLite; shared by a module's tests."""
    with (
        _database(request, tmp_path_factory, "sqlite") as url,
        opened_house(services, url, tmp_path_factory.mktemp("data")) as opened,
    ):
        yield opened


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def either_house(
    services: Services, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """The same, once on SQLite and once on PostgreSQL."""
    with (
        _database(request, tmp_path_factory, request.param) as url,
        opened_house(services, url, tmp_path_factory.mktemp("data")) as opened,
    ):
        yield opened
