"""One autograder for all tests of Gradescope: its folder, with this environment as its Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.outline import Course
from grader.platforms.gradescope.build import build
from support.containers import Autograder
from support.courses import double


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of a course of two exercises."""
    place = tmp_path_factory.mktemp("gradescope")
    course = Course.load(double.write(place / "course"))
    build(course, place / "autograder.zip", ())
    return place / "autograder.zip"


@pytest.fixture
def autograder(archive: Path, tmp_path: Path) -> Autograder:
    made = Autograder(tmp_path / "autograder", archive)
    made.use_own_python()
    return made
