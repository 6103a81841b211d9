"""Solutions and misconceptions as modules; broken ones are faults of the course."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.outline import Course
from grader.course.reading import load as spec
from grader.errors import CourseError
from grader.judge.diagnosis.variants import Variant, load_variants, serve_solutions

Make = Callable[..., Path]

SOLUTION = """
from math import sqrt

def _square(x):
    return x * x

def length(v):
    return sqrt(sum(map(_square, v)))

def twice(v):
    return 2 * length(v)
"""

IDEAS = '''"""Wrong ideas."""

from enum import Enum

PAD = 1


class Colour(Enum):
    RED = 1


class Adds:
    """What do you add,
    and why?"""

    def _square(x):
        return x


class Pads:
    """Who asked for more?"""

    @staticmethod
    def length(v):
        return PAD


class Empty:
    """Nothing."""
'''


@pytest.fixture
def course(make_course: Make) -> Course:
    root = make_course()
    (root / "solutions/01_a/length.py").write_text(SOLUTION, "utf-8")
    path = root / "misconceptions/01_a/length.py"
    path.parent.mkdir(parents=True)
    path.write_text(IDEAS.replace("class Colour(Enum):\n    RED = 1\n\n\n", ""), "utf-8")
    return spec.load(root)


def loaded(course: Course) -> tuple[Variant, list[Variant]]:
    exercise = course.exercise("length")
    assert exercise is not None
    return load_variants(course, exercise)


def test_an_idea_replaces_functions_inside_a_copy(course: Course) -> None:
    reference, wrong = loaded(course)
    assert reference.module().length([3, 4]) == 5
    assert [(v.name, sorted(v.replaces)) for v in wrong] == [
        ("Adds", ["_square"]), ("Pads", ["length"]), ("Empty", [])
    ]  # fmt: skip
    adds, pads, empty = wrong
    assert adds.module().twice([3, 6]) == 6, "the others use the wrong one too"
    assert pads.module().twice([3, 4]) == 2
    assert empty.module().twice([3, 4]) == 10
    assert reference.module().twice([3, 4]) == 10
    assert adds.hint == "What do you add, and why?"
    lines = IDEAS.replace("class Colour(Enum):\n    RED = 1\n\n\n", "").splitlines()
    assert lines[adds.line - 1] == "    def _square(x):"
    assert empty.line == 0


SIZED = '''"""Wrong ideas."""


class AddsALittle:
    """Why?"""

    __sizes__ = (0.5, 2)

    def length(v, *, size=1):
        return sqrt(sum(map(_square, v))) + size

    class Box:
        size = 1


class Drops:
    """Where to?"""

    def length(v):
        return 0
'''


def test_an_idea_comes_in_several_sizes(course: Course) -> None:
    path = Path(course.root) / "misconceptions/01_a/length.py"
    path.write_text(SIZED, "utf-8")
    _, wrong = loaded(course)
    assert [(v.name, v.size) for v in wrong] == [
        ("AddsALittle", None), ("AddsALittle", 0.5), ("AddsALittle", 2), ("Drops", None)
    ]  # fmt: skip
    assert len({v.key for v in wrong}) == 4
    assert {v.hint for v in wrong[:3]} == {"Why?"}
    assert [v.module().length([3, 4]) for v in wrong] == [6, 5.5, 7, 0]
    assert [v.module().Box.size for v in wrong[:3]] == [1, 0.5, 2]
    assert wrong[1].module().Box.__name__ == "Box"
    assert not any(v.keeps_state() for v in wrong)


def test_an_exercise_without_misconceptions(course: Course) -> None:
    exercise = course.exercise("angle")
    assert exercise is not None
    assert load_variants(course, exercise)[1] == []


STATEFUL = {
    "def f(x): return x": False,
    "X = 3\nNAME = 'a'\nPAIR = (1, 2)": False,
    "from math import sqrt\nimport json": False,
    "def f(x=1, *, y='a'): return x": False,
    "class A:\n    size = 3\n    def f(self): self.x = 1": False,
    "SEEN = []": True,
    "SEEN = {}": True,
    "def f(x=[]): return x": True,
    "def f(*, x={}): return x": True,
    "N = 0\ndef f():\n    global N\n    N += 1": True,
    "class A:\n    seen = []": True,
    "class A:\n    class B:\n        seen = set()": True,
    "class A:\n    @classmethod\n    def f(cls, x=[]): pass": True,
    "def f(): pass\nf.calls = 0": True,
    "from functools import cache\n@cache\ndef f(): return 1": True,
    "def make():\n    n = [0]\n    def f():\n        return n\n    return f\nf = make()": True,
    "import numpy as np\nBUFFER = np.zeros(3)": True,
}  # fmt: skip


@pytest.mark.parametrize("text", STATEFUL)
def test_modules_that_keep_something_are_known(text: str, make_course: Make) -> None:
    root = make_course()
    (root / "solutions/01_a/length.py").write_text(text + "\n", "utf-8")
    reference, _ = loaded(spec.load(root))
    assert reference.keeps_state() is STATEFUL[text]
    assert reference.keeps_state() is STATEFUL[text]


def test_what_other_ideas_keep_is_not_an_ideas_own(course: Course) -> None:
    path = course.misconceptions(next(course.exercises))
    path.write_text(
        path.read_text("utf-8") + "\n\nclass Counts:\n    def length(v, n=[]): 1\n", "utf-8"
    )
    assert [v.keeps_state() for v in loaded(course)[1]] == [False, False, False, True]


BROKEN = {
    ("solutions", "x = 1\ndef f(:\n"): (2, "SyntaxError: invalid syntax"),
    ("solutions", "x = 1\n\n1 / 0\n"): (3, "ZeroDivisionError: division by zero"),
    ("solutions", "import nothing_there\n"): (1, "ModuleNotFoundError: No module named 'nothing_"),
    ("solutions", "x = '\0'\n"): (0, ""),
    ("misconceptions", "class A\n"): (1, "SyntaxError: expected ':'"),
    ("misconceptions", "class A:\n    x = y\n"): (2, "NameError: name 'y' is not defined"),
}


@pytest.mark.parametrize(("tree", "text"), BROKEN)
def test_a_broken_file_is_a_fault_with_its_line(tree: str, text: str, course: Course) -> None:
    (Path(course.root) / tree / "01_a/length.py").write_text(text, "utf-8")
    with pytest.raises(CourseError) as met:
        loaded(course)
    (fault,) = met.value.faults
    line, told = BROKEN[tree, text]
    assert fault.path == Path(tree) / "01_a/length.py"
    assert fault.line == line or not line
    assert told in fault.what
    missing = "a library that is installed where the course is graded"
    expected = missing if "nothing_there" in text else "code that runs without errors"
    assert fault.expected == expected


def test_solutions_import_each_other_by_name(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    for name in ("length", "double", "angle"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    serve_solutions(course)
    (Path(course.root) / "solutions/02_b/angle.py").write_text("from length import twice\n")
    module = importlib.import_module("angle")
    assert module.twice([3, 4]) == 10
    assert module.__spec__ is not None
    assert str(module.__spec__.origin).endswith("solutions/02_b/angle.py")
    exercise = course.exercise("angle")
    assert exercise is not None
    assert not loaded(course)[0].draws
    assert load_variants(course, exercise)[0].draws, "nobody looks into what it imports"
    for name in ("length", "angle"):
        sys.modules.pop(name, None)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_exercise_of_this_name")
