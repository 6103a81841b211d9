"""nbgrader's gradebook: in a file, on a server, or not nbgrader's at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from grader.classroom.exports import export
from grader.classroom.exports.lateness import students
from grader.classroom.exports.registry import find
from grader.classroom.exports.work import work_of
from grader.errors import UsageError
from grader.platforms.nbgrader.opened import look, opened, shown, url_of
from support import nbcourse, needs, postgres
from support.nbtaught import DUE, Taught


def test_a_server_s_database_takes_the_marks(taught: Taught) -> None:
    folder = postgres.programs()
    if folder is None:
        pytest.skip(f"{needs.SYSTEM}postgresql")
    with postgres.server(folder) as server:
        url = server.new()
        driver = url.replace("postgresql://", "postgresql+psycopg://")
        nbcourse.fill(driver, taught.course, DUE)
        with taught.book() as book:
            asked = export.Request(
                taught.course, students(book, "wxb"), DUE, db=url, folder=taught.nb,
                work=work_of(book),
            )  # fmt: skip
            written = find("nbgrader")(asked)
            assert written.store is not None
            told = written.store(lambda name, total: None)
        assert str(taught.nb / "autograded") in told
        with nbcourse.gradebook(driver) as kept:
            found = {s.student_id: s.score for s in kept.assignment_submissions("01_a")}
    assert found == {"ann": 4.0, "ben": 1.5, "cid": 0.0}


def test_a_url_is_shown_without_its_password(tmp_path: Path) -> None:
    assert shown("postgresql://me:secret@host/db") == "postgresql://…@host/db"
    path = tmp_path / "g.db"
    path.write_bytes(b"")
    assert url_of(str(path)) == f"sqlite:///{path}"
    assert shown(url_of(f"sqlite:///{path}")) == str(path)


def test_another_program_s_database_gets_no_table(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE book (id TEXT)")
        database.commit()
    before = path.read_bytes()
    with pytest.raises(UsageError, match="is not nbgrader's gradebook"), opened(url_of(str(path))):
        raise AssertionError("it was opened")
    assert path.read_bytes() == before


def test_an_older_one_is_to_be_upgraded(taught: Taught) -> None:
    with closing(sqlite3.connect(taught.db)) as database:
        database.execute("ALTER TABLE student DROP COLUMN lms_user_id")
        database.commit()
    with (
        pytest.raises(UsageError, match="nbgrader db upgrade"),
        opened(url_of(str(taught.db))) as b,
    ):
        look(b)


def test_one_in_use_is_told(taught: Taught) -> None:
    written = taught.export(store=False)
    assert written.store is not None
    with closing(sqlite3.connect(taught.db, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with taught.book(), pytest.raises(UsageError, match="is in use by another program"):
            written.store(lambda name, total: None)
