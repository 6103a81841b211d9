"""Several at a time, a network disk, and databases that cannot be used."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from grader.classroom.gradebook import database, place, tables
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.students import note_missing
from grader.errors import UsageError
from support.gradebooks import attempt, course, result
from support.places import ROOT

Open = Callable[..., Gradebook]
COUNT = 15


def test_two_processes_lose_nothing_and_double_nothing(url: str, open_book: Open) -> None:
    """They even make the gradebook at the same time."""
    script = (
        f"from support.gradebooks import write_many\nwrite_many(sys.argv[1], sys.argv[2], {COUNT})"
    )
    command = [sys.executable, "-c", f"import sys\nsys.path.insert(0, sys.argv[3])\n{script}", url]
    writers = [
        subprocess.Popen([*command, name, str(ROOT / "tests")], stderr=subprocess.PIPE, text=True)
        for name in ("doe", "roe")
    ]
    for writer in writers:
        _, said = writer.communicate()
        assert writer.returncode == 0, said
    book = open_book()
    handed = [(each.students, each.number) for each in book.submissions()]
    assert len(handed) == len(set(handed)) == 3 * COUNT
    assert len(book.verdicts()) == 2 * COUNT
    assert {each.students for each in book.submissions()} == {
        ("doe",), ("roe",), ("both", "doe", "roe")
    }  # fmt: skip


def test_a_gradebook_that_somebody_else_is_making_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite lets nobody wait who asks for a write-ahead log while somebody writes."""
    waits: list[float] = []
    with closing(sqlite3.connect(tmp_path / "marks.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def give_way(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 3:
                other.execute("COMMIT")

        clock = SimpleNamespace(sleep=give_way, monotonic=time.monotonic)
        monkeypatch.setattr(database, "time", clock)
        with Gradebook(course(), str(tmp_path / "marks.db")) as book:
            assert len(waits) == 3
            assert book.submissions() == []


def test_a_gradebook_that_is_never_free_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter(range(0, 10_000, 7))
    clock = SimpleNamespace(sleep=lambda _: None, monotonic=lambda: next(now))
    monkeypatch.setattr(database, "time", clock)
    with closing(sqlite3.connect(tmp_path / "marks.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UsageError, match=r"in use by another program\. Run this again"):
            Gradebook(course(), str(tmp_path / "marks.db"))


def test_rows_are_added_together_and_their_ids_come_in_their_order(open_book: Open) -> None:
    book = open_book()
    same = {
        "student": "doe",
        "source": "s",
        "digest": "d",
        "unit": "",
        "recorded": datetime.now(UTC),
    }
    rows = [{**same, "number": number} for number in (5, 3, 4, 1, 2)]
    columns = tables.submission.c
    with book._database.writing() as connection:
        note_missing(connection, ["doe", "doe"])
        ids = database.insert_all(connection, tables.submission, rows[:2])
        ids += database.insert_all(connection, tables.submission, [])
        ids += database.insert_all(connection, tables.submission, rows[2:])
        found = {
            row.id: row.number for row in connection.execute(select(columns.id, columns.number))
        }
    assert [found[key] for key in ids] == [5, 3, 4, 1, 2]


def test_a_reader_is_not_in_the_way_of_a_writer(url: str, open_book: Open) -> None:
    first, second = open_book(), open_book()
    with first._database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM submission").scalar() == 0
        second.settle(attempt(), [result()])
        assert connection.exec_driver_sql("SELECT count(*) FROM student").scalar() == 0
    assert len(first.submissions()) == 1


def test_sqlite_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    with (
        Gradebook(course(), str(tmp_path / "a.db")),
        closing(sqlite3.connect(tmp_path / "a.db")) as connection,
    ):
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_on_a_network_disk_a_rollback_journal_and_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Gradebook(course(), str(tmp_path / "a.db")).close()  # and then it is moved there
    monkeypatch.setattr(place, "network_disk", lambda path: "nfs4")
    with Gradebook(course(), str(tmp_path / "a.db")) as book:
        [note] = book.notes
        assert "is on a network disk (nfs4): it keeps a rollback journal" in note
        book.settle(attempt(), [result()])
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_gradebook_in_use_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE", 0)
    with (
        Gradebook(course(), str(tmp_path / "a.db")) as book,
        closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UsageError, match=r"is in use by another program\. Run this again"):
            book.settle(attempt(), [result()])
        other.execute("ROLLBACK")
        book.settle(attempt(), [result()])
        assert len(book.submissions()) == 1


def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path) -> None:
    with Gradebook(course(), str(tmp_path / "a.db")) as book:
        book.settle(attempt(), [result()])

        def no_room(connection: sqlite3.Connection, _: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")

        from sqlalchemy import event

        book._database.engine.dispose()
        event.listen(book._database.engine, "connect", no_room)
        noise = os.urandom(20000).hex()
        with pytest.raises(UsageError, match=r"its disk is full\. What was written before is safe"):
            book.settle(attempt(number=2), [result(test_one="failed", message=noise)])
        assert [each.number for each in book.submissions()] == [1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"this is a letter to my mother, and it is long enough" * 40, "is no gradebook"),
        (b"SQLite format 3\0" + bytes(5000), "a.db (is no gradebook|is damaged|cannot be used)"),
    ],
)
def test_files_that_are_none_stay_as_they_are(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=said):
        Gradebook(course(), str(path))
    assert path.read_bytes() == data


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be made: "):
        Gradebook(course(), str(tmp_path / "file" / "a.db"))


def test_a_server_that_is_gone_is_missed_soon_and_what_to_do_is_said(
    postgres_url: str, open_book: Open
) -> None:
    """By another session, as a server that is shut down does it; then it is there again."""
    book = open_book(where=f"{postgres_url}&keepalives_idle=7")
    engine = book._database.engine
    with engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        told = driver.info.get_parameters()
    assert (told["keepalives_idle"], told["keepalives_interval"]) == ("7", "10")
    with open_book(where=postgres_url)._database.engine.connect() as other:
        mine = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
        other.exec_driver_sql(
            f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE {mine}"
        )
    with pytest.raises(UsageError, match=r"does not answer any more\. What was written before is"):
        book.submissions()
    assert book.submissions() == []


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not answer: is its server running"):
        Gradebook(course(), f"postgresql://wxb@/postgres?host={tmp_path}")
