"""What an autograder cell of stock nbgrader runs in the student's kernel: a hidden suite, by hand.

Nothing here loads a course: the kernel that starts for each submission is not made slower by it.
"""

from __future__ import annotations

import io
import json
import warnings
from contextlib import redirect_stderr
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.local import LocalStudent, suite_checks
from benchmarks.marks import gather

__all__ = ["earned"]


def earned(exercise: str, described: str, names: dict[str, Any]) -> float:
    """The points of an exercise, for what a notebook has defined.

    Args:
        described: JSON: the course's title, the suite's path, and each test's points.
        names: the notebook's globals.
    """
    about = json.loads(described)
    module = ModuleType(exercise)
    module.__dict__.update(names)
    student = LocalStudent(module)
    checks = suite_checks(exercise, Path(about["suite"]), about["tests"])
    # A word on stderr would cost the whole cell: NumPy's about 0 / 0, for example.
    with warnings.catch_warnings(), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        runs = gather((check.id, check.run(student, about["title"])) for check in checks)
    worth: dict[str, float] = about["tests"]
    return sum(worth[test] for test in worth if runs.get(f"{exercise}::{test}", False))
