"""What nbgrader has to be told, in one call from nbgrader_config.py."""

from __future__ import annotations

import os
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from grader.errors import UsageError
from grader.platforms.nbgrader.solution import STUB

__all__ = ["configure"]

_SANITIZE = ["grader.nbgrader.Tidy"]  # which is all that nbgrader's own steps are
_AUTOGRADE = [
    "grader.nbgrader.Grade",  # in the place of Execute
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]


def configure(
    c: Any,
    *,
    course: str | Path,
    course_id: str = "",
    late: Literal["wxb", "nbgrader"] = "wxb",
) -> None:
    """Have nbgrader mark notebooks over wxb's border: no cell of a student is executed.

    Args:
        c: nbgrader's configuration, as `get_config()` gives it.
        course: the whole course's course.yaml, or its folder.
        course_id: the course's name in nbgrader's exchange; "": as it is set elsewhere.
        late: who takes points for lateness, and only one of them does. "wxb": course.yaml's
            policy. "nbgrader": whatever `c.AssignLatePenalties` says.

    Raises:
        UsageError: `late` is neither.
    """
    if late not in ("wxb", "nbgrader"):
        raise UsageError(f"late={late!r}: expected 'wxb' or 'nbgrader'")
    c.Grade.course = str(course)
    c.Autograde.sanitize_preprocessors = list(_SANITIZE)
    c.Autograde.autograde_preprocessors = list(_AUTOGRADE)
    if late == "wxb" and find_spec("grader.platforms.nbgrader.late") is not None:
        c.AssignLatePenalties.plugin_class = "grader.nbgrader.Late"
    c.ClearSolutions.code_stub = {"python": STUB}
    # What a student hands in runs no script in the browser of whoever grades, or of others.
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {"markdown2html": "grader.nbgrader.markdown"}
    if course_id:
        c.CourseDirectory.course_id = course_id
    # nbgrader's Gradebook starts `alembic` by its bare name: it is found beside this Python.
    scripts = sysconfig.get_path("scripts")
    path = os.environ.get("PATH", os.defpath)
    if scripts not in path.split(os.pathsep):
        os.environ["PATH"] = f"{scripts}{os.pathsep}{path}"
