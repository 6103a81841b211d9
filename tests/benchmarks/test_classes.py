"""Made-up classes are the same at every run, and a run that did not mark is no row."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmarks import classes
from benchmarks.classes import Run, check, line_row, of_unit
from benchmarks.classmates import classmates, collected
from benchmarks.peers import kept
from benchmarks.submissions import eight
from grader import Course
from grader.classroom.batched import Batched, Tally


@pytest.fixture(scope="module")
def unit() -> Course:
    return of_unit(eight(classes.ROOT), "01_vectors")


def run(**tally: int) -> Run:
    told = Batched(
        course="T", folder="hw", gradebook="m.db", tally=Tally(**tally), exercises=4, twins=1,
        concerns=(),
    )  # fmt: skip
    return Run(2.0, 3.0, 400.0, 9000, told)


def test_a_class_is_the_same_at_every_run_and_nearly_everybody_is_themselves(unit: Course) -> None:
    students = list(classmates(unit, 12))
    assert students == list(classmates(unit, 12))
    assert students[:5] == list(classmates(unit, 5))
    assert all(set(each) == {e.id for e in unit.exercises} for each in students)
    stubs = {
        course_stub for e in unit.exercises for course_stub in [unit.stub(e).read_text("utf-8")]
    }
    begun = [text for each in students for text in each.values() if text not in stubs]
    own = [text for text in begun if "raft" in text]
    assert len(set(own)) == len(own)
    assert len(begun) > len(own) > 0.7 * len(begun)
    for text in own:
        ast.parse(text)


@pytest.mark.long
def test_what_is_collected_of_it_is_marked_and_settled(unit: Course, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    hw = collected(unit, classmates(unit, 2), tmp_path)
    first = check(classes.batch(hw, tmp_path / "m.db", "--fresh", "--jobs", "1"), judged=2, total=2)
    assert first.told.exercises == 2 * len(list(unit.exercises))
    assert first.stored > 0
    marks = kept(tmp_path / "m.db")
    assert len(marks) == 2
    assert all(len(each) == sum(len(e.tests) for e in unit.exercises) for each in marks)
    check(classes.batch(hw, tmp_path / "m.db"), settled=2, judged=0)


def test_a_run_that_came_to_something_else_ends_the_program() -> None:
    assert check(run(total=3, judged=3), judged=3).seconds == 2.0
    with pytest.raises(SystemExit, match=r"was to come to \{'judged': 3\}"):
        check(run(total=3, judged=2, unmarked=1), judged=3)


def test_a_row_of_the_line_says_what_one_costs() -> None:
    assert line_row(3000, run(total=3000)) == "| 3,000 | 2.0 | 1 | 1 | 90000 | 400 | 3 |"


def test_a_unit_that_is_not_there_is_named(unit: Course) -> None:
    with pytest.raises(SystemExit, match="There is no unit 09; there are 01_vectors"):
        of_unit(unit, "09")
