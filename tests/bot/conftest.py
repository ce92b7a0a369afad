"""Databases for the bot's tests: SQLite always, and a PostgreSQL server of our own wherever its programs are found."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot.store import Store


def _program(name: str) -> str | None:
    found = shutil.which(name)
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return found or (str(places[0]) if places else None)


def _as_other_user() -> tuple[list[str], int, int]:
    """PostgreSQL refuses to run as root: run it as nobody, where we are root."""
    if os.geteuid() != 0:
        return [], os.geteuid(), os.getegid()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("PostgreSQL will not run as root, and setpriv (util-linux) is not here to run it as nobody")
    return [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"], 65534, 65534


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server on a unix socket in a folder of its own; skipped, saying so, where there is none."""
    initdb, postgres = _program("initdb"), _program("postgres")
    if not initdb or not postgres:
        pytest.skip("no PostgreSQL programs (initdb, postgres) on this machine: install postgresql to run these")
    run, uid, gid = _as_other_user()
    with tempfile.TemporaryDirectory(prefix="signpost-pg-") as name:
        folder = Path(name)
        os.chown(folder, uid, gid)
        data = str(folder / "data")
        make = [*run, initdb, "-D", data, "-U", "signpost", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder)
        options = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200"]
        log = (folder / "log").open("wb")
        server = subprocess.Popen([*run, postgres, "-D", data, "-k", name, *options], stderr=log, cwd=folder)
        try:
            _wait_until_ready(server, name)
            yield f"postgresql://signpost@/postgres?host={name}"
        finally:
            server.terminate()
            server.wait(timeout=30)
            log.close()


def _wait_until_ready(server: subprocess.Popen[bytes], folder: str) -> None:
    ready = _program("pg_isready") or "pg_isready"
    for _ in range(300):
        if subprocess.run([ready, "-q", "-h", folder, "-t", "1"], check=False).returncode == 0:
            return
        with_exit = subprocess.TimeoutExpired("postgres", 0.1)
        try:
            server.wait(timeout=with_exit.timeout)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"PostgreSQL ended at once: {(Path(folder) / 'log').read_text()}")
    raise RuntimeError("PostgreSQL did not start")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'signpost.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'create database "{name}"')
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'drop database "{name}" with (force)')


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A database with its tables, on each of the two."""
    opened = Store(database_url)
    opened.upgrade()
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A database with its tables, where one kind will do."""
    opened = Store(f"sqlite:///{tmp_path / 'signpost.db'}")
    opened.upgrade()
    yield opened
    opened.close()
