"""Courses on disk, the command, and judges of this process; see tests/support."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from support import reports
from support.commands import Grade, grade_in
from support.courses import sums, three
from support.judging import JudgeOf, judges

WORKSHOP = Path(__file__).resolve().parents[1] / "courses" / "workshop"


@pytest.fixture(scope="session")
def workshop() -> Path:
    """A course that has nothing in common with this repository's; nothing may be written in it."""
    return WORKSHOP


@pytest.fixture
def workshop_copy(tmp_path: Path) -> Path:
    """A copy of that course, in a folder with a space in its name."""
    return Path(shutil.copytree(WORKSHOP, tmp_path / "a workshop"))


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
