"""Older gradebooks are upgraded after a copy, newer ones refused, others' databases left alone."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from grader.classroom.gradebook import versions
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.place import find
from grader.classroom.gradebook.tables import HEAD, METADATA, VERSION_TABLE
from grader.errors import UsageError
from support.gradebooks import DOE, ROE, attempt, course, result

Open = Callable[..., Gradebook]


def old(url: str, open_book: Open) -> None:
    """Make of a new gradebook one as version 0001 had it."""
    with open_book() as book:
        book.import_roster([DOE, ROE])
        book.settle(attempt(), [result()])
    engine = create_engine(find(course(), url).url)
    with engine.begin() as connection:
        pages = ("assignment", "invite", "log")
        newer = ("standing", "held", "progress", "idea", "trait", "summary", *pages)
        for name in ("adjustment", "place", "push", "run", "merger", *newer):
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0001'"))
    engine.dispose()


def test_the_steps_make_the_tables_that_the_code_has(url: str, open_book: Open) -> None:
    open_book().close()
    engine = create_engine(find(course(), url).url)
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []
    engine.dispose()
    steps = Path(versions.__file__).parent / "migrations" / "versions"
    assert max(path.name[1:5] for path in steps.glob("v*.py")) == HEAD


def test_an_older_one_is_upgraded_after_a_copy(url: str, open_book: Open) -> None:
    old(url, open_book)
    book = open_book()
    [note] = book.notes
    assert note.startswith(f"The gradebook was upgraded from version 0001 to {HEAD}; what it held")
    assert book.marks()[0].earned > 0
    assert book.adjustments() == []
    place = find(course(), url)
    if place.file is None:
        engine = create_engine(place.url)
        with engine.connect() as connection:
            copied = connection.execute(text(f"SELECT name FROM before_{HEAD}_student")).scalars()
            assert sorted(copied) == ["Jane Doe", "Richard Roe"]
        engine.dispose()
    else:
        [copy] = place.file.parent.glob("*.before_*")
        assert str(copy) in note
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        with closing(sqlite3.connect(copy)) as before:
            assert before.execute("SELECT count(*) FROM student").fetchone() == (2,)
            assert before.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone() == (
                "0001",
            )
    assert open_book().notes == ()


def test_a_student_is_erased_in_the_copy_too(url: str, open_book: Open) -> None:
    old(url, open_book)
    book = open_book()
    book.erase("doe")
    place = find(course(), url)
    if place.file is not None:
        for file in place.file.parent.iterdir():
            assert b"Jane" not in file.read_bytes(), file
            assert b"doe" not in file.read_bytes(), file
        return
    engine = create_engine(place.url)
    with engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{name}"')):
                assert "doe" not in str(tuple(row)), name
    engine.dispose()


def test_a_newer_one_is_refused_and_left_as_it_is(url: str, open_book: Open) -> None:
    open_book().close()
    engine = create_engine(find(course(), url).url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0099'"))
    with pytest.raises(UsageError, match=r"was written by a newer wxb .* Update wxb; nothing"):
        open_book()
    with engine.connect() as connection:
        kept = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
        assert kept == "0099"
    engine.dispose()


def test_a_database_of_something_else_is_left_alone(url: str, open_book: Open) -> None:
    engine = create_engine(find(course(), url).url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE student (id TEXT)"))
    with pytest.raises(UsageError, match="holds the tables of something else"):
        open_book()
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["student"]
    engine.dispose()
