"""Faults from exceptions: with the line in the file that they came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.faults import broken, short_path, unreadable


def fault_of(path: Path, root: Path, text: str) -> str:
    """What is said of a file that is run."""
    path.write_text(text, "utf-8")
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        exec(compile(text, str(path), "exec"), {})
    return str(broken(path, root, caught.value, "code that runs"))


def test_an_exception_is_told_with_the_files_own_line(tmp_path: Path) -> None:
    said = fault_of(tmp_path / "a.py", tmp_path, "import math\n\nmath.sqrt(-1)\n")
    assert said.startswith("a.py:3: ValueError: ")
    assert said.endswith("; expected code that runs")
    deep = "def f():\n    raise KeyError('x\\ny')\n\nf()\n"
    assert fault_of(tmp_path / "a.py", tmp_path, deep).startswith("a.py:2: KeyError: ")


def test_a_syntax_error_is_told_with_the_line_it_names(tmp_path: Path) -> None:
    said = fault_of(tmp_path / "a.py", tmp_path, "x = 1\nclass A\n")
    assert said == "a.py:2: SyntaxError: expected ':'; expected code that runs"


def test_of_another_file_the_line_that_led_there(tmp_path: Path) -> None:
    said = fault_of(tmp_path / "a.py", tmp_path, "x = 1\ncompile('class A', 'b.py', 'exec')\n")
    assert said.startswith("a.py:2: SyntaxError: expected ':' (b.py, line 1)")


def test_one_line_of_a_long_text_is_enough(tmp_path: Path) -> None:
    said = fault_of(tmp_path / "a.py", tmp_path, "raise ValueError('a\\nb')\n")
    assert said == "a.py:1: ValueError: a; expected code that runs"
    said = fault_of(tmp_path / "a.py", tmp_path, "raise ValueError('a' * 9999)\n")
    assert len(said) < 400


def test_paths_are_short_where_they_lie_inside(tmp_path: Path) -> None:
    assert short_path(tmp_path / "a" / "b.py", tmp_path) == Path("a/b.py")
    assert short_path(Path("/elsewhere/b.py"), tmp_path) == Path("/elsewhere/b.py")


def test_a_file_that_cannot_be_read() -> None:
    path = Path("a.py")
    gone = FileNotFoundError(2, "No such file")
    assert (
        str(unreadable(path, gone, "a file"))
        == "a.py: FileNotFoundError: No such file; expected a file"
    )
    odd = ValueError("source code string cannot contain null bytes")
    assert str(unreadable(path, odd, "")) == f"a.py: ValueError: {odd}"
