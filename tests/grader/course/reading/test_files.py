"""The four trees against course.yaml: missing, stray and broken files, tests and points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.reading import load as spec
from grader.errors import CourseError

Make = Callable[..., Path]
SUITE = "tests/hidden/02_b/test_angle.py"


def told(root: Path, *, strict: bool = False) -> list[str]:
    with pytest.raises(CourseError) as met:
        spec.load(root, strict=strict)
    return [str(fault) for fault in met.value.faults]


SUITES = {
    "class TestAngle:\n    def test_one(self): pass\n\n\ndef test_one(student): pass\n":
        f"{SUITE}:1: class TestAngle: a test is a function of its own; expected "
        "test functions at the left margin",
    "def test_one(student): pass\n\n\ndef test_one(student): pass\n":
        f"{SUITE}:4: a second test_one hides the first; expected another name",
    "async def test_one(student): pass\n":
        f"{SUITE}:1: test_one is async; expected a plain function",
    "def test_one(student): pass\n\n\ndef testing(student): pass\n":
        f"{SUITE}:4: testing would run as a test; expected test_ing, or another name",
    "def test_one(:\n": f"{SUITE}:1: SyntaxError: invalid syntax; expected a suite that "
        "Python can read",
    "x = 1\n\0": f"{SUITE}: ",
}  # fmt: skip


@pytest.mark.parametrize("text", SUITES)
def test_a_suite_that_would_not_mark_is_told_with_its_line(text: str, make_course: Make) -> None:
    root = make_course()
    (root / SUITE).write_text(text, "utf-8")
    assert [line for line in told(root) if line.startswith(SUITES[text])], told(root)


def test_helpers_are_no_tests(make_course: Make) -> None:
    root = make_course()
    (root / SUITE).write_text("import os\n\nX = 1\n\ndef helper(): pass\n\n"
                              "async def other(): pass\n\nclass Data: pass\n\n"
                              "def test_one(student): pass\n", "utf-8")  # fmt: skip
    assert [unit.id for unit in spec.load(root).units] == ["01_a", "02_b"]


@pytest.mark.parametrize("tree", ["solutions", "tests/hidden"])
def test_a_missing_file_is_told_at_its_exercise(tree: str, good: str, make_course: Make) -> None:
    root = make_course()
    name = "test_angle.py" if "hidden" in tree else "angle.py"
    (root / tree / "02_b" / name).unlink()
    line = good[: good.index("id: angle")].count("\n") + 1
    kind = "suite" if "hidden" in tree else "solution"
    assert told(root) == [
        f"course.yaml:{line}: angle has no {kind} {tree}/02_b/{name}; expected a file {name}"
    ]


def test_stray_files_are_told_with_the_nearest_exercise(make_course: Make) -> None:
    root = make_course()
    strays = {
        "solutions/01_a/lenght.py": "did you mean length?",
        "misconceptions/09_z/zzz.py": "expected an entry in course.yaml",
        "tests/hidden/01_a/test_doubel.py": "did you mean double?",
        "tests/accepts/02_b/angel/loop.py": "did you mean angle?",
        "exercises/01_a/helper.py": "expected an entry in course.yaml",
    }
    allowed = ["tests/accepts/02_b/angle/loop.py", "tests/hidden/conftest.py",
               "misconceptions/02_b/angle.py", "exercises/01_a/README.md"]  # fmt: skip
    for name in [*strays, *allowed]:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    assert spec.load(root), "only a strict reading asks"
    assert told(root, strict=True) == sorted(
        f"{name}: no exercise of course.yaml has this file; {hint}" for name, hint in strays.items()
    )
