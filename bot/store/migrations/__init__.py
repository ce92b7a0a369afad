"""Alembic's migrations, shipped with the program and run by `Store.upgrade`."""
