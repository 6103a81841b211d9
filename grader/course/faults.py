"""What can be wrong with a file of the course, as a `Fault` with its line."""

from __future__ import annotations

from pathlib import Path

from grader.errors import Fault

__all__ = ["COURSE_FILE", "UNREADABLE", "unreadable"]


COURSE_FILE = Path("course.yaml")


#: What reading a file as Python may raise.
UNREADABLE = (OSError, SyntaxError, ValueError, RecursionError, MemoryError)


def unreadable(path: Path, error: BaseException, expected: str) -> Fault:
    """The fault of a file that cannot be read as Python, with its line where that is known."""
    line = getattr(error, "lineno", 0) or 0
    told = getattr(error, "msg", None) or getattr(error, "strerror", None) or str(error)
    what = f"{type(error).__name__}: {told}"
    return Fault(path, max(line, 0), what, "" if "; expected " in told else expected)
