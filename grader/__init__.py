"""wxb: exercises on the linear algebra inside neural networks, and the autograder that marks them.

    from grader import Course, Submission, Grader

    with Grader(Course.load("course.yaml")) as grader:
        report = grader.grade(Submission.from_path("submissions/ada"))

Names are loaded when they are first used: neither a worker nor `grade --help` drags in the rest.

Each folder is a room of one process or of one reader; docs/architecture.md has the map.

    errors.py    the errors that people meet
    version.py   the version, written once
    nbgrader.py  the names that stand in nbgrader's configuration
    widgets.py   the visualizers in a notebook
    course/      what is taught
    report/      the verdict and its words
    handin/      what was handed in
    sandbox/     the border, and the processes on both sides
    grading/     who asks for marks
    judge/       who gives them
    authoring/   the author's workshop
    study/       a student's own work
    classroom/   a class: collected, judged, kept, handed back
    notebook/    `check()` in a running notebook
    platforms/   the places where instructors already live
    web/         pages in the browser
    cli/         the command
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from grader.version import __version__ as __version__

if TYPE_CHECKING:
    from grader.course.outline import Course as Course
    from grader.errors import CourseError as CourseError
    from grader.errors import GraderFault as GraderFault
    from grader.errors import IsolationError as IsolationError
    from grader.errors import SubmissionError as SubmissionError
    from grader.errors import UsageError as UsageError
    from grader.errors import WxbError as WxbError
    from grader.grading.engine import Grader as Grader
    from grader.handin.submission import Submission as Submission
    from grader.judge.comparing.compare import assert_close as assert_close
    from grader.judge.inputs import awkward as awkward
    from grader.report.model import Report as Report

_HOMES = {
    "Course": "grader.course.outline",
    "CourseError": "grader.errors",
    "Grader": "grader.grading.engine",
    "GraderFault": "grader.errors",
    "IsolationError": "grader.errors",
    "Report": "grader.report.model",
    "Submission": "grader.handin.submission",
    "SubmissionError": "grader.errors",
    "UsageError": "grader.errors",
    "WxbError": "grader.errors",
    "assert_close": "grader.judge.comparing.compare",
    "awkward": "grader.judge.inputs",
}

__all__ = sorted([*_HOMES, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'grader' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
