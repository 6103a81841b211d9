"""A tiny course on disk: two units, three exercises, every key in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = """\
# A comment on the first line.
format: 1
title: Tiny
limits: {call: 2s, exercise: 10s, memory: 1GiB, output: 64KiB}
feedback: {hidden: title}
late:
  grace: 15min
  lose: 10%
  every: 1d
  at_most: 50%
points: 5
units:
  - id: 01_a
    title: A
    due: 2027-02-01T23:59:00+01:00
    exercises:
      - id: length
        title: How long is a vector?
        forbidden:
          - numpy.linalg.norm
        points: 3
        tests:
          test_one: 1
          test_two: 0.5
          test_three: 1.5
      - id: double
        title: Twice a vector
        tests: {test_one: 1}
  - id: 02_b
    title: B
    exercises:
      - id: angle
        title: Which way?
        tests:
          test_one: 1
"""

SOLUTION = '''"""A question?

Hints
-----
1. A hint.

Why it works
------------
It does.
"""


def {name}(v):
    """The {name} of a vector."""
    return v
'''

TESTS = {
    "01_a/length": ("test_one", "test_two", "test_three"),
    "01_a/double": ("test_one",),
    "02_b/angle": ("test_one",),
}


@pytest.fixture
def good() -> str:
    """A course.yaml without a fault."""
    return GOOD


@pytest.fixture(scope="session")
def write_course() -> Callable[..., Path]:
    """Write the tiny course under a folder, with another course.yaml where one is given."""

    def write(root: Path, text: str | bytes = GOOD, *, stubs: bool = True) -> Path:
        for path, tests in TESTS.items():
            unit, name = path.split("/")
            for tree in ("solutions", "exercises") if stubs else ("solutions",):
                file = root / tree / f"{path}.py"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(SOLUTION.replace("{name}", name), "utf-8")
            suite = root / "tests" / "hidden" / unit / f"test_{name}.py"
            suite.parent.mkdir(parents=True, exist_ok=True)
            body = "".join(
                f'\n\ndef {test}(student):\n    """It does."""\n    assert student\n'
                for test in tests
            )
            suite.write_text('"""A suite."""\n' + body, "utf-8")
        data = text if isinstance(text, bytes) else text.encode("utf-8")
        (root / "course.yaml").write_bytes(data)
        return root

    return write


@pytest.fixture
def make_course(tmp_path: Path, write_course: Callable[..., Path]) -> Callable[..., Path]:
    """Write the tiny course under tmp_path, in a folder with a space in its name."""

    def make(text: str | bytes = GOOD, *, stubs: bool = True) -> Path:
        return write_course(tmp_path / "a course", text, stubs=stubs)

    return make
