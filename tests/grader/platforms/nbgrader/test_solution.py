"""A solution as a cell: nbgrader's own step leaves the stub, and nothing is lost before it."""

from __future__ import annotations

import ast

import nbformat
import pytest
from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from grader import Course
from grader.course.stubs import stub
from grader.nbgrader import configure
from grader.platforms.nbgrader.solution import solution_cell
from support.places import ROOT

COURSE = Course.load(ROOT)
TEXTS = {e.id: COURSE.solution(e).read_text("utf-8") for e in COURSE.exercises}
AWKWARD = '''"""Doc.

Hints
-----
1. None.
"""

import numpy as np

_FIRST = 1
# why it is two
_SECOND = _FIRST + 1


def one(x): return x + _SECOND  # on one line


def two(x):
    """Doc."""; y = x
    return y


async def three(x: torch.Tensor):
    """Doc."""
    import math

    # a remark, then the body
    def inner():
        return math.pi

    return inner()


class Kind:
    """Kind."""

    SIZE = 3

    def _before(self):
        return 1

    @property
    def size(self):
        return self.SIZE + self._before()

    def last(self):
        pass

    def _after(self):
        return _module_level()


def _module_level():
    """Private."""
    return 4


PUBLIC = 5


def empty():
    """Nothing but this."""


def _at_the_end(): pass
'''


def left_by_nbgrader(cell: str) -> str:
    """What ClearSolutions leaves, with the configuration that is built."""
    config = Config()
    configure(config, course="course.yaml")
    made = nbformat.v4.new_code_cell(cell, metadata={"nbgrader": {"solution": True}})
    book = nbformat.v4.new_notebook(cells=[made])
    done, _ = ClearSolutions(config=config).preprocess(book, {})
    text: str = done.cells[0].source
    return text


def defined(text: str) -> set[str]:
    nodes = ast.walk(ast.parse(text))
    return {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("name", TEXTS)
def test_students_get_today_s_stub(name: str) -> None:
    cell = solution_cell(TEXTS[name])
    assert left_by_nbgrader(cell) + "\n" == stub(TEXTS[name])
    assert (ROOT / "exercises" / COURSE.exercise(name).unit / f"{name}.py").read_text() == (
        left_by_nbgrader(cell) + "\n"
    )
    assert defined(cell) == defined(TEXTS[name])


def test_there_are_all_of_them() -> None:
    assert len(TEXTS) == 31


def test_a_module_with_everything_that_is_awkward() -> None:
    cell = solution_cell(AWKWARD)
    assert left_by_nbgrader(cell) + "\n" == stub(AWKWARD)
    assert defined(cell) == defined(AWKWARD)
    space: dict[str, object] = {}
    exec(cell, space)
    assert space["one"](1) == 3  # type: ignore[operator]
    assert space["Kind"]()._after() == 4  # type: ignore[operator]
    assert space["Kind"]().size == 4  # type: ignore[operator]
    assert space["PUBLIC"] == 5


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("def f():\n    # BEGIN SOLUTION\n    return 1\n", 2, "a mark of nbgrader's"),
        ("def f():\n    return '### END SOLUTION'\n", 2, "a mark of nbgrader's"),
        ("_A = 1\n", 1, "without a public function"),
        ("def f(:\n", 1, "invalid syntax"),
    ],
)
def test_what_cannot_be_a_cell_is_refused(text: str, line: int, said: str) -> None:
    with pytest.raises(SyntaxError, match=said) as error:
        solution_cell(text)
    assert error.value.lineno == line
