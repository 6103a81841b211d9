"""Alembic runs this: the connection is the one that `versions.py` has opened."""

from __future__ import annotations

from alembic import context

from grader.classroom.gradebook.tables import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
