"""What course.yaml says against what lies in the four trees."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.course.faults import COURSE_FILE, UNREADABLE, unreadable
from grader.course.outline import Course, Exercise
from grader.course.reading.nodes import KeyPath, Lines
from grader.course.text import read_source
from grader.errors import CourseError, Fault

__all__ = ["faults"]


def faults(course: Course, lines: Lines, *, stubs: bool, strays: bool) -> list[Fault]:
    """Ids that repeat, files that are missing, tests and points that do not fit together.

    Args:
        course: an empty id is one that could not be read.
        stubs: also ask for stubs, which a course is read without.
        strays: also ask that each file in the trees has an entry.
    """
    found = list(_repeated(course, lines))
    for place, exercise in _places(course):
        if exercise.unit:
            found += _missing(course, exercise, lines[place], stubs)
            found += _tests(course, exercise, place, lines)
    if strays:
        found += _strays(course)
    return found


def _places(course: Course) -> Iterator[tuple[KeyPath, Exercise]]:
    for i, unit in enumerate(course.units):
        for j, exercise in enumerate(unit.exercises):
            if exercise.id:
                yield ("units", i, "exercises", j), exercise


def _repeated(course: Course, lines: Lines) -> Iterator[Fault]:
    named = [(("units", i), unit.id) for i, unit in enumerate(course.units) if unit.id]
    yield from _twice("unit", named, lines)
    yield from _twice("exercise", [(place, e.id) for place, e in _places(course)], lines)


def _twice(kind: str, named: Sequence[tuple[KeyPath, str]], lines: Lines) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, name in named:
        line = lines[(*place, "id")]
        if name in seen:
            what = f"{kind} {name} is there twice (first on line {seen[name]})"
            yield Fault(COURSE_FILE, line, what, "one id for each")
        seen.setdefault(name, line)


def _missing(course: Course, exercise: Exercise, line: int, stubs: bool) -> Iterator[Fault]:
    root = Path(course.root)
    wanted = {"solution": course.solution(exercise), "suite": course.suite(exercise)}
    if stubs:
        wanted["stub"] = course.stub(exercise)
    for kind, path in wanted.items():
        if not path.is_file():
            near = _near_file(path, {e.id for e in course.exercises})
            hint = f"did you mean {near.relative_to(root)}?" if near else f"a file {path.name}"
            inside = path.relative_to(root).as_posix()
            yield Fault(COURSE_FILE, line, f"{exercise.id} has no {kind} {inside}", hint)


def _near_file(path: Path, taken: set[str]) -> Path | None:
    """A file with a name like this one's, that belongs to no exercise."""
    there = path.parent.glob("*.py") if path.parent.is_dir() else ()
    names = [p.name for p in there if p.stem.removeprefix("test_") not in taken]
    close = difflib.get_close_matches(path.name, names, 1, 0.8)
    return path.parent / close[0] if close else None


def _tests(course: Course, exercise: Exercise, place: KeyPath, lines: Lines) -> Iterator[Fault]:
    """Points against the test functions of the suite, which is read and never run."""
    path = course.suite(exercise)
    inside = path.relative_to(course.root)
    if not path.is_file():
        return
    try:
        body = ast.parse(read_source(path, course.root)).body
    except CourseError as error:
        yield from error.faults
        return
    except UNREADABLE as error:
        yield unreadable(inside, error, "a suite that Python can read")
        return
    there: dict[str, int] = {}
    for node in body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            what = f"class {node.name}: a test is a function of its own"
            yield Fault(inside, node.lineno, what, "test functions at the left margin")
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name in there:
            what = f"a second {node.name} hides the first"
            yield Fault(inside, node.lineno, what, "another name")
        elif node.name.startswith("test") and isinstance(node, ast.AsyncFunctionDef):
            yield Fault(inside, node.lineno, f"{node.name} is async", "a plain function")
        elif node.name.startswith("test") and not node.name.startswith("test_"):
            what = f"{node.name} would run as a test"
            yield Fault(inside, node.lineno, what, f"test_{node.name[4:]}, or another name")
        if node.name.startswith("test_"):
            there[node.name] = node.lineno
    for test in exercise.tests:
        if test not in there:
            close = difflib.get_close_matches(test, there, 1)
            hint = f"did you mean {close[0]}?" if close else f"a function in {inside.as_posix()}"
            line = lines.get((*place, "tests", test), lines[place])
            yield Fault(COURSE_FILE, line, f"there is no test {test}", hint)
    for test, line in there.items() if exercise.tests else ():
        if test not in exercise.tests:
            where = f"{inside.as_posix()}:{line}"
            at = lines.get((*place, "tests"), lines[place])
            yield Fault(COURSE_FILE, at, f"{test} ({where}) has no points", f"{test}: 1")


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
