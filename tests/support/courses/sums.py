"""A course of one exercise whose tests can end in every verdict; it has no stub."""

from __future__ import annotations

from pathlib import Path

from support import files

SOLUTION = '''"""Sums.

Hints
-----
1. A number.

Why it works
------------
It adds.
"""
import numpy as np


def total(v):
    """Add up.

    Examples:
        >>> total(np.array([1.0, 2.0]))
        3.0
    """
    return float(np.asarray(v).sum())


def scaled(v, c=2.0):
    """Scale.

    Examples:
        >>> scaled(np.array([1.0, 2.0]))
        array([2., 4.])
    """
    return c * v
'''

IDEAS = '''"""Wrong ideas."""
import numpy as np


class TakesTheMean:
    """Is a sum divided by anything?"""

    def total(v):
        return float(np.mean(v))


class ScalesInPlace:
    """Who else holds this array?"""

    def scaled(v, c=2.0):
        v *= c
        return v
'''

SUITE = '''"""Sums and scaling."""
import numpy as np
import pytest
from grader import assert_close


def test_sum(student):
    """The sum of (1, 2, 3) is 6."""
    assert_close(student.total(np.array([1.0, 2.0, 3.0])), 6.0)


@pytest.mark.parametrize("n", [1, 4])
def test_any_number(student, rng, n):
    """Any number of components."""
    v = rng.normal(size=n)
    assert student.total(v) == pytest.approx(v.sum())


def test_scaled(student):
    """Scaling leaves the input alone."""
    assert_close(student.scaled(np.array([1.0, -2.0])), np.array([2.0, -4.0]))


def test_shape_is_used(student):
    """The result has a shape."""
    assert student.scaled(np.array([1.0, 2.0])).shape == (2,)
'''

COURSE = """format: 1
title: Sums
limits: {call: 500ms, exercise: 3s, memory: 256MiB, output: 4KiB}
feedback: {hidden: everything}
units:
  - id: 01_a
    title: A
    exercises:
      - id: sums
        title: Sums
        forbidden: [numpy.add.reduce, numpy.linalg.norm]
        tests: {test_sum: 1, test_any_number: 1.5, test_scaled: 1, test_shape_is_used: 0.25}
"""

FILES = {
    "course.yaml": COURSE,
    "solutions/01_a/sums.py": SOLUTION,
    "misconceptions/01_a/sums.py": IDEAS,
    "tests/hidden/01_a/test_sums.py": SUITE,
}


def write(root: Path) -> Path:
    """Write it; returns its folder."""
    return files.write(root, FILES)
