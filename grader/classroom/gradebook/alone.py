"""Work that only one process at a time may do on a gradebook, however many use it.

A file's folder is locked as the system locks files; PostgreSQL keeps an advisory lock for as long
as the connection lives. Both end with the process, however it ends. Other databases know no such
lock.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from grader.classroom.gradebook.database import Database

__all__ = ["alone"]


@contextmanager
def alone(database: Database, what: str) -> Iterator[bool]:
    """Whether nobody else does `what`; while the block lasts, nobody else begins it."""
    file = database.place.file
    if file is not None:
        with _folder(file.parent) as is_alone:
            yield is_alone
    elif database.place.url.get_backend_name() == "postgresql":
        with _advisory(database, what) as is_alone:
            yield is_alone
    else:
        yield True


@contextmanager
def _folder(folder: Path) -> Iterator[bool]:
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(fd)


@contextmanager
def _advisory(database: Database, what: str) -> Iterator[bool]:
    """A session's lock; several gradebooks may lie in schemas of one database."""
    with database.holding() as connection:
        keys = func.hashtext(f"wxb {what}"), func.hashtext(func.current_schema())
        is_alone = bool(connection.execute(select(func.pg_try_advisory_lock(*keys))).scalar_one())
        try:
            yield is_alone
        finally:
            if is_alone:  # at once: a server sees only later that a connection was closed
                with suppress(DBAPIError):
                    connection.execute(select(func.pg_advisory_unlock(*keys)))
            connection.invalidate()  # the lock goes with the connection, also where that is dead
