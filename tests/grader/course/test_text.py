"""Reading the course's files as text, and cutting it by the places that the parser names."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.course.text import (
    Cut,
    Text,
    first_line,
    plain_lines,
    read_draft,
    read_source,
    without_docstrings,
)
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


SOURCE = """\
é = 1; ü = "ß"  # a comment
@decorated
@twice
def f(x):
    return "größe", x
class A: pass
"""


def test_pieces_of_a_text_by_the_parsers_places() -> None:
    text, body = Text(SOURCE), ast.parse(SOURCE).body
    assert [text.segment(node) for node in body] == [
        "é = 1", 'ü = "ß"', '@decorated\n@twice\ndef f(x):\n    return "größe", x', "class A: pass",
    ]  # fmt: skip
    assert [first_line(node) for node in body] == [1, 1, 2, 6]
    assert SOURCE[text.start(body[1]) : text.end(body[1])] == 'ü = "ß"'
    assert (
        SOURCE[: text.line_end(body[1])]
        == SOURCE[: text.line_start(2)]
        == ('é = 1; ü = "ß"  # a comment\n')
    )
    function = body[2]
    assert isinstance(function, ast.FunctionDef)
    inner = function.body[0]
    assert SOURCE[text.start(inner) : text.end(inner)] == 'return "größe", x'
    assert text.line_at(text.start(inner)) == 5
    assert [text.line_at(text.line_start(line)) for line in range(1, 7)] == [1, 2, 3, 4, 5, 6]


def test_cuts_are_made_in_the_order_of_the_text() -> None:
    text = Text("abcdef")
    assert text.edited([]) == "abcdef"
    assert text.edited([Cut(4, 5, ""), Cut(0, 1, "x"), Cut(2, 2, "-")]) == "xb-cdf"
    assert text.edited([Cut(1, 4, "…"), Cut(2, 3, "lost")]) == "a…ef", "the first wins"


def test_docstrings_are_left_out_and_nothing_else() -> None:
    text = '"""Module\ndoc."""\n\ndef f(x):\n    """Of f."""\n    # kept\n    return "text"\n\n\n'
    assert without_docstrings(text) == 'def f(x):\n    # kept\n    return "text"\n'
    assert without_docstrings('def f():\n    """All."""\n') == 'def f():\n    """All."""\n'
    with pytest.raises(SyntaxError):
        without_docstrings("def")
