"""`grade list`."""

from __future__ import annotations

from pathlib import Path

from grader import Course
from grader.study.progress import Progress
from support.commands import Grade
from support.courses.length import solve, stub


def test_list_shows_the_course(grade: Grade) -> None:
    ran = grade("list")
    assert ran.status == 0
    assert "How long is a vector?" in ran.out
    assert "0 of 1 exercises done, 0 of 2.5 points" in ran.out


def test_states_from_new_to_changed(grade: Grade, course_dir: Path) -> None:
    assert "- length" in " ".join(grade("list", "--plain").out.split())
    solve(course_dir, "2 * v", "v")
    assert "(begun)" in grade("list", "--plain").out
    grade()
    listed = grade("list", "--plain").out
    assert "1.5 of 2.5" in listed
    assert "Next: exercises/01_a/length.py" in listed
    solve(course_dir)
    grade()
    listed = grade("list", "--plain").out
    assert "ok" in listed
    assert "1 of 1 exercises done, 2.5 of 2.5 points" in listed
    assert "All of it is right" in listed
    with stub(course_dir).open("a") as file:
        file.write("\n# more\n")
    assert "(changed since)" in " ".join(grade("list", "--plain").out.split())


def test_challenges_that_were_met_are_counted(grade: Grade, course_dir: Path) -> None:
    progress = Progress(Course.load(course_dir))
    progress.meet("01_a", "vector", ["one", "two"])
    progress.save()
    assert "2 challenges met" in grade("list").out
