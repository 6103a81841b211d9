"""Reading the course's files as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.text import plain_lines, read_draft, read_source
from grader.errors import CourseError


@pytest.mark.parametrize(
    "data", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\nb\n"], ids=repr
)
def test_line_ends_and_byte_order_marks_are_alike(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(data)
    assert read_source(path, tmp_path) == read_draft(path) == "a\nb\n"
    assert plain_lines(data.decode()) == "a\nb\n"


def test_a_byte_that_is_no_text_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "solutions" / "a.py"
    path.parent.mkdir()
    path.write_bytes(b"x = 1\r\ny = '\xe4'\n\xff\n")
    with pytest.raises(CourseError) as caught:
        read_source(path, tmp_path)
    assert str(caught.value) == "solutions/a.py:2: a byte that is not UTF-8; expected UTF-8 text"
    with pytest.raises(CourseError, match=f"^{path}:2: "):
        read_source(path, tmp_path / "elsewhere")
    assert read_draft(path) == "x = 1\ny = '�'\n�\n", "a student's is read as it stands"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CourseError) as caught:
        read_source(tmp_path / "a.py", tmp_path, "a solution")
    message = "a.py: FileNotFoundError: No such file or directory; expected a solution"
    assert str(caught.value) == message
