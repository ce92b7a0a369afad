"""The database: one file by default (SQLite, write-ahead log), PostgreSQL by URL; the same code on both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

_BUSY_MS = 15_000
_UPGRADE_LOCK = 7_341_905  # any number, so long as every replica asks for the same one


class StoreError(Exception):
    """The database cannot be used; the message says why and what to do."""


class Store:
    """A database, opened. `write()` and `read()` give a connection inside a transaction.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = Store(f"sqlite:///{folder}/signpost.db")
    ...     store.upgrade()
    ...     with store.read() as connection:
    ...         rows = connection.execute(text("select count(*) from inbox")).scalar_one()
    ...     store.close()
    >>> rows
    0
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(signpost_write=True)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write: committed at the end, rolled back if anything is raised."""
        with self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: one consistent picture, and no waiting for writers."""
        with self.engine.begin() as connection:
            yield connection

    def upgrade(self) -> None:
        """Bring the tables up to this version's; does nothing when they are. Safe from several replicas at once."""
        with self.write() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
            command.upgrade(_alembic(connection), "head")

    def tidy(self) -> None:
        """Empty SQLite's write-ahead log: until then, what has been purged still stands there in old pages."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as connection:
                plain = connection.connection.driver_connection
                assert plain is not None
                plain.execute("pragma wal_checkpoint(truncate)")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def insert_new(connection: Connection, table: Table, **values: Any) -> bool:  # noqa: ANN401 - column values
    """Insert a row unless a unique key is taken; True if it was inserted. Of two replicas, one wins."""
    build = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = build(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return connection.execute(statement).first() is not None


def upsert(connection: Connection, table: Table, keys: tuple[str, ...], **values: Any) -> None:  # noqa: ANN401
    """Insert a row, or, where *keys* are taken, set its other columns: the last one wins."""
    build = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = build(table).values(**values)
    rest = {name: value for name, value in values.items() if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=rest))


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("SIGNPOST_DATABASE_URL is not a database URL: write it like postgresql://…") from error
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_size=20, pool_pre_ping=True)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise StoreError("SIGNPOST_DATABASE_URL must name a SQLite file (sqlite:///…) or PostgreSQL (postgresql://…)")
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(parsed, pool_size=20, connect_args={"timeout": _BUSY_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DB-API connection has no type
    connection.isolation_level = None  # transactions are begun below, not guessed by the driver
    cursor = connection.cursor()
    cursor.execute(f"pragma busy_timeout = {_BUSY_MS}")
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma synchronous = full")  # what is acknowledged to Slack must survive a power cut
    cursor.execute("pragma foreign_keys = on")
    cursor.execute("pragma secure_delete = on")  # a purged gap is gone from the file too
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later can fail at once with "locked"; one that locks at once waits.
    writes = connection.get_execution_options().get("signpost_write")
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _alembic(connection: Connection) -> Config:
    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
