"""What nbgrader is told, and by which names."""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path

import pytest
from traitlets.config import Config, PyFileConfigLoader
from traitlets.utils.importstring import import_item

import grader.nbgrader
from grader import Course, UsageError
from grader.platforms.nbgrader.build import build
from grader.platforms.nbgrader.configure import configure
from support.nbgrading import two


@pytest.fixture(autouse=True)
def a_path_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/bin")


def test_every_name_leads_somewhere() -> None:
    config = Config()
    configure(config, course="/srv/course.yaml", course_id="la")
    steps = config.Autograde.sanitize_preprocessors + config.Autograde.autograde_preprocessors
    names = [*steps, *config.HTMLExporter.filters.values()]
    assert all(callable(import_item(name)) for name in names)
    assert not [name for name in names if name.endswith((".Execute", ".DeduplicateIds"))]
    assert config.Grade.course == "/srv/course.yaml"
    assert config.CourseDirectory.course_id == "la"


def test_the_face_has_these_names_and_no_others() -> None:
    assert all(getattr(grader.nbgrader, name) for name in grader.nbgrader.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        grader.nbgrader.Nothing  # noqa: B018


def test_alembic_is_found_by_its_bare_name() -> None:
    configure(Config(), course="x")
    configure(Config(), course="x")
    assert os.environ["PATH"] == f"{sysconfig.get_path('scripts')}{os.pathsep}/bin"


def test_the_built_file_is_read_by_nbgrader_s_loader(tmp_path: Path) -> None:
    course = Course.load(two(tmp_path / 'a "course"'))
    build(course, tmp_path / "teaching")
    loader = PyFileConfigLoader("nbgrader_config.py", path=str(tmp_path / "teaching"))
    config = loader.load_config()
    assert config.Grade.course == str(course.file())
    assert config.CourseDirectory.course_id == "sums"


def test_lateness_is_taken_by_one_of_two() -> None:
    with pytest.raises(UsageError, match="late='both': expected 'wxb' or 'nbgrader'"):
        configure(Config(), course="x", late="both")  # type: ignore[arg-type]
