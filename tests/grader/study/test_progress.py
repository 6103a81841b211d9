"""What a student has reached: remembered, safe to delete, never in the way."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from grader import Course
from grader.study.progress import Progress
from support.commands import Grade
from support.courses.length import stub

pytestmark = pytest.mark.usefixtures("without_torch")


def test_the_file_is_safe_to_delete_to_break_and_to_lock(grade: Grade, course_dir: Path) -> None:
    file = course_dir / ".wxb" / "progress.json"
    grade("hint", "length")
    assert json.loads(file.read_text())["exercises"]["length"]["opened"] == ["goal"]
    for broken in ("", "{", "[]", '{"exercises": 3}', '{"format": 2, "exercises": {}}', "\x00"):
        file.write_text(broken)
        assert "Hint 1, the goal" in grade("hint", "length").out
    file.unlink()
    assert grade("list").status == 0
    assert [path.name for path in file.parent.iterdir()] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(grade: Grade, course_dir: Path) -> None:
    course_dir.chmod(0o500)
    try:
        assert "Hint 1" in grade("hint", "length").out
    finally:
        course_dir.chmod(0o700)


def test_the_order_of_what_is_next(course_dir: Path) -> None:
    course = Course.load(course_dir)
    (exercise,) = course.exercises
    progress = Progress(course)
    assert progress.next() == exercise
    assert progress.next(after="length") == exercise
    assert progress.state(exercise) == "new"
    stub(course_dir).unlink()
    assert progress.state(exercise) == "new"
