"""A part of a course, and what installs wxb beside it."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.course.digest import exercise_digests
from grader.course.outline import Course
from grader.errors import UsageError
from grader.platforms.bundle import copy_part, pinned, write_requirements
from support.courses import double, three


def test_a_part_marks_as_the_whole_does(own_course: Course, tmp_path: Path) -> None:
    part = copy_part(own_course, tmp_path / "part", ["magnitude", "digits"])
    assert [exercise.id for exercise in part.exercises] == ["magnitude", "digits"]
    whole = exercise_digests(own_course)
    assert exercise_digests(part) == {name: whole[name] for name in ("magnitude", "digits")}
    assert part.feedback == own_course.feedback
    assert part.lesson(part.units[0]).is_file()
    assert not (tmp_path / "part" / "solutions" / "02_norms").exists()


def test_every_key_of_course_yaml_stays_what_it_is(tmp_path: Path) -> None:
    course = Course.load(three.write(tmp_path / "course"))
    part = copy_part(course, tmp_path / "part", [e.id for e in course.exercises])
    same = [getattr(part, name) == getattr(course, name) for name in part.__struct_fields__]
    assert dict(zip(part.__struct_fields__, same, strict=True)) == {
        name: name != "root" for name in part.__struct_fields__
    }
    assert copy_part(course, tmp_path / "other", ["angle"]).points == 1


def test_a_handout_has_nothing_to_mark_with(tmp_path: Path) -> None:
    course = Course.load(double.write(tmp_path / "course"))
    release(course, tmp_path / "handout")
    with pytest.raises(UsageError, match="is a handout, without hidden tests"):
        copy_part(Course.load(tmp_path / "handout"), tmp_path / "part", ["double"])


def test_versions_are_those_that_run_here(tmp_path: Path) -> None:
    found = pinned(["wxb"])
    assert found["numpy"] == metadata.version("numpy").partition("+")[0]
    assert {"pydantic-core", "pluggy", "mako"} <= found.keys()  # what is needed by what is needed
    assert not {"torch", "nbgrader", "ruff"} & found.keys()  # extras
    write_requirements(tmp_path, torch=True, index="https://example.org/cpu")
    lines = (tmp_path / "requirements.txt").read_text("utf-8").splitlines()
    assert lines[0] == "--extra-index-url https://example.org/cpu"
    assert lines[2:] == ["torch"]
    assert (tmp_path / lines[1]).is_file()
    pins = (tmp_path / "constraints.txt").read_text("utf-8").splitlines()
    assert all(line.count("==") == 1 and "+" not in line for line in pins)
    assert not any(line.startswith("wxb=") for line in pins)
