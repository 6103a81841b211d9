"""The text of the course's files."""

from __future__ import annotations

from pathlib import Path

from grader.course.faults import not_utf8, short_path, unreadable
from grader.errors import CourseError

__all__ = ["plain_lines", "read_draft", "read_source"]


def plain_lines(text: str) -> str:
    """A text without a byte order mark, its lines ended by line feeds only."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_source(path: Path, root: str | Path, expected: str = "a file that can be read") -> str:
    """The text of a file that a course's author wrote: a solution, suite, misconception, lesson.

    Args:
        root: the course's folder, from which the message names the file.
        expected: what to say of a file that is not there.

    Raises:
        CourseError: there is no such file, or it is not UTF-8; with the line of the first such
            byte.
    """
    inside = short_path(path, root)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CourseError([unreadable(inside, error, expected)]) from None
    try:
        return plain_lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CourseError([not_utf8(inside, data, error)]) from None


def read_draft(path: Path) -> str:
    """The text of a stub that somebody may be working on: what is no UTF-8 in it is replaced.

    Raises:
        OSError: it cannot be read.
    """
    return plain_lines(path.read_bytes().decode("utf-8", "replace"))
