"""An exception that a file of the course raised, as a fault with its place."""

from __future__ import annotations

from pathlib import Path

from grader.course.faults import unreadable


def test_a_file_that_cannot_be_read() -> None:
    path = Path("a.py")
    gone = FileNotFoundError(2, "No such file")
    assert (
        str(unreadable(path, gone, "a file"))
        == "a.py: FileNotFoundError: No such file; expected a file"
    )
    odd = ValueError("source code string cannot contain null bytes")
    assert str(unreadable(path, odd, "")) == f"a.py: ValueError: {odd}"
