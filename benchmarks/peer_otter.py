"""Otter-Grader: `otter run` as it comes, one run a submission with one autograder zip.

`otter generate` makes the zip of a file of tests for each exercise, in Otter's exception-based
format. A cell's metadata says which file is run after it. What came of it is read from the
results.json of each run.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from benchmarks.environments import TESTS_NEED, environment, variables
from benchmarks.marks import Marks
from benchmarks.notebooks import Cell, call_of, code, write
from benchmarks.timed import Cost, timed
from grader import Course
from grader.course.outline import Exercise

__all__ = ["python", "run"]

PACKAGES = ("otter-grader==7.0.0", "ipykernel", *TESTS_NEED)
_CASE = """

@test_case(name="{exercise}::{test}", points={points})
def case_of_{test}():
    {call}
"""
#: How otter 7 tells of a case, and of a file in which all cases pass.
_CASE_SAID = re.compile(r"^\s*(\w+::\w+) result:\s*(✅|❌)", re.M)
_ALL_SAID = re.compile(r"^\s*(\w+) results: All test cases passed!", re.M)


def python() -> Path:
    """The environment's Python."""
    return environment("otter", PACKAGES)


def run(
    course: Course, submissions: list[dict[str, str]], folder: Path
) -> tuple[Cost, list[Marks]]:
    """Mark each by a command of its own; the cost of all of them, and the marks."""
    tests = folder / "tests"
    tests.mkdir()
    for exercise in course.exercises:
        (tests / f"{exercise.id}.py").write_text(_file(course, exercise), "utf-8")
    here = python()
    otter, paths = [here, "-m", "otter"], variables(here)
    timed([*otter, "generate", "-t", tests, "-o", "autograder.zip"], folder, paths)
    total, marks = Cost(0, 0), []
    for number, modules in enumerate(submissions):
        own = folder / f"s{number:05}"
        write(own / "eight.ipynb", _cells(course, modules))
        total += timed(
            [*otter, "run", "-a", "../autograder.zip", "-o", ".", "--no-logo", "eight.ipynb"],
            own, paths,
        )  # fmt: skip
        marks.append(_marks(course, json.loads((own / "results.json").read_text("utf-8"))))
    return total, marks


def _file(course: Course, exercise: Exercise) -> str:
    head = (
        "OK_FORMAT = False\nfrom otter.test_files import test_case\n"
        "from benchmarks.inside import attempt\n"
        f"name = {exercise.id!r}\npoints = None\n"
    )
    cases = (
        _CASE.format(
            exercise=exercise.id, test=test, points=float(points),
            call=call_of(course, exercise, test),
        )
        for test, points in exercise.tests.items()
    )  # fmt: skip
    return head + course.suite(exercise).read_text("utf-8") + "".join(cases)


def _cells(course: Course, modules: dict[str, str]) -> list[Cell]:
    return [code(modules[e.id], e.id, otter={"tests": [e.id]}) for e in course.exercises]


def _marks(course: Course, results: dict[str, list[dict[str, str]]]) -> Marks:
    said = "\n".join(each.get("output", "") for each in results["tests"])
    found = {name: mark == "✅" for name, mark in _CASE_SAID.findall(said)}
    whole = set(_ALL_SAID.findall(said))
    return found | {
        f"{exercise.id}::{test}": True
        for exercise in course.exercises
        if exercise.id in whole
        for test in exercise.tests
    }
