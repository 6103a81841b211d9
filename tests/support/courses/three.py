"""Two units and three exercises: every key of course.yaml is in use."""

from __future__ import annotations

from pathlib import Path

from support import files

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


def write(root: Path, text: str | bytes = GOOD, *, stubs: bool = True) -> Path:
    """Write it, with another course.yaml where one is given; a stub is its whole solution."""
    texts = {}
    for path, tests in TESTS.items():
        unit, name = path.split("/")
        for tree in ("solutions", "exercises") if stubs else ("solutions",):
            texts[f"{tree}/{path}.py"] = SOLUTION.replace("{name}", name)
        texts[f"tests/hidden/{unit}/test_{name}.py"] = '"""A suite."""\n' + "".join(
            f'\n\ndef {test}(student):\n    """It does."""\n    assert student\n' for test in tests
        )
    files.write(root, texts)
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (root / "course.yaml").write_bytes(data)
    return root
