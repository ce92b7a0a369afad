"""The database itself: made by migrations, alike on both kinds, and honest about time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.store import Store, StoreError, audit, cases, teams
from bot.store.tables import metadata

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_migrations_make_the_tables_that_the_code_expects(store: Store) -> None:
    """Were they to differ, an upgraded council would get an error where a worker wants a date."""
    with store.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert differences == []


def test_upgrading_twice_and_from_two_replicas_is_harmless(database_url: str) -> None:
    """Two replicas start together on deployment day; neither may break the team's record."""
    stores = [Store(database_url), Store(database_url)]
    failures: list[BaseException] = []

    def upgrade(store: Store) -> None:
        try:
            store.upgrade()
            store.upgrade()
        except BaseException as error:  # noqa: BLE001 - carried to the main thread
            failures.append(error)

    threads = [threading.Thread(target=upgrade, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for store in stores:
        store.close()
    assert failures == []


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    """A date half recorded, without its message, would never be seen again."""

    def stopped_half_way() -> None:
        with store.write() as connection:
            teams.save(connection, "C1", "Invented", "york", NOW)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        stopped_half_way()
    with store.read() as connection:
        assert teams.every(connection) == []


def test_times_come_back_aware_and_right_across_the_clock_change(store: Store) -> None:
    """A 72-hour clock that loses its zone is an hour wrong twice a year."""
    london = datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=ZoneInfo("Europe/London"))
    with store.write() as connection:
        audit.note(connection, "U1", "read", london, case_ref="YK-0417")
    with store.read() as connection:
        assert audit.of_case(connection, "YK-0417")[0].at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_naive_time_is_refused(store: Store) -> None:
    """Nobody can say which hour a time without a zone means."""
    with pytest.raises(Exception, match="no time zone"), store.write() as connection:
        audit.note(connection, "U1", "read", datetime(2026, 1, 1))


@pytest.mark.parametrize("url", ["sqlite://", "mysql://x/y", "nonsense"])
def test_a_url_that_cannot_work_is_refused_in_a_sentence(url: str) -> None:
    """An administrator learns at the start what is wrong, not from a lost message."""
    with pytest.raises(StoreError, match="SIGNPOST_DATABASE_URL"):
        Store(url)


def test_the_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    """Other users of the machine must not read which cases are late."""
    store = Store(f"sqlite:///{tmp_path / 'new' / 'signpost.db'}")
    store.close()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_case_is_found_by_reference_whatever_its_letters(store: Store) -> None:
    """A worker types yk-0417 on a telephone and must still get the case, and no other team's."""
    with store.write() as connection:
        team = teams.save(connection, "C1", "Invented", "york", NOW)
        other = teams.save(connection, "C2", "Another", "york", NOW)
        assert cases.add(connection, team.id, "YK-0417", "york", NOW, worker="U1", facts={"plan": "child_protection"})
        assert not cases.add(connection, team.id, "YK-0417", "york", NOW)
        case = cases.by_ref(connection, team.id, "yk-0417")
        assert cases.by_ref(connection, other.id, "YK-0417") is None
        assert cases.by_ref(connection, team.id, "YK%") is None
        assert cases.by_ref(connection, team.id, "YK_0417") is None
    assert case is not None
    assert case.facts == {"plan": "child_protection"}


def test_an_event_is_recorded_once_and_can_be_taken_back(store: Store) -> None:
    """Two people press Done for the same core group: it happened once; and a slip of the finger must not stay."""
    day = NOW.date()
    with store.write() as connection:
        team = teams.save(connection, "C1", "Invented", "york", NOW)
        cases.add(connection, team.id, "YK-0417", "york", NOW)
        case = cases.by_ref(connection, team.id, "YK-0417")
        assert case is not None
        at = datetime(2026, 11, 23, 21, 0, tzinfo=ZoneInfo("Europe/London"))
        assert cases.record(connection, case.id, "icpc_held", day - timedelta(days=9), "U1", NOW)
        assert cases.record(connection, case.id, "core_group_held", day, "U1", NOW, at=at)
        assert not cases.record(connection, case.id, "core_group_held", day, "U2", NOW)
        stored = cases.of_team(connection, team.id)[0]
        assert [event.event for event in stored.events] == ["icpc_held", "core_group_held"]
        assert stored.events[1].at == at
        assert cases.forget(connection, case.id, "core_group_held", day)
        assert not cases.forget(connection, case.id, "core_group_held", day)


def test_closed_cases_are_not_listed(store: Store) -> None:
    """A family whose case is closed must not be chased."""
    with store.write() as connection:
        team = teams.save(connection, "C1", "Invented", "york", NOW)
        cases.add(connection, team.id, "YK-0001", "york", NOW)
        case = cases.of_team(connection, team.id)[0]
        cases.close(connection, case.id, NOW.date())
        assert cases.of_team(connection, team.id) == []
        assert cases.of_team(connection, team.id, include_closed=True)[0].closed == NOW.date()
