"""Stubs from solutions: the signature and docstring live once, in the solution.

What a stub keeps of its solution's text, and what it leaves out, is in `grader.course.bodies`.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Literal

import msgspec

from grader.course.bodies import SECTION, stub
from grader.course.files import UNREADABLE, unreadable
from grader.course.outline import Course
from grader.errors import CourseError

__all__ = ["DRIFTED", "Sections", "Synced", "is_unfilled", "sections", "stub", "sync"]

State = Literal["same", "written", "missing", "differs", "kept: it has been filled in"]
#: States of a stub that does not follow from its solution.
DRIFTED: frozenset[State] = frozenset({"missing", "differs", "kept: it has been filled in"})


class Sections(msgspec.Struct, frozen=True):
    """The parts of a solution's docstring that a stub leaves out."""

    hints: tuple[str, ...] = ()
    why: str = ""


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
    faults = []
    for exercise in course.exercises:
        solution = course.solution(exercise)
        try:
            found[course.stub(exercise)] = stub(solution.read_text("utf-8"))
        except UNREADABLE as error:
            inside = solution.relative_to(course.root)
            faults.append(unreadable(inside, error, "a solution that a stub can be made of"))
    if faults:
        raise CourseError(faults)
    return found


def _state(path: Path, text: str) -> State:
    if not path.is_file():
        return "missing"
    present = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    if present == text:
        return "same"
    return "differs" if is_unfilled(present) else "kept: it has been filled in"


def is_unfilled(text: str) -> bool:
    """Whether a stub holds nobody's work: its functions only raise NotImplementedError."""
    try:
        return stub(text) == text
    except UNREADABLE:
        return False


def sections(source: str) -> Sections:
    """Hints (a numbered list) and the reason why it works, from a solution's docstring."""
    parts = SECTION.split(ast.get_docstring(ast.parse(source)) or "")
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    hints = re.split(r"(?m)^\d+\.\s+", found.get("Hints", ""))[1:]
    return Sections(
        tuple(" ".join(hint.split()) for hint in hints),
        " ".join(found.get("Why it works", "").split()),
    )
