"""What a student has reached: remembered, safe to delete, never in the way."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from grader import Course
from grader.study.progress import Progress
from support.commands import Grade
from support.courses.length import solve, stub

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


def test_a_pipe_in_the_place_of_a_file_hangs_nothing(grade: Grade, course_dir: Path) -> None:
    """Neither where progress is remembered, under any name, nor where a module should be."""
    folder = course_dir / ".wxb"
    folder.mkdir()
    for name in ("progress.json", f"progress.{os.getpid()}.tmp", "progress.tmp"):
        os.mkfifo(folder / name)
    assert "Hint 1, the goal" in grade("hint", "length").out
    assert json.loads((folder / "progress.json").read_text())["exercises"]["length"]["opened"]
    stub(course_dir).unlink()
    os.mkfifo(stub(course_dir))
    assert grade("list").status == 0
    (course_dir / "pipe.yaml").unlink(missing_ok=True)
    os.mkfifo(course_dir / "pipe.yaml")
    ran = grade("list", "--course", str(course_dir / "pipe.yaml"))
    assert (ran.status, "no ordinary file" in ran.err) == (2, True)


def test_marks_of_direction_reach_no_screen(grade: Grade, course_dir: Path) -> None:
    """From the course's titles, from what is remembered, from messages about either."""
    file = course_dir / "course.yaml"
    bad = "A\u202e\u200f\u061c\\e[2J"
    file.write_text(file.read_text().replace("title: Tiny", f'title: "{bad}"'), "utf-8")
    file.write_text(file.read_text().replace("title: A", f'title: "{bad}"', 1), "utf-8")
    solve(course_dir, "np.sqrt((v**2).sum())", "v.sum()")
    assert grade("length").status == 1
    kept = course_dir / ".wxb" / "progress.json"
    document = json.loads(kept.read_text())
    document["exercises"]["length"]["named"] = "named \u202e \x1b[2J"
    kept.write_text(json.dumps(document), "utf-8")
    (course_dir / "a\u202e.py").write_text("def f(): pass", "utf-8")
    for words in (
        ("list",),
        ("list", "--plain"),
        ("hint", "length"),
        ("run", "length"),
        ("run", "--json"),
        ("run", "no\u202esuch"),
        ("run", "--submission", "a\u202e.py"),
        ("run", "--submission", "no\u202esuch"),
    ):
        ran = grade(*words)
        assert not set(ran.out + ran.err) & set("\u202e\u200f\u061c"), words
        assert "\x1b[2J" not in ran.out + ran.err


def test_challenges_are_remembered_also_those_of_another_grade(course_dir: Path) -> None:
    course = Course.load(course_dir)
    ours, theirs = Progress(course), Progress(course)
    ours.meet("01_a", "vector", ["one"])
    ours.save()
    theirs.meet("01_a", "vector", ["two", "two"])
    theirs.meet("01_a", "dot", ["three"])
    theirs.save()
    found = Progress(course).met("01_a")
    assert {name: set(goals) for name, goals in found.items()} == {
        "vector": {"one", "two"}, "dot": {"three"},
    }  # fmt: skip
    assert Progress(course).met("02_b") == {}


def test_what_another_process_wrote_is_taken_in_and_not_written_over(course_dir: Path) -> None:
    course = Course.load(course_dir)
    one, other = Progress(course), Progress(course)
    exercise, unit = next(iter(course.exercises)), course.units[0]
    assert one.folder() == course_dir / ".wxb"
    one.give_up(exercise)
    one.save()
    assert other.reload() == ([exercise.id], [])
    assert other[exercise.id].given_up
    other.open_next(exercise)
    other.meet(unit.id, "vector", ["a"])
    other.save()
    assert one.reload() == ([exercise.id], [unit.id])
    assert one.reload() == ([], [])
    (course_dir / ".wxb" / "progress.json").unlink()
    one.meet(unit.id, "vector", ["b"])
    one.save()
    assert not Progress(course)[exercise.id].given_up  # it was said before the file was deleted
