"""One database, open: transactions that are whole or not there, and errors as sentences.

SQLite: writers come one after another (`BEGIN IMMEDIATE`), readers beside them (write-ahead log).
On a network disk it keeps a rollback journal instead, and says so.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    event,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)

from grader.classroom.gradebook.place import Place
from grader.errors import UsageError

__all__ = ["Database", "in_parts", "insert_all", "insert_new", "insert_once"]

#: Seconds to wait for another writer; each of them writes for a few milliseconds.
_PATIENCE = 60
#: Seconds until a lock is asked for again where SQLite does not wait by itself.
_AGAIN = 0.005
_WRITES = "wxb_writes"
#: Parameters that one statement takes, in every database.
_MANY = 400

#: What libpq is told, so that a server whose network has gone is missed within a minute or so, and
#: not after hours. Seconds, but for the last one, in milliseconds.
_LIBPQ = {
    "connect_timeout": 20, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}  # fmt: skip
_LIBPQ_DRIVERS = frozenset({"postgresql+psycopg", "postgresql+psycopg2"})

#: Part of a database's message -> what to say of it, and what to do next.
_SAID = (
    ("locked", "is in use by another program. Run this again when that has finished."),
    ("is full", "cannot be written: its disk is full. What was written before is safe; make room, "
     "then run this again."),
    ("not a database", "is no gradebook. Name another file with --gradebook."),
    ("malformed", "is damaged. Put back a copy of the file, and keep the damaged one."),
    ("readonly", "cannot be written: the file, or its folder, may only be read."),
    ("unable to open", "cannot be opened: is there such a folder, and may you write in it?"),
    *((part, "does not answer any more. What was written before is safe: run this again when the "
       "server is there.")
      for part in ("closed the connection", "terminating connection", "connection is lost",
                   "Connection timed out")),
    *((part, "does not answer: is its server running, and is the address right?")
      for part in ("failed: No such file", "Connection refused", "timeout expired",
                   "could not translate host name")),
)  # fmt: skip


_T = TypeVar("_T")


class Database:
    """A gradebook's database.

    Raises:
        UsageError: it cannot be opened; this or any transaction says why.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.notes: list[str] = []
        self.is_sqlite = place.file is not None
        options: dict[str, Any] = {}
        if place.file is not None:
            _make(place)
            options = {"connect_args": {"timeout": _PATIENCE}}
        elif place.url.drivername in _LIBPQ_DRIVERS:
            own = {name: value for name, value in _LIBPQ.items() if name not in place.url.query}
            options = {"connect_args": own}
        try:
            self.engine = create_engine(place.url, **options)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise UsageError(_no_driver(place, error)) from None
        if place.file is not None:
            self._tame(self.engine, "DELETE" if place.network else "WAL")
        if place.network:
            self.notes.append(
                f"{place.shown} is on a network disk ({place.network}): it keeps a rollback "
                "journal, and is slower. A database server is safer there (--gradebook URL)."
            )

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the gradebook, and changes nothing."""
        with self._sentences(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":  # SQLite does so by itself
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is whole, or leaves nothing behind."""
        with self._sentences(), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def clock_ahead(self, ours: datetime) -> timedelta:
        """How much later it is by the server's clock than by ours; nothing where there is none."""
        if self.place.url.get_backend_name() != "postgresql":
            return timedelta(0)
        with self.reading() as connection:
            theirs = connection.execute(select(func.clock_timestamp())).scalar_one()
        ahead: timedelta = theirs - ours
        return ahead

    @contextmanager
    def holding(self) -> Iterator[Connection]:
        """A connection that stays open without a transaction, for what lasts as long as it does."""
        with self._sentences():
            connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with connection:
            yield connection

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except (IntegrityError, ProgrammingError):
            raise  # ours
        except DBAPIError as error:
            raise UsageError(self._sentence(error)) from None

    def _sentence(self, error: DBAPIError) -> str:
        text = str(error.orig).strip()
        said = next((said for part, said in _SAID if part in text), None)
        if said is None:
            first = text.splitlines()[0] if text else "it does not answer"
            said = f"cannot be used: {first}"
        return f"The gradebook {self.place.shown} {said}"

    @staticmethod
    def _tame(engine: Engine, journal: str) -> None:
        """Let SQLAlchemy begin transactions, not sqlite3, which begins them too late."""

        def on_connect(connection: Any, _: Any) -> None:
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("PRAGMA secure_delete=ON")
            _keep_journal(cursor, journal)
            cursor.close()

        def on_begin(connection: Connection) -> None:
            writes = connection.get_execution_options().get(_WRITES)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

        event.listen(engine, "connect", on_connect)
        event.listen(engine, "begin", on_begin)


def _keep_journal(cursor: sqlite3.Cursor, journal: str) -> None:
    """Have a file kept with a journal of this kind.

    SQLite lets nobody wait who asks for another journal while somebody writes ("locked" at once,
    whatever the timeout: the lock that it has would have to grow), and two programs that open a
    new gradebook at the same moment are that. So we wait here, by asking again.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute(f"PRAGMA journal_mode={journal}")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_AGAIN)


def _make(place: Place) -> None:
    """Make the file for its owner alone, before anything is in it."""
    if place.file is None or place.file.exists():
        return
    try:
        place.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(place.file, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise UsageError(
            f"The gradebook {place.shown} cannot be made: {error.strerror}. Name another place "
            "with --gradebook."
        ) from None


def _no_driver(place: Place, error: Exception) -> str:
    if place.url.get_backend_name() == "postgresql" and isinstance(error, ImportError):
        return (
            f"{place.shown} needs a driver that is not installed: "
            "python -m pip install 'wxb[postgres]'"
        )
    return f"{place.shown} cannot be opened: {error}"


def in_parts(keys: Iterable[_T]) -> Iterator[list[_T]]:
    """Keys in parts of which each fits into one statement."""
    found = list(keys)
    return (found[i : i + _MANY] for i in range(0, len(found), _MANY))


def insert_once(
    connection: Connection, table: Table, identity: dict[str, Any], **others: Any
) -> bool:
    """Add a row if there is none of that identity, which a unique constraint guards.

    Returns:
        Whether it was added.
    """
    there = select(literal(1)).select_from(table).filter_by(**identity)
    if connection.execute(there).first() is not None:
        return False
    return insert_new(connection, table, identity, **others)


def insert_new(
    connection: Connection, table: Table, identity: dict[str, Any], **others: Any
) -> bool:
    """The same, where none was there a moment ago."""
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(**identity, **others))
    except IntegrityError:  # another process was faster
        there = select(literal(1)).select_from(table).filter_by(**identity)
        if connection.execute(there).first():
            return False
        raise
    return True


def insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Add rows, by as few statements as the database can do it in; their ids, in that order."""
    if not rows:
        return []
    (key,) = table.primary_key.columns
    if connection.dialect.name == "sqlite":
        # It gives back the ids of one row at a time only; but nobody else writes meanwhile, and
        # the next id is the one after the last, which is how it chooses itself.
        last = connection.execute(select(func.coalesce(func.max(key), 0))).scalar_one()
        ids = list(range(last + 1, last + 1 + len(rows)))
        numbered = [{key.name: id_, **row} for id_, row in zip(ids, rows, strict=True)]
        connection.execute(insert(table), numbered)
        return ids
    if connection.dialect.insert_executemany_returning_sort_by_parameter_order:
        adding = insert(table).returning(key, sort_by_parameter_order=True)
        return list(connection.execute(adding, rows).scalars())
    made = (connection.execute(insert(table).values(**row)).inserted_primary_key for row in rows)
    return [int(found[0]) for found in made if found is not None]
