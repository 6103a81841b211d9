"""A course of two exercises, so that there is one to go on to."""

from __future__ import annotations

from pathlib import Path

from support.courses import write_course

SOLUTION = '''"""{title}

Something to do.

Hints
-----
1. One number.
2. What is a {name}?
3. `return ____`

Why it works
------------
Because {name} is what it is.
"""


def {name}(x):
    """Give {name}.

    Examples:
        >>> {name}(2.0)
        {two}
    """
    return {right}
'''

SUITE = '''"""Tests of {name}."""
from grader import assert_close


def test_of_two(student):
    """The {name} of 2 is {two}."""
    assert_close(student.{name}(2.0), {two})


def test_of_any(student, rng):
    """It holds for any number."""
    x = float(rng.normal())
    assert_close(student.{name}(x), {right})
'''

IDEAS = '''"""Wrong ideas."""


class AddsOne:
    """You add one. What does the word {name} say?"""

    def {name}(x):
        return x + 1
'''

COURSE = """format: 1
title: Tiny
limits: {call: 2s, exercise: 6s}
feedback: {hidden: everything}
units:
  - id: 01_a
    title: A
    exercises:
      - id: double
        title: What is twice as much?
        tests: {test_of_two: 1.5, test_of_any: 1}
      - id: half
        title: What is half as much?
        tests: {test_of_two: 1, test_of_any: 0.5}
"""


def write(root: Path) -> Path:
    """Write it, stubs included."""
    files = {"course.yaml": COURSE}
    for name, right, two in (("double", "2 * x", "4.0"), ("half", "x / 2", "1.0")):
        words = {"name": name, "right": right, "two": two, "title": f"What is {name}?"}
        files[f"solutions/01_a/{name}.py"] = SOLUTION.format(**words)
        files[f"tests/hidden/01_a/test_{name}.py"] = SUITE.format(**words)
        files[f"misconceptions/01_a/{name}.py"] = IDEAS.format(**words)
    return write_course(root, files)
