"""nbgrader's gradebook.db as a roster, as due dates, as extensions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader import Course
from grader.classroom.collected import read_class
from grader.classroom.gradebook.sheet import read_roster
from grader.classroom.listed import read_listing
from grader.classroom.nbgraded import Extended, Student, is_database, read_graded
from grader.errors import UsageError
from support import nbcourse
from support.batching import DOUBLE, HALF
from support.collecting import Class
from support.courses import double

DUE = datetime(2027, 2, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.load(double.write(tmp_path / "course"))


@pytest.fixture
def db(tmp_path: Path, course: Course) -> Path:
    """Three students, one of them without a name, one with two days more."""
    path = nbcourse.generate(tmp_path / "gradebook.db", course, DUE)
    with nbcourse.gradebook(path) as book:
        book.add_student(
            "ann", first_name="Ann", last_name="Lee", email="ann@x.org", lms_user_id="7"
        )
        book.add_student("ben", first_name="Ben", last_name="Ro", lms_user_id="S2")
        book.add_student("cid")
        book.update_or_create_submission("01_a", "ben", timestamp=DUE)
        book.grant_extension("01_a", "ben", days=2)
    return path


def test_who_is_in_it_and_what_is_due(db: Path) -> None:
    found = read_graded(db)
    assert Student("ann", "Ann", "Lee", "ann@x.org", "7") in found.students
    assert found.due == {"01_a": DUE}
    assert found.extensions == (Extended("ben", "01_a", timedelta(days=2)),)
    assert found.is_late("ann", "01_a", DUE + HOUR) is True
    assert found.is_late("ben", "01_a", DUE + HOUR) is False, "two days more"
    assert found.is_late("ann", "01_a", None) is None
    assert found.is_late("ann", "02_b", DUE) is None


def test_as_a_roster(db: Path) -> None:
    listing = read_listing(db)
    assert listing.kind == "nbgrader"
    people = {each.student: each for each in listing.people}
    assert people["ann"].aliases == {"hub": "ann", "canvas": "7"}
    assert people["ben"].aliases == {"hub": "ben", "sis": "S2"}
    assert [p.key for p in read_roster(db)] == ["cid", "ann", "ben"], "names may be unknown"


def test_a_tree_is_collected_with_it(db: Path, course: Course, tmp_path: Path) -> None:
    unit = course.units[0]
    right = nbcourse.notebook(nbcourse.cells(unit, {"double": DOUBLE, "half": HALF}))
    for student in ("ann", "ben", "cid"):
        nbcourse.submit(tmp_path, student, unit, right, DUE + HOUR)
    room = Class(tmp_path / "hw", course)
    before = db.read_bytes()
    summary = room.collect(tmp_path / "submitted", rosters=(db,))
    assert db.read_bytes() == before
    assert (summary.unmatched, summary.missing, summary.problems) == (0, (), ())
    assert room.people == {"ann": "Ann Lee", "ben": "Ben Ro", "cid": ""}
    attempt = room.attempts["ann"]
    assert (attempt.unit, attempt.at, attempt.late) == ("01_a", DUE + HOUR, True)
    assert room.attempts["ben"].late is False
    assert room.files("ann") == {"01_a.ipynb": right}
    assert any("01_a due 2027-02-01 12:00 UTC, and course.yaml has no" in n for n in summary.notes)
    assert any("extensions for 1 of its students" in n for n in summary.notes)


def test_nobody_is_gone_because_nbgrader_does_not_know_them_yet(
    db: Path, course: Course, tmp_path: Path
) -> None:
    sheet = tmp_path / "class.csv"
    sheet.write_text("student,name\ndot,Dot Ko\n", "utf-8")
    room = Class(tmp_path / "hw", course)
    nbcourse.submit(tmp_path, "ann", course.units[0], b"{}", DUE)
    room.collect(tmp_path / "submitted", rosters=(sheet,))
    room.collect(tmp_path / "submitted", rosters=(db,))
    assert all(p.active for p in read_class(room.root)[1] if p.key == "dot")


def test_another_database_is_told_from_it(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE student (id TEXT)")
        database.commit()
    assert is_database(path)
    with pytest.raises(UsageError, match="not nbgrader's gradebook"):
        read_listing(path)
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(UsageError, match=r"other.db: it (cannot be read|is a database)"):
        read_listing(path)
