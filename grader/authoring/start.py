"""A course from nothing: a folder with a first exercise that proves itself."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from grader.errors import UsageError

__all__ = ["EXERCISE", "UNIT", "start"]

UNIT, EXERCISE = "01_numbers", "average"

_COURSE = """# What is taught, in which order, for how many points. docs/authors.md of
# the grader says what each key means; `grade check` proves the course.
format: 1
title: {title}

# What one submission may use.
limits: {call: 2s, exercise: 10s, memory: 1GiB, output: 64KiB}

# What students see of a hidden test: everything, its title, or nothing.
feedback: {hidden: title}

units:
  - id: 01_numbers
    title: Numbers
    exercises:
      - id: average
        title: What is the average?
        tests:
          test_two_numbers: 1
          test_any_number_of_entries: 1
"""

_SOLUTION = '''"""What is the average?

One number stands for many: a loss is the average of the losses of single samples.

Hints
-----
1. One number for an array of shape (n,).
2. What do you divide the sum by, and does it depend on the array?
3. `float(v.____() / len(v))`

Why it works
------------
Each entry counts as much as any other, and the weights 1/n add up to one.
"""

from __future__ import annotations

import numpy as np


def average(v: np.ndarray) -> float:
    """Take the average of the entries.

    Args:
        v: floats, shape (n,), n at least 1.

    Returns:
        One number, a float.

    Examples:
        >>> average(np.array([1.0, 4.0]))
        2.5
        >>> average(np.array([-3.0]))
        -3.0
    """
    return float(v.sum() / len(v))
'''

_SUITE = '''"""The average of an array."""

import numpy as np

from grader import assert_close, awkward


def test_two_numbers(student):
    """The average of 1 and 4 lies in the middle, at 2.5."""
    assert_close(student.average(np.array([1.0, 4.0])), 2.5)


def test_any_number_of_entries(student):
    """Five entries are added, and their sum is divided by five, wherever they lie in memory."""
    v = np.array([1.0, -2.0, 4.0, 8.0, 0.25])
    assert_close(student.average(v), 2.25)
    assert_close(student.average(awkward(v)), 2.25)
    assert_close(student.average(v.astype(np.float32)), 2.25)
'''

_MISCONCEPTIONS = '''"""Wrong ideas about the average."""


class ForgetsToDivide:
    """You have the sum. If every entry were 7, what should the average be, and what is it?"""

    def average(v):
        return float(v.sum())


class AlwaysHalves:
    """For two entries this is right. What would it be divided by if there were five?"""

    def average(v):
        return float(v.sum() / 2)
'''

_ACCEPTED = '''"""By hand, in Python numbers."""


def average(v):
    total = 0.0
    for x in v:
        total += float(x)
    return total / len(v)
'''

_LESSON = """# Numbers

## The average

The average of n numbers is their sum divided by n. In NumPy `v.sum()` adds the entries of an array,
and `len(v)` counts them.

Exercise: [`average`](average.py).
"""

_IGNORED = """.venv/
.wxb/
__pycache__/
"""

_FILES = {
    "course.yaml": _COURSE,
    f"solutions/{UNIT}/{EXERCISE}.py": _SOLUTION,
    f"tests/hidden/{UNIT}/test_{EXERCISE}.py": _SUITE,
    f"misconceptions/{UNIT}/{EXERCISE}.py": _MISCONCEPTIONS,
    f"tests/accepts/{UNIT}/{EXERCISE}/by_hand.py": _ACCEPTED,
    f"exercises/{UNIT}/README.md": _LESSON,
    ".gitignore": _IGNORED,
}


def start(folder: Path) -> list[Path]:
    """Write a new course; its title is the folder's name, until somebody changes it.

    Returns:
        The files that were written; the stub is not among them (`grade sync`).

    Raises:
        UsageError: there is something in the folder already, or it cannot be written.
    """
    title = folder.resolve().name.replace("_", " ").replace("-", " ").strip() or "course"
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder} is there already; name a folder that is new or empty")
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in _FILES.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("{title}", _quoted(title)), "utf-8")
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise UsageError(f"{folder} cannot be written: {os.strerror(error.errno or 0)}") from None
    return [folder / name for name in _FILES]


def _quoted(title: str) -> str:
    """A title as YAML takes it, whatever the folder is called."""
    printable = "".join(c for c in title if c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF)
    shown = (printable[:1].upper() + printable[1:])[:200] or "Course"
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
