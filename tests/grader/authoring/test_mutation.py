"""`grade check --mutants`: holes of a suite are listed, equivalents are known by their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from grader import Course, CourseError, Grader
from grader.authoring.mutation import CAUGHT, Mutated, mutate, quick, summarise

pytestmark = pytest.mark.usefixtures("without_torch")

LISTED = """- in: scaled
  from: "def scaled(v, c=2.0):"
  to: "def scaled(v, c=4.0):"
  why: it is a lie, for a test notices
"""


@pytest.fixture
def grader(course_dir: Path) -> Iterator[Grader]:
    with Grader(quick(Course.load(course_dir)), jobs=2) as grader:
        yield grader


def mutated(course_dir: Path, grader: Grader) -> Mutated:
    course = Course.load(course_dir)
    (found,) = mutate(course, list(course.exercises), grader)
    return found


def test_a_good_suite_notices_every_change(course_dir: Path, grader: Grader) -> None:
    found = mutated(course_dir, grader)
    assert found.total >= 6
    assert found.caught == found.total - len(found.survivors)
    assert {mutant.after for mutant in found.survivors} == set()


def test_a_hole_is_told_and_an_entry_closes_it(course_dir: Path, grader: Grader) -> None:
    suite = course_dir / "tests/hidden/01_a/test_sums.py"
    suite.write_text(suite.read_text().replace("assert_close(student.scaled", "str(student.scaled"))
    suite.write_text(suite.read_text().replace(", -2.0])), np.array([2.0, -4.0]))", ", -2.0])))"))
    found = mutated(course_dir, grader)
    assert "return c / v" in {mutant.after for mutant in found.survivors}
    assert found.caught + len(found.survivors) == found.total
    entries = "".join(
        f"- in: {m.function}\n  from: {m.before!r}\n  to: {m.after!r}\n  why: nobody looks\n"
        for m in found.survivors
    )
    listing = course_dir / "tests/equivalents/01_a/sums.yaml"
    listing.parent.mkdir(parents=True)
    listing.write_text(entries, "utf-8")
    again = mutated(course_dir, grader)
    assert again.survivors == ()
    assert again.equivalent == len(found.survivors)
    assert again.faults == ()


def test_entries_that_no_longer_hold(course_dir: Path, grader: Grader) -> None:
    listing = course_dir / "tests/equivalents/01_a/sums.yaml"
    listing.parent.mkdir(parents=True)
    listing.write_text(LISTED + "- {in: scaled, from: a, to: b, why: c}\n", "utf-8")
    first, second = mutated(course_dir, grader).faults
    assert str(first).startswith("tests/equivalents/01_a/sums.yaml:1: a test notices this change")
    assert str(second).startswith("tests/equivalents/01_a/sums.yaml:5: the solution has no such")


def test_broken_files_are_faults(course_dir: Path, grader: Grader) -> None:
    solution = course_dir / "solutions/01_a/sums.py"
    solution.write_text("def f(:\n", "utf-8")
    course = Course.load(course_dir)
    with pytest.raises(CourseError, match=r"solutions/01_a/sums.py:1: SyntaxError"):
        list(mutate(course, list(course.exercises), grader))


def test_too_few_noticed_is_a_fault_of_its_own(course_dir: Path, grader: Grader) -> None:
    found = mutated(course_dir, grader)
    sound = summarise([found, found])
    assert (sound.tried, sound.share, sound.faults) == (2 * found.total, 1.0, 0)
    assert sound.is_enough
    few = msgspec.structs.replace(found, caught=0, equivalent=found.total)
    weak = summarise([found, few])
    assert (weak.share, weak.least, weak.faults) == (0.5, CAUGHT, 1)
    assert not weak.is_enough
    assert summarise([]).is_enough
