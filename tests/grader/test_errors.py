"""The tree of errors, and the names that the package offers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import grader
from grader.errors import CourseError, Fault, GraderFault, IsolationError, SubmissionError, WxbError


def test_exit_codes() -> None:
    assert GraderFault.exit_code == 3
    for error in (CourseError, IsolationError, SubmissionError, grader.UsageError):
        assert issubclass(error, WxbError)
        assert error.exit_code == 2
    assert issubclass(SubmissionError, grader.UsageError)


def test_a_fault_is_one_line() -> None:
    path = Path("course.yaml")
    assert str(Fault(path, 3, "wrong", "right")) == "course.yaml:3: wrong; expected right"
    assert str(Fault(path, 0, "wrong")) == "course.yaml: wrong"
    error = CourseError([Fault(path, 1, "a"), Fault(path, 2, "b", "c")])
    assert str(error) == "course.yaml:1: a\ncourse.yaml:2: b; expected c"
    assert len(error.faults) == 2


def test_every_name_that_is_offered_is_there() -> None:
    for name in grader.__all__:
        assert getattr(grader, name) is not None
    assert grader.Grader is grader.Grader
    with pytest.raises(AttributeError, match="module 'grader' has no attribute 'Nothing'"):
        _ = grader.Nothing  # type: ignore[attr-defined]


def test_neither_help_nor_the_library_loads_what_is_slow() -> None:
    code = (
        "import sys, grader, grader.cli.app\n"
        "from grader import Course, Grader, Submission\n"
        "print(sorted({'numpy', 'torch', 'pytest'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
