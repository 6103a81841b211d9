"""Stubs on disk: what is written, what is kept, and what stops it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.sync import sync
from grader.course.outline import Course
from grader.course.reading import load as spec
from grader.errors import CourseError

Make = Callable[..., Path]


def states(course: Course, *, write: bool = False, force: bool = False) -> dict[str, str]:
    return {r.path: r.state for r in sync(course, write=write, force=force)}


def test_missing_stubs_are_written_and_then_the_same(make_course: Make) -> None:
    course = spec.load(make_course(stubs=False))
    assert set(states(course).values()) == {"missing"}
    assert set(states(course, write=True).values()) == {"written"}
    assert set(states(course).values()) == {"same"}
    text = (Path(course.root) / "exercises/02_b/angle.py").read_text("utf-8")
    assert text.endswith('"""The angle of a vector."""\n    raise NotImplementedError\n')
    assert "Hints" not in text


def test_work_is_kept_unless_forced(make_course: Make) -> None:
    course = spec.load(make_course(stubs=False))
    states(course, write=True)
    path = Path(course.root) / "exercises/01_a/length.py"
    path.write_text(path.read_text("utf-8").replace("raise NotImplementedError", "return 1"))
    name = "exercises/01_a/length.py"
    assert states(course)[name] == "kept: it has been filled in"
    assert states(course, write=True)[name] == "kept: it has been filled in"
    assert "return 1" in path.read_text("utf-8")
    assert states(course, write=True, force=True)[name] == "written"
    assert "return 1" not in path.read_text("utf-8")


def test_a_stub_that_differs_is_written_again(make_course: Make) -> None:
    course = spec.load(make_course(stubs=False))
    states(course, write=True)
    path = Path(course.root) / "exercises/01_a/length.py"
    path.write_text(path.read_text("utf-8").replace("length of", "size of"), "utf-8")
    assert states(course)["exercises/01_a/length.py"] == "differs"
    assert states(course, write=True)["exercises/01_a/length.py"] == "written"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert states(course)["exercises/01_a/length.py"] == "same", "line ends are nobody's work"
    path.write_bytes(b"\xff\xfe def broken(")
    assert states(course)["exercises/01_a/length.py"] == "kept: it has been filled in"


def test_broken_solutions_are_all_told_before_anything_is_written(make_course: Make) -> None:
    course = spec.load(make_course(stubs=False))
    solutions = Path(course.root) / "solutions"
    (solutions / "01_a/length.py").write_text("x = 1\n\ndef f(:\n", "utf-8")
    (solutions / "01_a/double.py").write_text("double = lambda x: x\n", "utf-8")
    (solutions / "02_b/angle.py").unlink()
    with pytest.raises(CourseError) as met:
        sync(course, write=True)
    assert [str(fault) for fault in met.value.faults] == [
        "solutions/01_a/length.py:3: SyntaxError: invalid syntax; expected a solution "
        "that a stub can be made of",
        "solutions/01_a/double.py:1: SyntaxError: a lambda shows the solution; expected def",
        "solutions/02_b/angle.py: FileNotFoundError: No such file or directory; expected "
        "a solution that a stub can be made of",
    ]
    assert not (Path(course.root) / "exercises").exists()
