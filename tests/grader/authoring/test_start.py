"""A course from nothing, whatever its folder is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import Course
from grader.authoring.start import start
from grader.authoring.sync import sync
from grader.course.libraries import names_torch
from grader.errors import UsageError


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("my_course", "My course"),
        ('a "quoted" one', 'A "quoted" one'),
        ("back\\slash: #x", "Back\\slash: #x"),
        ("x" * 250, "X" + "x" * 199),
        ("\x1b[1m", "[1m"),
    ],
)
def test_its_title_is_the_folders_name(tmp_path: Path, name: str, title: str) -> None:
    start(tmp_path / name)
    assert Course.load(tmp_path / name).title == title


def test_what_is_written_is_a_course(tmp_path: Path) -> None:
    written = start(tmp_path)
    assert all(path.is_file() for path in written)
    course = Course.load(tmp_path)
    assert [exercise.id for exercise in course.exercises] == ["average"]
    sync(course, write=True)
    assert course.stub(next(iter(course.exercises))).is_file()
    assert not names_torch(tmp_path)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", "utf-8")
    for taken in (tmp_path, tmp_path / "a.txt"):
        with pytest.raises(UsageError, match="is there already"):
            start(taken)
    with pytest.raises(UsageError, match="cannot be written"):
        start(tmp_path / "a.txt" / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
