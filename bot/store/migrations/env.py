"""Runs migrations on the connection that `Store.upgrade` hands over. Nothing happens on a plain import."""

from __future__ import annotations

from alembic import context

from bot.store.tables import metadata


def run() -> None:
    """Run what is missing, inside the caller's transaction."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


if hasattr(context, "config"):  # Alembic gives the module its config only while it runs
    run()
