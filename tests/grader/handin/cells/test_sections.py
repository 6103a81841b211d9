"""Which definition belongs to which exercise, where two exercises share its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader import Course, Grader, Submission
from grader.handin.matching import match
from support.cells import notebook
from support.files import write

ONE, TWO = "def shared(x): return 1", "def shared(x): return 2"
OWN_ONE, OWN_TWO = "def first(): return shared(0)", "def second(): return shared(0)"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """`ones` asks for `shared` and `first`, `twos` for another `shared` and `second`."""
    files = {
        "course.yaml": "format: 1\ntitle: Tiny\nfeedback: {hidden: everything}\nunits:\n"
        "  - id: 01_a\n    title: Beginnings\n    exercises:\n"
        "      - {id: ones, title: 'What is one?', tests: {test_shared: 1, test_own: 1}}\n"
        "  - id: 02_b\n    title: The twos\n    exercises:\n"
        "      - {id: twos, title: 'What are two?', tests: {test_shared: 1, test_own: 1}}\n",
    }
    for unit, exercise, own, n in (("01_a", "ones", "first", 1), ("02_b", "twos", "second", 2)):
        files[f"solutions/{unit}/{exercise}.py"] = (
            f"def shared(x):\n    return {n}\n\n\ndef {own}():\n    return shared(0)\n"
        )
        files[f"misconceptions/{unit}/{exercise}.py"] = ""
        files[f"tests/hidden/{unit}/test_{exercise}.py"] = (
            f"def test_shared(student):\n    '''S.'''\n    assert student.shared(0) == {n}\n"
            f"def test_own(student):\n    '''O.'''\n    assert student.{own}() == {n}\n"
        )
    return Course.load(write(tmp_path_factory.mktemp("course"), files))


def read(folder: Path, *cells: Any) -> Submission:
    (folder / "work.ipynb").write_bytes(notebook(*cells))
    return Submission.from_path(folder / "work.ipynb")


def head(text: str) -> tuple[str, str]:
    return "markdown", text


@pytest.mark.parametrize(
    "cells",
    [
        [head("## ones"), ONE, OWN_ONE, head("## twos"), TWO, OWN_TWO],
        [head("## twos"), TWO, OWN_TWO, head("## ones"), ONE, OWN_ONE],
        [head("# 1. What is one?"), ONE, OWN_ONE, head("# What are two?\nText"), TWO, OWN_TWO],
        [head("# Unit 1"), ONE, OWN_ONE, head("# Unit 02: more"), TWO, OWN_TWO],
        [head("**Beginnings**"), ONE, OWN_ONE, head("<h2>The twos</h2>"), TWO, OWN_TWO],
        [head("ones\n==="), ONE, OWN_ONE, head("Exercise 2: *twos*"), TWO, OWN_TWO],
        [
            *(head("# Unit 1"), head("## ones"), ONE, OWN_ONE, head("# Unit 2"), head("## twos")),
            *(head("### Here is no ones any more"), head("Some `ones` and more text"), TWO),
            OWN_TWO,
        ],
        [f"# ones.py\n{ONE}", OWN_ONE, f"# twos.py\n{TWO}", OWN_TWO],
        [ONE, OWN_ONE, "check('ones')", TWO, OWN_TWO, "check('twos')"],
        [ONE, OWN_ONE, "check(ones)", f"{TWO}\n{OWN_TWO}\ncheck('02_b')"],
        [head("## ones"), ONE, "def shared(x): return 1.0", OWN_ONE, head("## twos"), TWO, OWN_TWO],
    ],
)
def test_the_definition_that_belongs_to_an_exercise_counts(
    course: Course, tmp_path: Path, cells: list[Any]
) -> None:
    found = match(course, read(tmp_path, *cells))
    assert not found.others
    for exercise, number in (("ones", 1), ("twos", 2)):
        module: dict[str, Any] = {}
        exec(found.modules[exercise], module)
        assert module["shared"](0) == number


def test_where_nothing_tells_the_better_reading_counts(course: Course, tmp_path: Path) -> None:
    # Both of the own functions stand beside the wrong definition.
    handed_in = read(tmp_path, TWO, OWN_ONE, "x = 1", "y = 1", OWN_TWO, ONE)
    with Grader(course) as grader:
        report = grader.grade(handed_in)
    assert [e.outcome for e in report.exercises] == ["passed", "passed"]
    assert report.notes[1:] == (
        "ones: work.ipynb defines shared several times, and nothing in it says which is meant: "
        "shared of cell 6 was graded.",
        "twos: work.ipynb defines shared several times, and nothing in it says which is meant: "
        "shared of cell 1 was graded.",
    )


def test_a_notebook_of_one_exercise_is_not_graded_for_the_other(
    course: Course, tmp_path: Path
) -> None:
    assert match(course, read(tmp_path, TWO, OWN_TWO)).exercises == ("twos",)
    assert match(course, read(tmp_path, TWO)).exercises == ("ones", "twos")
