"""A course with one exercise, which lacks nothing that `grade check` asks for."""

from __future__ import annotations

from pathlib import Path

from support.courses import write_course
from support.files import replaced

SOLUTION = '''"""How long is a vector?

Build it from squares.

Hints
-----
1. One number for a vector of shape (n,).
2. What happens to a sign when you square?
3. np.sqrt((____ ** 2).sum())

Why it works
------------
Pythagoras, once for each axis.
"""

import numpy as np


def length(v):
    """The length of a vector.

    Examples:
        >>> length(np.array([3.0, -4.0]))
        5.0
        >>> length(np.array([0.0]))
        0.0
    """
    return float(np.sqrt((v**2).sum()))


def double(v):
    """Twice a vector.

    Examples:
        >>> double(np.array([1.0, 2.0]))
        array([2., 4.])
    """
    return 2 * v
'''

SUITE = '''"""Lengths."""
import numpy as np
from grader import assert_close


def test_three_four_five(student):
    """A 3-4-5 right triangle: the length of (3, -4) is 5."""
    assert_close(student.length(np.array([3.0, -4.0])), 5.0)


def test_double(student, rng):
    """Doubling doubles every component."""
    v = rng.normal(size=3)
    assert_close(student.double(v), v + v)
'''

MISCONCEPTIONS = '''"""Wrong ideas about length."""


class SumsTheComponents:
    """A length is never negative. What do you do to each component before you add?"""

    def length(v):
        return float(v.sum())


class AddsTwo:
    """Doubling is not adding. What happens to a zero component?"""

    def double(v):
        return v + 2
'''

COURSE = """format: 1
title: Tiny
limits: {call: 1s, exercise: 4s}
feedback: {hidden: everything}
units:
  - id: 01_a
    title: A
    exercises:
      - id: length
        title: How long is a vector?
        forbidden: [numpy.linalg.norm]
        tests: {test_three_four_five: 1.5, test_double: 1}
"""

FILES = {
    "course.yaml": COURSE,
    "solutions/01_a/length.py": SOLUTION,
    "misconceptions/01_a/length.py": MISCONCEPTIONS,
    "tests/hidden/01_a/test_length.py": SUITE,
    "tests/accepts/01_a/length/loop.py": SOLUTION.replace(
        "np.sqrt((v**2).sum())", "sum(x * x for x in v) ** 0.5"
    ),
}


def write(root: Path) -> Path:
    """Write it, stub included."""
    return write_course(root, FILES)


def stub(root: Path) -> Path:
    """The file that a student fills in."""
    return root / "exercises" / "01_a" / "length.py"


def solve(root: Path, *changes: str) -> None:
    """Fill it with the solution, in which `old, new, …` are replaced."""
    stub(root).write_text(replaced(SOLUTION, *changes), "utf-8")
