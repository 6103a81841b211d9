"""Stubs kept true to their solutions: what `grade sync` writes and `--check` compares."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from grader.course.faults import UNREADABLE, unreadable
from grader.course.outline import Course
from grader.course.stubs import is_unfilled, stub
from grader.course.text import read_draft, read_source
from grader.errors import CourseError, Fault

__all__ = ["DRIFTED", "State", "Synced", "sync"]


State = Literal["same", "written", "missing", "differs", "kept: it has been filled in"]


#: States of a stub that does not follow from its solution.
DRIFTED: frozenset[State] = frozenset({"missing", "differs", "kept: it has been filled in"})


class Synced(msgspec.Struct, frozen=True):
    """One stub, and how it stands to its solution; `path` is relative to the course."""

    path: str
    state: State


def sync(course: Course, *, write: bool, force: bool = False) -> list[Synced]:
    """Compare each stub with what its solution says, and write what differs.

    Args:
        write: write stubs that are missing or differ.
        force: also those that somebody has begun to fill in.

    Raises:
        CourseError: a solution cannot be read as Python.
    """
    results = []
    # All solutions are read before a stub is written, so that a fault leaves nothing half done.
    texts = _stubs_of(course)
    for path, text in texts.items():
        state = _state(path, text)
        if write and (state in ("missing", "differs") or (force and state in DRIFTED)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            state = "written"
        results.append(Synced(path.relative_to(course.root).as_posix(), state))
    return results


def _stubs_of(course: Course) -> dict[Path, str]:
    found: dict[Path, str] = {}
    faults: list[Fault] = []
    expected = "a solution that a stub can be made of"
    for exercise in course.exercises:
        solution = course.solution(exercise)
        try:
            found[course.stub(exercise)] = stub(read_source(solution, course.root, expected))
        except CourseError as error:
            faults += error.faults
        except UNREADABLE as error:
            inside = solution.relative_to(course.root)
            faults.append(unreadable(inside, error, expected))
    if faults:
        raise CourseError(faults)
    return found


def _state(path: Path, text: str) -> State:
    if not path.is_file():
        return "missing"
    present = read_draft(path)
    if present == text:
        return "same"
    return "differs" if is_unfilled(present) else "kept: it has been filled in"
