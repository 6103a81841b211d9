"""What a student is told against a wrong idea, read from the course's files; no code of it runs."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from grader.course.outline import Course, Exercise

__all__ = ["hint_of", "hints_of"]


def hint_of(course: Course, exercise: str, idea: str) -> str:
    """The hint against one wrong idea; "" where the course has none of that name."""
    found = course.exercise(exercise)
    return "" if found is None else hints_of(course, found).get(idea, "")


def hints_of(course: Course, exercise: Exercise) -> Mapping[str, str]:
    """Wrong idea of an exercise -> its hint, on one line."""
    path = course.misconceptions(exercise)
    try:
        now = path.stat()
        return _read(path, now.st_mtime_ns, now.st_size, now.st_ino)
    except (OSError, ValueError, SyntaxError):  # a handout has none; `grade check` reads them
        return {}


@lru_cache(maxsize=1024)
def _read(path: Path, *state: int) -> Mapping[str, str]:
    """The hints of one file, as it is now: figures are worked out again and again in a run."""
    tree = ast.parse(path.read_text("utf-8"))
    return {
        node.name: " ".join((ast.get_docstring(node) or "").split())
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
