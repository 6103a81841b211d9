"""A verdict stands at the line that its message, its call or its function names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grader.platforms.github.places import Place, Work
from grader.report.model import TestResult as OneTest

TEXT = '''"""Doc."""
import numpy as np
import mine


class Layer:
    def forward(self, x):
        return x


def length(v):
    return mine.total(v)


double = lambda v: 2 * v


def length(v):
    return 0.0
'''
PATH = "exercises/01_a/length.py"
WORK = Work({"length": PATH, "mine": "exercises/mine.py"}, {"length": TEXT, "mine": "a = 1\n" * 9})


def result(message: str, name: str = "test_it") -> OneTest:
    return OneTest(name, "A title.", "failed", Decimal(0), Decimal(1), message)


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("It raised E: e\nlength.py, line 12: return mine.total(v)\nCall: length(v)", (PATH, 12)),
        ("It raised E: e\nmine.py, line 4: a = 1", ("exercises/mine.py", 4)),
        ("Do without sum (mine.py, line 2): build it.", ("exercises/mine.py", 2)),
        ("Wrong value.\nCall: length(np.array([1.0]))", (PATH, 18)),
        ("Wrong value.\nCall: Layer(2).forward(np.array([1.0]))", (PATH, 6)),
        ("Wrong value.\nCall: double(2)", (PATH, 15)),
        ("Wrong value.\nCall: (lambda: 1)(2)", (PATH, 1)),
        ("", (PATH, 1)),
        ("length.py, line 999: beyond its end\nCall: length(1)", (PATH, 18)),
        ("length.py, line 0\n/etc/passwd.py, line 1: no\nother.py, line 1: no", (PATH, 1)),
    ],
)
def test_place(message: str, place: tuple[str, int]) -> None:
    assert WORK.place("length", result(message)) == Place(*place)


def test_an_example_has_the_name_of_its_function() -> None:
    assert WORK.place("length", result("", "forward")) == Place(PATH, 7)


def test_what_was_not_handed_in_has_no_line() -> None:
    assert WORK.place("absent", result("")) == Place("", 0)
