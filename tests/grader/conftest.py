"""Courses on disk, the command, and judges of this process; see tests/support."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import Course
from grader.authoring.release import release
from support import reports
from support.commands import Grade, grade_in
from support.courses import sums, three
from support.judging import JudgeOf, judges
from support.places import ROOT, WORKSHOP


@pytest.fixture(scope="session")
def workshop() -> Path:
    """A course that has nothing in common with this repository's own."""
    return WORKSHOP


@pytest.fixture
def workshop_copy(tmp_path: Path) -> Path:
    """A copy of that course, in a folder with a space in its name."""
    return Path(shutil.copytree(WORKSHOP, tmp_path / "a workshop"))


@pytest.fixture(scope="session")
def own_course() -> Course:
    """This repository's own course."""
    return Course.load(ROOT)


@pytest.fixture(scope="session")
def handout(own_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its handout; nothing may be written in it."""
    out = tmp_path_factory.mktemp("handout") / "out"
    release(own_course, out)
    return out


@pytest.fixture
def course_dir(tmp_path: Path) -> Path:
    """A small course; rooms that need another one have a fixture of this name."""
    return sums.write(tmp_path / "course")


@pytest.fixture
def make_course(tmp_path: Path) -> Callable[..., Path]:
    """Write the course that uses every key, in a folder with a space in its name."""

    def make(text: str | bytes = three.GOOD, *, stubs: bool = True) -> Path:
        return three.write(tmp_path / "a course", text, stubs=stubs)

    return make


@pytest.fixture
def good() -> str:
    """That course's course.yaml, without a fault."""
    return three.GOOD


@pytest.fixture
def grade(
    course_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    """Run `grade ARGS…` inside the course's folder, 80 columns wide."""
    monkeypatch.chdir(course_dir)
    monkeypatch.setenv("COLUMNS", "80")
    return grade_in(capsys)


@pytest.fixture
def judge_of() -> Iterator[JudgeOf]:
    """Run a judge for a course in a thread; gives the caller's end of the conversation."""
    with judges() as start:
        yield start


@pytest.fixture(scope="session")
def valid() -> Callable[[Any], dict[str, Any]]:
    """A report as JSON, once it is seen to follow the published schema and to add up."""
    return reports.valid
