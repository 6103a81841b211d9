"""nbgrader: `nbgrader autograde` as it comes, over one notebook a student.

The instructor's version goes through `nbgrader generate_assignment`, so that nbgrader itself puts
its own tests back before it runs them. Each test is a cell of its own, which asserts, in the
student's kernel. What came of it is read from nbgrader's gradebook.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.environments import TESTS_NEED, environment, variables
from benchmarks.marks import Marks
from benchmarks.notebooks import Cell, call_of, code, write
from benchmarks.timed import Cost, timed
from grader import Course

__all__ = ["autograde", "python"]

PACKAGES = ("nbgrader", *TESTS_NEED)
_NAME = "eight"

#: Runs in nbgrader's own environment: what its gradebook holds of each cell with points.
_READ = """
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({
        each.student.id: {
            grade.name: grade.auto_score == grade.max_score
            for notebook in each.notebooks for grade in notebook.grades
        }
        for each in book.assignment_submissions("eight")
    }))
"""


def python() -> Path:
    """The environment's Python."""
    return environment("nbgrader", PACKAGES)


def autograde(
    course: Course, submissions: list[dict[str, str]], folder: Path
) -> tuple[Cost, list[Marks]]:
    """Mark all by one command; its cost, all in all, and the marks."""
    stubs = {e.id: course.stub(e).read_text("utf-8") for e in course.exercises}
    write(folder / "source" / _NAME / "eight.ipynb", _cells(course, stubs))
    here = python()
    paths, nbgrader = variables(here), [here, "-m", "nbgrader"]
    timed([*nbgrader, "generate_assignment", _NAME], folder, paths)
    for number, modules in enumerate(submissions):
        student = f"s{number:05}"
        write(folder / "submitted" / student / _NAME / "eight.ipynb", _cells(course, modules))
    cost = timed([*nbgrader, "autograde", _NAME], folder, paths)
    told = subprocess.run(
        [here, "-c", _READ], cwd=folder, env={**os.environ, **paths}, capture_output=True,
        check=False,
    )  # fmt: skip
    if told.returncode:
        sys.exit(told.stderr.decode())
    found = json.loads(told.stdout)
    return cost, [
        {name.replace("--", "::", 1): passed for name, passed in found[student].items()}
        for student in sorted(found)
    ]


def _cells(course: Course, modules: dict[str, str]) -> list[Cell]:
    cells = [code("from benchmarks.inside import attempt", "begin", nbgrader=_about("begin"))]
    for exercise in course.exercises:
        own = exercise.id
        cells.append(code(modules[own], own, nbgrader=_about(own, solution=True, locked=False)))
        suite, name = course.suite(exercise).read_text("utf-8"), f"{own}--suite"
        cells.append(code(suite, name, nbgrader=_about(name)))
        for test, points in exercise.tests.items():
            name = f"{own}--{test}"
            about = _about(name, grade=True, points=float(points))
            cells.append(code(call_of(course, exercise, test), name, nbgrader=about))
    return cells


def _about(name: str, **others: Any) -> dict[str, Any]:
    """Metadata of a cell, as nbgrader's schema 3 has it; locked is what it puts back."""
    plain = {"grade": False, "locked": True, "solution": False, "task": False}
    return {"grade_id": name, "schema_version": 3, **plain, **others}
