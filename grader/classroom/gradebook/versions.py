"""The version of a gradebook's tables: made, upgraded after a copy, or refused.

Each step is a file in `migrations/versions/`, run by Alembic, which is loaded for nothing else.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table, text
from sqlalchemy.engine.reflection import Inspector

from grader.classroom.gradebook.database import Database
from grader.classroom.gradebook.tables import HEAD, METADATA, VERSION_TABLE
from grader.errors import UsageError

__all__ = ["COPY", "copies", "prepare"]

_STEPS = Path(__file__).parent / "migrations"
#: A file beside the gradebook's, or a prefix of tables on a server: what was there before a step.
COPY = "before_"
#: Any number, the same in every wxb: two of them never upgrade one database at a time.
_LOCK = 7_899_442


def prepare(database: Database) -> None:
    """Bring the tables to the version that this code knows.

    Raises:
        UsageError: a newer wxb made them, or the database is of something else.
    """
    with database.reading() as connection:
        if _version(connection, database) == HEAD:
            return
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        found = _version(connection, database)
        if found == HEAD:  # another process was faster
            return
        if found is not None:
            _copy(connection, database, found)
        _upgrade(connection)


def copies(database: Database) -> list[Path]:
    """The files that hold what was there before an upgrade."""
    file = database.place.file
    return [] if file is None else sorted(file.parent.glob(f"{file.name}.{COPY}*"))


def _version(connection: Connection, database: Database) -> str | None:
    """The version of the tables; None where there are none yet."""
    there = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in there:
        if there & set(METADATA.tables):
            raise UsageError(
                f"{database.place.shown} holds the tables of something else. Name another "
                "database with --gradebook."
            )
        return None
    version = table(VERSION_TABLE, column("version_num"))
    found: str | None = connection.execute(select(version)).scalar_one_or_none()
    if found is not None and (not found.isdigit() or int(found) > int(HEAD)):
        raise UsageError(
            f"The gradebook {database.place.shown} was written by a newer wxb (its tables are "
            f"version {found}, this one knows up to {HEAD}). Update wxb; nothing was changed."
        )
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def _copy(connection: Connection, database: Database, found: str) -> None:
    file = database.place.file
    if file is None:
        inspector: Inspector = inspect(connection)
        quote = connection.dialect.identifier_preparer.quote
        for name in inspector.get_table_names():
            if name in METADATA.tables:
                copy = quote(f"{COPY}{HEAD}_{name}")
                connection.execute(text(f"CREATE TABLE {copy} AS SELECT * FROM {quote(name)}"))
        database.notes.append(
            f"The gradebook was upgraded from version {found} to {HEAD}; what it held before is in "
            f"its tables {COPY}{HEAD}_…"
        )
        return
    copy_path = file.with_name(f"{file.name}.{COPY}{HEAD}")
    copy_path.touch(mode=0o600)
    # Writers wait for the transaction that we are in; readers of the file do not.
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy_path)) as target:
        source.backup(target)
    database.notes.append(
        f"The gradebook was upgraded from version {found} to {HEAD}; what it held before is in "
        f"{copy_path}"
    )
