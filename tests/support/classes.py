"""A class of two on disk: a course, and its gradebook with three hand-ins."""

from __future__ import annotations

from pathlib import Path

from grader.classroom.gradebook.book import Gradebook
from grader.course.outline import Course
from support.courses import three
from support.gradebooks import DAY, DOE, DUE, HOUR, ROE, attempt, blank, result


def write(root: Path) -> Path:
    """Write both; the gradebook is where `WXB_GRADEBOOK` or the environment says."""
    course = Course.load(three.write(root))
    length, double = course.exercise("length"), course.exercise("double")
    assert length is not None
    assert double is not None
    with Gradebook(course) as book:
        book.import_roster([DOE, ROE])
        book.settle(attempt(at=DUE + 3 * HOUR), [result(length, test_two="failed"), result(double)])
        book.settle(
            attempt(number=2, at=DUE + DAY + 6 * HOUR),
            [result(length, test_two="timeout", sources="s2"), blank(double)],
        )
        book.settle(
            attempt("roe", late=True),
            [result(length, test_three="skipped", sources="s3"), blank(double)],
        )
    return root
