"""State: SQLAlchemy Core over SQLite (one file) or PostgreSQL; migrations shipped and run by `Store.upgrade()`.

Every function takes an open connection, so that what belongs together is committed together:

    with store.write() as connection:
        cases.record(connection, case.id, "core_group_held", today, user, now)
        outbox.put(connection, f"reply:{channel}:{ts}", "chat.postMessage", payload, now)
"""

from bot.store.engine import Store, StoreError, insert_new, upsert

__all__ = ["Store", "StoreError", "insert_new", "upsert"]
