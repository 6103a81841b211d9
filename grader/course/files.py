"""What course.yaml says against what lies in the four trees."""

from __future__ import annotations

import ast
import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.course.nodes import Lines, Place
from grader.course.outline import Course, Exercise
from grader.errors import Fault

__all__ = ["check_module_name", "faults"]

_FILE = Path("course.yaml")
_LIBRARIES = frozenset({"numpy", "torch", "pytest", "grader", "scipy", "conftest"})


def check_module_name(name: str) -> None:
    """Students' modules import each other by name: none may hide a library's.

    Raises:
        ValueError: it would.
    """
    if name in sys.stdlib_module_names or name in _LIBRARIES:
        raise ValueError(f"{name} is the name of a library module; expected one of its own")


def faults(course: Course, lines: Lines, strict: bool) -> list[Fault]:
    """Ids that repeat, files that are missing, tests and points that do not fit together."""
    found = list(_repeated(course, lines))
    for place, exercise in _places(course):
        found += _missing(course, exercise, lines[place], strict)
        found += _tests(course, exercise, place, lines)
    if strict:
        found += _strays(course)
    return found


def _places(course: Course) -> Iterator[tuple[Place, Exercise]]:
    for i, unit in enumerate(course.units):
        for j, exercise in enumerate(unit.exercises):
            yield ("units", i, "exercises", j), exercise


def _repeated(course: Course, lines: Lines) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for i, unit in enumerate(course.units):
        line = lines[("units", i, "id")]
        if unit.id in seen:
            yield _twice("unit", unit.id, line, seen[unit.id])
        seen.setdefault(unit.id, line)
    seen = {}
    for place, exercise in _places(course):
        line = lines[(*place, "id")]
        if exercise.id in seen:
            yield _twice("exercise", exercise.id, line, seen[exercise.id])
        seen.setdefault(exercise.id, line)


def _twice(kind: str, name: str, line: int, first: int) -> Fault:
    return Fault(
        _FILE, line, f"{kind} {name} is there twice (first on line {first})", "one id each"
    )


def _missing(course: Course, exercise: Exercise, line: int, strict: bool) -> Iterator[Fault]:
    root = Path(course.root)
    wanted = {"solution": course.solution(exercise), "suite": course.suite(exercise)}
    if strict:
        wanted["stub"] = course.stub(exercise)
    for kind, path in wanted.items():
        if not path.is_file():
            near = _near_file(path)
            hint = f"did you mean {near.relative_to(root)}?" if near else f"a file {path.name}"
            inside = path.relative_to(root).as_posix()
            yield Fault(_FILE, line, f"{exercise.id} has no {kind} {inside}", hint)


def _near_file(path: Path) -> Path | None:
    names = [p.name for p in path.parent.glob("*.py")] if path.parent.is_dir() else []
    close = difflib.get_close_matches(path.name, names, 1, 0.8)
    return path.parent / close[0] if close else None


def _tests(course: Course, exercise: Exercise, place: Place, lines: Lines) -> Iterator[Fault]:
    """Points against the test functions of the suite, which is read and never run."""
    path = course.suite(exercise)
    inside = path.relative_to(course.root)
    if not path.is_file():
        return
    try:
        body = ast.parse(path.read_bytes()).body
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        told = getattr(error, "msg", None) or str(error)
        yield Fault(inside, line, f"SyntaxError: {told}", "a suite that Python can read")
        return
    there: dict[str, int] = {}
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            if node.name in there:
                yield Fault(inside, node.lineno, f"a second {node.name} hides the first")
            there[node.name] = node.lineno
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            told = f"class {node.name}: a test is a function of its own"
            yield Fault(inside, node.lineno, told, "test functions at the left margin")
        elif isinstance(node, ast.AsyncFunctionDef) and node.name.startswith("test"):
            yield Fault(inside, node.lineno, f"{node.name} is async", "a plain function")
    for test in exercise.tests:
        if test not in there:
            close = difflib.get_close_matches(test, there, 1)
            hint = f"did you mean {close[0]}?" if close else f"a function in {inside.as_posix()}"
            line = lines.get((*place, "tests", test), lines[place])
            yield Fault(_FILE, line, f"there is no test {test}", hint)
    for test, line in there.items():
        if test not in exercise.tests:
            where = f"{inside.as_posix()}:{line}"
            at = lines.get((*place, "tests"), lines[place])
            yield Fault(_FILE, at, f"{test} ({where}) has no points", f"{test}: 1")


def _strays(course: Course) -> Iterator[Fault]:
    """Python files in the trees that no entry asks for."""
    root = Path(course.root)
    exercises = list(course.exercises)
    wanted = {course.stub(e) for e in exercises} | {course.solution(e) for e in exercises}
    wanted |= {course.misconceptions(e) for e in exercises} | {course.suite(e) for e in exercises}
    folders = {course.accepts(e) for e in exercises}
    ids = [e.id for e in exercises]
    for tree in ("exercises", "solutions", "misconceptions", "tests/hidden", "tests/accepts"):
        for path in sorted((root / tree).rglob("*.py")):
            if path in wanted or path.parent in folders or path.name == "conftest.py":
                continue
            name = path.parent.name if tree == "tests/accepts" else path.stem
            close = difflib.get_close_matches(name.removeprefix("test_"), ids, 1)
            hint = f"did you mean {close[0]}?" if close else "an entry in course.yaml"
            yield Fault(path.relative_to(root), 0, "no exercise of course.yaml has this file", hint)
