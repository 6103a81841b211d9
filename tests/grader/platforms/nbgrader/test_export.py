"""`grade export nbgrader`: into a gradebook.db that nbgrader made, and beside it."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.classroom.gradebook.values import Adjustment
from grader.course.outline import Feedback, Late
from grader.errors import UsageError
from grader.report.words import IDEA
from support import nbcourse
from support.commands import Grade, grade_in
from support.exporting import told
from support.gradebooks import DAY
from support.nbtaught import AT, DUE, Taught

WHERE = ("01_a", "01_a")


def test_marks_comments_and_notebooks_are_there(taught: Taught) -> None:
    written = taught.export()
    assert taught.scores() == {"ann": (4.0, 0.0), "ben": (1.5, 0.0), "cid": (0.0, 0.0)}
    [column] = written.columns
    assert (column.header, column.about, column.points, column.cells, column.changed) == (
        "01_a", ("01_a",), "4", 3, 0,
    )  # fmt: skip
    with nbcourse.gradebook(taught.db) as book:
        submission = book.find_submission("01_a", "ben")
        assert submission.timestamp.replace(tzinfo=UTC) == AT
        assert not submission.needs_manual_grade, "no row is left that blocks it"
        idea = book.find_comment("code-double", *WHERE, "ben").auto_comment
        assert idea == f"{IDEA}You add one. What does the word double say?"
        assert book.find_comment("code-double", *WHERE, "ann").auto_comment is None
        assert book.find_comment("code-double", *WHERE, "cid").auto_comment == "No response."
    place = taught.nb / "autograded" / "ben" / "01_a"
    assert (place / "timestamp.txt").read_text() == "2027-02-01 10:59:59.999993 UTC"
    cells = json.loads((place / "01_a.ipynb").read_text("utf-8"))["cells"]
    double = next(
        c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == "wxb-double"
    )
    [output] = double["outputs"]
    assert output["data"]["text/plain"] == "0"
    assert "You add one." in output["data"]["text/html"]
    assert "test_of_two" not in json.dumps(cells), "no name of a hidden test"


def test_what_a_person_gave_stays_and_a_new_score_is_flagged(taught: Taught) -> None:
    taught.export()
    with nbcourse.gradebook(taught.db) as book:
        grade = book.find_grade("wxb-double", *WHERE, "ben")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 2.0, 0.5, False
        grade.auto_score = 1.0
        book.find_comment("code-double", *WHERE, "ben").manual_comment = "Well tried."
        book.find_grade("wxb-half", *WHERE, "ann").manual_score = 1.0
        book.find_grade("wxb-half", *WHERE, "ann").needs_manual_grade = False
        book.db.commit()
    written = taught.export()
    assert told(written, "overwritten").lines == ("ben: 01_a, double: 1 becomes 0",)
    assert len(told(written, "Scores by hand").lines) == 2
    assert taught.scores() == {"ann": (3.5, 0.0), "ben": (4.0, 0.0), "cid": (0.0, 0.0)}
    with nbcourse.gradebook(taught.db) as book:
        grade = book.find_grade("wxb-double", *WHERE, "ben")
        assert (grade.manual_score, grade.extra_credit, grade.auto_score) == (2.0, 0.5, 0.0)
        assert grade.needs_manual_grade, "another score of ours, so a person looks again"
        assert not book.find_grade("wxb-half", *WHERE, "ann").needs_manual_grade, "as it was"
        comment = book.find_comment("code-double", *WHERE, "ben")
        assert (comment.comment, comment.auto_comment[:4]) == ("Well tried.", "Your")


def test_a_second_run_changes_nothing(taught: Taught) -> None:
    taught.export()
    files = {p: p.stat().st_mtime_ns for p in (taught.nb / "autograded").rglob("*")}
    scores = taught.scores()
    written = taught.export()
    assert written.columns[0].changed == 0
    assert taught.scores() == scores
    assert {p: p.stat().st_mtime_ns for p in (taught.nb / "autograded").rglob("*")} == files


def test_a_run_that_ends_is_gone_on_with(taught: Taught) -> None:
    written = taught.export(store=False)
    assert taught.scores() == {}
    assert not (taught.nb / "autograded").exists(), "a preview writes nothing"

    def ends(name: str, total: int) -> None:
        if name.startswith("cid"):
            raise KeyboardInterrupt

    assert written.store is not None
    with pytest.raises(KeyboardInterrupt):
        written.store(ends)
    assert taught.scores().keys() == {"ann", "ben"}
    taught.export()
    assert taught.scores() == {"ann": (4.0, 0.0), "ben": (1.5, 0.0), "cid": (0.0, 0.0)}


def test_lateness_is_the_penalty_of_what_counts(taught: Taught) -> None:
    unit = msgspec.structs.replace(taught.unit, due=AT - 2 * DAY)
    rules = Late(lose=Decimal("0.1"), every=DAY)
    taught.course = msgspec.structs.replace(taught.course, units=(unit,), late=rules)
    written = taught.export()
    assert taught.scores() == {"ann": (4.0, 0.8), "ben": (1.5, 0.3), "cid": (0.0, 0.0)}
    assert told(written, "late penalty").person is False
    with nbcourse.gradebook(taught.db) as book:
        book.find_grade("wxb-double", *WHERE, "ben").manual_score = 2.5
        book.db.commit()
    taught.export()
    assert taught.scores()["ben"] == (4.0, 0.8), "of a person's score, too"
    with nbcourse.gradebook(taught.db) as book:
        book.find_submission_notebook(*WHERE, "ann").late_submission_penalty = 1.25
        book.db.commit()
    taught.export(late="lms")
    assert taught.scores()["ann"] == (4.0, 1.25), "nbgrader's own stays"


def test_an_override_and_an_excuse(taught: Taught) -> None:
    with taught.book() as book:
        who = {"who": "me", "at": DUE, "why": "ill"}
        book.adjust(
            [
                Adjustment(
                    0, "override", student="cid", exercise="double", points=Decimal(2), **who
                ),
                Adjustment(0, "excuse", student="ben", exercise="double", **who),
            ]
        )
    taught.export()
    assert taught.scores() == {"ann": (4.0, 0.0), "ben": (4.0, 0.0), "cid": (2.0, 0.0)}
    text = (taught.nb / "autograded" / "ben" / "01_a" / "01_a.ipynb").read_text("utf-8")
    assert "It does not count for you." in text
    assert "ill" not in text.replace("Still", "").replace("will", ""), "never a person's reason"


@pytest.mark.parametrize(
    ("hidden", "idea", "title"),
    [("everything", True, True), ("title", False, True), ("nothing", False, False)],
)
def test_students_read_what_the_course_lets_them(
    taught: Taught, hidden: Any, idea: bool, title: bool
) -> None:
    feedback = Feedback(hidden)
    taught.course = msgspec.structs.replace(taught.course, feedback=feedback)
    taught.export()
    text = (taught.nb / "autograded" / "ben" / "01_a" / "01_a.ipynb").read_text("utf-8")
    assert ("You add one" in text) is idea
    assert ("The double of 2 is 4.0" in text) is title
    with nbcourse.gradebook(taught.db) as book:
        comment = book.find_comment("code-double", *WHERE, "ben").auto_comment
    assert bool(comment) is idea


def test_marks_are_there_though_what_was_handed_in_is_gone(taught: Taught) -> None:
    gone = taught.folder.with_name("gone")
    taught.folder.rename(gone)
    try:
        written = taught.export()
    finally:
        gone.rename(taught.folder)
    notice = told(written, "Not found where it was collected")
    assert (len(notice.lines), notice.person) == (3, True)
    assert taught.scores()["ben"] == (1.5, 0.0)
    text = (taught.nb / "autograded" / "ben" / "01_a" / "01_a.ipynb").read_text("utf-8")
    assert "You add one" in text


# --- the command --------------------------------------------------------------------------------


@pytest.fixture
def grade(
    taught: Taught, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Grade:
    monkeypatch.chdir(taught.course.root)
    monkeypatch.setenv("WXB_GRADEBOOK", taught.url)
    monkeypatch.setenv("COLUMNS", "90")
    return grade_in(capsys)


def test_the_command_says_what_it_wrote_and_where(taught: Taught, grade: Grade) -> None:
    ran = grade("export", "nbgrader", "--db", str(taught.db), "--dry-run")
    assert ran.status == 0
    assert "01_a" in ran.out
    assert "3 marks of 4" in ran.out
    assert "Written:" not in ran.out
    assert taught.scores() == {}
    ran = grade("export", "nbgrader", "--db", f"sqlite:///{taught.db}")
    assert ran.status == 0
    assert ran.out.splitlines()[-1] == (f"Written: {taught.db} and {taught.nb / 'autograded'}")
    assert taught.scores()["ann"] == (4.0, 0.0)
    ran = grade("export", "nbgrader", "--db", str(taught.db), "--json")
    assert json.loads(ran.out)["columns"][0]["cells"] == 3


def test_another_folder_for_the_notebooks(taught: Taught, grade: Grade, tmp_path: Path) -> None:
    ran = grade("export", "nbgrader", "--db", str(taught.db), "--course-dir", str(tmp_path))
    assert ran.status == 0
    assert (tmp_path / "autograded" / "ann" / "01_a" / "01_a.ipynb").is_file()


def rows(database: str | Path) -> list[str]:
    """All that a database says; its file may change with the log that SQLite keeps beside it."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "`grade export nbgrader --db gradebook.db`"),
        (("--db", "none.db"), "none.db: there is no such file"),
        (("--db", "course.yaml"), "is no database"),
        (("--db", "{url}"), "is not nbgrader's gradebook"),
        (("--db", "{db}", "--course-dir", "nowhere"), "there is no such folder"),
        (("--db", "{db}", "--out", "x.csv"), "omit --out"),
        (("--db", "{db}", "--template", "course.yaml"), "omit --template"),
        (("--db", "mysql://me:pw@localhost/x"), "--course-dir FOLDER"),
        (("--db", "mysql://me:pw@localhost/x", "--course-dir", "."), "nbgrader's gradebook mysql"),
        (("--db", "odd://me:pw@localhost/x", "--course-dir", "."), "not known"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    taught: Taught, grade: Grade, args: tuple[str, ...], said: str
) -> None:
    before = rows(taught.db), rows(taught.url)
    filled = [each.format(url=taught.url, db=taught.db) for each in args]
    ran = grade("export", "nbgrader", *filled)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert "pw" not in ran.err
    assert (rows(taught.db), rows(taught.url)) == before


def test_without_nbgrader_it_says_how_to_install_it(
    taught: Taught, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "nbgrader"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "nbgrader", None)
    ran = grade("export", "nbgrader", "--db", str(taught.db))
    assert ran.status == 2
    assert "python -m pip install 'wxb[nbgrader]'" in ran.err


def test_a_file_takes_no_database(grade: Grade) -> None:
    ran = grade("export", "csv", "--db", "x.db")
    assert ran.status == 2
    assert "`grade export csv` writes a file: omit --db." in ran.err


def test_an_extension_of_nbgrader_s_is_taken_over_once(taught: Taught, grade: Grade) -> None:
    with nbcourse.gradebook(taught.db) as book:
        book.update_or_create_submission("01_a", "ben")
        book.grant_extension("01_a", "ben", days=2, hours=1)
    ran = grade("extend", "--from", str(taught.db))
    assert ran.status == 0, ran.err
    with taught.book() as book:
        [entry] = book.adjustments()
    assert (entry.student, entry.unit, entry.by) == ("ben", "01_a", timedelta(days=2, hours=1))
    assert "known already" in grade("extend", "--from", str(taught.db)).out
    with taught.book() as book:
        assert len(book.adjustments()) == 1


def test_a_broken_gradebook_is_told(taught: Taught) -> None:
    taught.db.write_bytes(taught.db.read_bytes()[:3000])
    with pytest.raises(UsageError, match="nbgrader's gradebook"):
        taught.export()
