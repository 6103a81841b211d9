"""Lines for a newer Python."""

from __future__ import annotations

import sys
from collections import namedtuple

import pytest

from grader.handin.newer import newer_syntax

Version = namedtuple("Version", "major minor")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("type Vector = list[float]", "the `type` statement came with Python 3.12"),
        ("    def f[T](x: T) -> T:", "type parameters in brackets came with Python 3.12"),
        ('print(f"{d["a"]}")', "the same quotes inside an f-string came with Python 3.12"),
        ("x = f'{\"\\n\".join(v)}'", "a backslash inside an f-string's braces came with"),
        ("except ValueError, TypeError:", "with several types without brackets came with"),
        ('x = t"{a}"', "t-strings came with Python 3.14"),
        ("lazy import numpy", "`lazy` imports came with Python 3.15"),
    ],
)
def test_the_python_that_grades_is_named(
    monkeypatch: pytest.MonkeyPatch, line: str, told: str
) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 11))
    assert newer_syntax(line).startswith(" (Python 3.11 grades this, and ")
    assert told in newer_syntax(line)
    monkeypatch.setattr(sys, "version_info", Version(3, 99))
    assert newer_syntax(line) == ""


@pytest.mark.parametrize("line", ["type = 3", "def f(x:", 'f"{x} is {y"', 'cat"x"', "x = = 1"])
def test_other_mistakes_are_mistakes(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 11))
    assert newer_syntax(line) == ""
