"""What can be wrong with a file of the course, as a `Fault` with its line."""

from __future__ import annotations

import difflib
import traceback
from pathlib import Path

from grader.errors import Fault

__all__ = ["COURSE_FILE", "UNREADABLE", "broken", "not_utf8", "short_path", "unreadable"]

#: The file that a course begins with, as faults name it: relative to the course.
COURSE_FILE = Path("course.yaml")

#: What reading a file as Python may raise.
UNREADABLE = (OSError, SyntaxError, ValueError, RecursionError, MemoryError)

#: What suites and solutions import most: what a name may have been meant for.
_LIBRARIES = ("grader", "math", "numpy", "pandas", "pytest", "scipy", "torch")

#: Longest sentence about an exception, in characters: some hold a whole array in their text.
_WIDEST = 300


def short_path(path: Path, root: str | Path) -> Path:
    """A path as messages name it: relative to a folder where it lies inside it."""
    return path.relative_to(root) if path.is_relative_to(root) else path


def unreadable(path: Path, error: BaseException, expected: str) -> Fault:
    """The fault of a file that cannot be read as Python, with its line where that is known."""
    line = getattr(error, "lineno", 0) or 0
    reason = getattr(error, "msg", None) or getattr(error, "strerror", None) or str(error)
    what = f"{type(error).__name__}: {reason}"
    return Fault(path, max(line, 0), what, "" if "; expected " in reason else expected)


def not_utf8(path: Path, data: bytes, error: UnicodeDecodeError) -> Fault:
    """The fault of a file with a byte that is no text, with the line of that byte."""
    line = data.count(b"\n", 0, error.start) + 1
    return Fault(path, line, "a byte that is not UTF-8", "UTF-8 text")


def broken(path: Path, root: str | Path, error: BaseException, expected: str) -> Fault:
    """The fault of a file that raised an exception when it was run, with its line in the file.

    Args:
        path: the file as Python names it in tracebacks; the fault names it from `root` on.
    """
    inside = short_path(path, root)
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return unreadable(inside, error, expected)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno or 0 for frame in frames if frame.filename == str(path)]
    text = str(error).splitlines() or [""]
    what = f"{type(error).__name__}: {text[0]}"[:_WIDEST]
    if isinstance(error, ModuleNotFoundError) and error.name:
        near = difflib.get_close_matches(error.name.partition(".")[0], _LIBRARIES, 1, 0.8)
        installed = "a library that is installed where the course is graded"
        expected = f"did you mean {near[0]}?" if near else installed
    return Fault(inside, lines[-1] if lines else 0, what, expected)
