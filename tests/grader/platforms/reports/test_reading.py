"""Reports out of files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.course.outline import Feedback
from grader.errors import UsageError
from grader.platforms.reports.reading import only, read_report
from grader.report.model import encode_report
from grader.report.view import for_student
from support.exported import FULL


@pytest.mark.parametrize("level", ["everything", "title", "nothing"])
def test_what_is_written_is_read(level: Any) -> None:
    told = for_student(FULL, Feedback(level))
    assert read_report(encode_report(told), "r.json") == told


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "r.json is no report: it is empty"),
        (b"{}", "r.json is no report: "),
        (b"\xff\xfe", "r.json is no report: "),
        (b"[1]", "grade run --json"),
    ],
)
def test_what_is_none_is_told(data: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_report(data, "r.json")


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("earned",), 100),
        (("possible",), "NaN"),
        (("exercises", 3, "tests", 0, "possible"), "1e999999"),
        (("exercises", 3, "tests", 0, "possible"), "1e-999999"),
        (("exercises", 1, "earned"), 50),
        (("exercises", 1, "tests", 0, "earned"), -1),
        (("exercises", 1, "tests", 0, "possible"), "Infinity"),
    ],
)
def test_points_that_do_not_add_up_are_refused(where: tuple[Any, ...], value: Any) -> None:
    document = json.loads(encode_report(FULL))
    inner = document
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    with pytest.raises(UsageError, match="do not add up"):
        read_report(json.dumps(document).encode(), "r.json")


def test_a_part_has_its_own_sum() -> None:
    found = only(FULL, {"double"})
    assert (found.earned, [e.id for e in found.exercises]) == (1, ["double"])
