"""What each student gets back, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest

from grader.classroom.attempt import Attempt
from grader.classroom.feedback import Asked, Handed, hand_back, report_of
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.values import Adjustment
from grader.course.outline import Feedback
from grader.errors import UsageError
from support.gradebooks import (
    ANGLE,
    DAY,
    DOE,
    DOUBLE,
    DUE,
    HOUR,
    LENGTH,
    ROE,
    attempt,
    course,
    result,
)

SECRET = "Wrong value: expected 5.0, got <script>alert(1)</script>."


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    with Gradebook(course(), str(tmp_path / "marks.db")) as opened:
        opened.import_roster([DOE, ROE])
        yield opened


def uploaded(student: str, user: str, attachment: int, **others: Any) -> Attempt:
    one = attempt(student, **others)
    return msgspec.structs.replace(one, origin=f"s.zip: {student}x_{user}_{attachment}_length.py")


def handed(book: Gradebook, out: Path, **others: Any) -> Handed:
    return hand_back(book, Asked(out, others.pop("now", DUE + DAY), **others))


def test_a_page_and_markdown_for_each_student(book: Gradebook, tmp_path: Path) -> None:
    book.settle(attempt("doe"), [result(LENGTH, test_two="failed", message=SECRET), result(DOUBLE)])
    out = tmp_path / "feedback"
    found = handed(book, out)
    assert (found.students, found.files, found.units) == (1, 2, ("01_a",))
    assert sorted(path.name for path in out.iterdir()) == ["doe.html", "doe.md"]
    page, text = (out / "doe.html").read_text("utf-8"), (out / "doe.md").read_text("utf-8")
    for words in ("Jane Doe", "How long?", "A title.", "1.5 of 2.5"):
        assert words in page
        assert words in text.replace("\\", "")
    assert "2.5 of 3.5" in page
    assert "expected 5.0" not in page + text  # the course shows titles alone
    assert "A hint." not in page + text
    [notice] = found.notices
    assert notice.lines == ("Richard Roe (roe)",)
    assert ("feedback", out.resolve()) in book.places()


@pytest.mark.parametrize(
    ("hidden", "title", "message"),
    [("everything", True, True), ("title", True, False), ("nothing", False, False)],
)
def test_what_the_course_hides_is_hidden(
    tmp_path: Path, hidden: Any, title: bool, message: bool
) -> None:
    taught = msgspec.structs.replace(course(), feedback=Feedback(hidden))
    with Gradebook(taught, str(tmp_path / "marks.db")) as book:
        book.import_roster([DOE])
        book.settle(
            attempt("doe"), [result(LENGTH, test_two="failed", message=SECRET), result(DOUBLE)]
        )
        handed(book, tmp_path / "out")
    page, text = ((tmp_path / "out" / f"doe.{end}").read_text("utf-8") for end in ("html", "md"))
    for document in (page, text):
        assert ("A title." in document) == title
        assert ("expected 5.0" in document) == message
        assert ("A hint." in document) == message
    assert "<script" not in page
    assert ("&lt;script&gt;" in page) == message


def test_a_unit_waits_for_its_last_extension(book: Gradebook, tmp_path: Path) -> None:
    for student in ("doe", "roe"):
        book.settle(attempt(student), [result(LENGTH), result(DOUBLE)])
    book.settle(attempt("doe", 2, "02_b"), [result(ANGLE)])
    why = "an illness"
    book.adjust([Adjustment(0, "extend", "me", DUE, why, "roe", unit="01_a", by=timedelta(days=9))])
    found = handed(book, tmp_path / "out", now=DUE + 8 * DAY)
    assert found.units == ("02_b",)
    assert [(each.unit, each.until, each.open_for) for each in found.waiting] == [
        ("01_a", DUE + 9 * DAY, ("Richard Roe (roe)",))
    ]
    page = (tmp_path / "out" / "doe.html").read_text("utf-8")
    assert "02_b" in page
    assert "01_a" not in page
    assert handed(book, tmp_path / "later", now=DUE + 9 * DAY).waiting == ()
    early = handed(book, tmp_path / "now", now=DUE + 8 * DAY, now_already=True)
    assert early.units == ("01_a", "02_b")
    [notice] = [each for each in early.notices if each.person]
    assert notice.lines == ("01_a: Richard Roe (roe)",)
    assert why not in (tmp_path / "now" / "roe.html").read_text("utf-8")


def test_a_folder_of_others_is_neither_written_nor_remembered(
    book: Gradebook, tmp_path: Path
) -> None:
    book.settle(attempt("doe"), [result(LENGTH), result(DOUBLE)])
    (tmp_path / "doe.md").write_text("my own notes")
    with pytest.raises(UsageError, match="no feedback of `grade`"):
        handed(book, tmp_path)
    assert (tmp_path / "doe.md").read_text() == "my own notes"
    assert book.places() == []


def test_nothing_is_written_while_all_of_it_waits(book: Gradebook, tmp_path: Path) -> None:
    book.settle(attempt("doe"), [result(LENGTH), result(DOUBLE)])
    found = handed(book, tmp_path / "out", now=DUE - HOUR)
    assert (found.files, len(found.waiting)) == (0, 1)
    assert not (tmp_path / "out").exists()
    assert book.places() == []


def test_what_made_the_mark_another_one_is_said_without_a_reason(
    book: Gradebook, tmp_path: Path
) -> None:
    book.settle(
        attempt("doe", at=DUE + 3 * HOUR), [result(LENGTH, test_two="failed"), result(DOUBLE)]
    )
    why = "a private matter"
    void = Adjustment(0, "void", "me", DUE, why, exercise="length", test="test_two")
    excuse = Adjustment(0, "excuse", "me", DUE, why, "doe", exercise="double")
    book.adjust([void, excuse])
    handed(book, tmp_path / "out")
    page = (tmp_path / "out" / "doe.html").read_text("utf-8")
    assert "A test was wrong, so its points are everybody&#x27;s." in page
    assert "Handed in late: 10 % lost, so it counts 2.25 of 2.5." in page
    assert "It does not count for you." in page
    assert "2.25 of 2.5</h2>" in page
    assert why not in page


def test_canvas_gets_a_file_for_each_upload_and_nothing_for_others(
    book: Gradebook, tmp_path: Path
) -> None:
    book.settle(uploaded("doe", "101", 90210), [result(LENGTH), result(DOUBLE)])
    book.settle(attempt("roe"), [result(LENGTH), result(DOUBLE)])
    found = handed(book, tmp_path / "feedback.zip", system="canvas")
    assert ZipFile(tmp_path / "feedback.zip").namelist() == [
        "doex_101_90210_feedback-01-a.html",
        "doex_101_90210_feedback-01-a.md",
    ]
    [notice] = [each for each in found.notices if each.person]
    assert notice.lines == ("Richard Roe (roe): 01_a",)


def test_the_newest_upload_is_that_which_came_last(book: Gradebook, tmp_path: Path) -> None:
    """An older zip may be collected after a newer one."""
    book.settle(uploaded("doe", "101", 12, at=DUE - HOUR), [result(LENGTH)])
    book.settle(uploaded("doe", "101", 11, at=DUE - DAY, digest="older"), [result(LENGTH)])
    handed(book, tmp_path / "f", system="canvas")
    assert (tmp_path / "f" / "doex_101_12_feedback-01-a.html").exists()


def test_each_unit_has_its_own_upload(book: Gradebook, tmp_path: Path) -> None:
    book.settle(uploaded("doe", "101", 1), [result(LENGTH), result(DOUBLE)])
    book.settle(uploaded("doe", "101", 2, number=2, unit="02_b"), [result(ANGLE)])
    handed(book, tmp_path / "f.zip", system="canvas", now=DUE + 10 * DAY)
    names = [name for name in ZipFile(tmp_path / "f.zip").namelist() if name.endswith(".md")]
    assert names == ["doex_101_1_feedback-01-a.md", "doex_101_2_feedback-02-b.md"]
    only = handed(book, tmp_path / "g", system="canvas", now=DUE + 10 * DAY, units=("02_b",))
    assert (only.files, only.units) == (2, ("02_b",))


def test_a_teams_file_is_one_and_says_nothing_personal(book: Gradebook, tmp_path: Path) -> None:
    book.settle(uploaded("doe", "101", 5, team=("doe", "roe")), [result(LENGTH), result(DOUBLE)])
    entry = Adjustment(0, "excuse", "me", DUE, "ill", "doe", exercise="double")
    book.adjust([entry])
    found = handed(book, tmp_path / "f.zip", system="canvas")
    [notice] = found.notices
    assert notice.lines == ("Richard Roe (roe): 01_a",)
    archive = ZipFile(tmp_path / "f.zip")
    assert archive.namelist() == ["doex_101_5_feedback-01-a.html", "doex_101_5_feedback-01-a.md"]
    page = archive.read(archive.namelist()[0]).decode()
    assert "Jane Doe (doe), Richard Roe (roe)" in page
    assert "does not count" not in page
    assert "3.5 of 3.5" in page


def test_a_students_feedback_is_erased_with_them(book: Gradebook, tmp_path: Path) -> None:
    for student in ("doe", "roe"):
        book.settle(attempt(student), [result(LENGTH), result(DOUBLE)])
    out = tmp_path / "out"
    handed(book, out)
    book.erase("doe")
    assert sorted(path.name for path in out.iterdir()) == ["roe.html", "roe.md"]


def test_a_report_says_what_isolation_its_gradings_had(book: Gradebook, tmp_path: Path) -> None:
    book.settle(attempt("doe"), [result(LENGTH)])
    book.settle(attempt("roe"), [result(LENGTH, sources="s2")])
    book.settle(attempt("roe", 2), [result(DOUBLE, sources="s3")], isolation="none")
    found = {}
    for student in book.marks():
        unit = book.course.units[0]
        found[student.person.key] = report_of(book.course, student, unit, book.result).isolation
    assert found == {"doe": "full", "roe": "none"}, "the weakest of what decides"
    handed(book, tmp_path / "out")
    for student, is_told in (("doe", False), ("roe", True)):
        for end in ("html", "md"):
            page = (tmp_path / "out" / f"{student}.{end}").read_text("utf-8")
            assert ("without the lock" in page) == is_told
