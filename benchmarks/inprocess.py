"""The same hidden suites with no border at all: a student's functions called by hand.

This is the yardstick of the speed table: what the checks themselves cost. It protects nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType

from benchmarks.local import Check, LocalStudent, suite_checks
from benchmarks.marks import Marks, gather
from grader import Course

__all__ = ["checks", "run_checks"]


def checks(course: Course) -> dict[str, list[Check]]:
    """Every run of every test, by exercise."""
    return {e.id: list(suite_checks(e.id, course.suite(e), e.tests)) for e in course.exercises}


def run_checks(course: str, suite: dict[str, list[Check]], modules: dict[str, str]) -> Marks:
    """The marks of one submission; its modules are made here and thrown away."""
    runs: list[tuple[str, bool]] = []
    for name, text in modules.items():
        module = ModuleType(name)
        sys.modules[name] = module
        try:
            exec(compile(text, f"{name}.py", "exec"), module.__dict__)
        except Exception:
            runs += [(check.id, False) for check in suite.get(name, ())]
            continue
        student = LocalStudent(module)
        runs += [(check.id, check.run(student, course)) for check in suite.get(name, ())]
    for name in modules:
        sys.modules.pop(name, None)
    return gather(runs)
