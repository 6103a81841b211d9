"""No peer comes into the table unless it is seen to have marked; no environment is made here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import environments, inside, notebooks, peer_nbgrader, peer_otter, peers
from benchmarks.marks import Marks
from benchmarks.peers import Way, measured, table
from benchmarks.submissions import eight
from benchmarks.timed import Cost, timed
from grader import Course

MARKS: list[Marks] = [{"a::x": True}, {"a::x": False}]


@pytest.fixture(scope="module")
def course() -> Course:
    return eight(peers.ROOT)


def way(marks: list[Marks], *, few: bool = False) -> Way:
    """A way that comes to these marks, as far as it is asked."""
    return Way("t", lambda course, some, folder: (Cost(8, 4), marks[: len(some)]), few)


def test_a_peer_that_marks_otherwise_ends_the_table(course: Course) -> None:
    ways = {"1": way(MARKS), "4": way([{"a::x": True}, {"a::x": True}])}
    with pytest.raises(SystemExit) as stop:
        measured(course, ways, [{}, {}], 1)
    assert str(stop.value) == (
        "(4) t: it marks otherwise than (1).\nsubmission 2, a::x: passed, not lost"
    )


def test_a_peer_that_marks_too_few_ends_the_table(course: Course) -> None:
    with pytest.raises(SystemExit, match="0 submissions are marked, not 1"):
        measured(course, {"1": way(MARKS), "5": way([], few=True)}, [{}, {}], 1)


def test_slow_ways_mark_the_first_few_and_cost_is_for_each(course: Course) -> None:
    ways = {"1": way(MARKS), "2": way(MARKS), "4": way(MARKS, few=True)}
    rows, marks = measured(course, ways, [{}, {}], 1)
    assert marks == MARKS
    assert rows == {
        "1": (Cost(4, 2), 2),
        "2": (Cost(4, 2), 2),
        "4": (Cost(8, 4), 1),
    }
    told = table(rows).splitlines()
    assert told[-4].endswith("| 1 | 8.000 | 4.000 | 2.00 | 2.00 |")
    assert told[-2:] == [
        "(4) / (1) = 2.0, of processor seconds 2.0  (aim: at least 40)",
        "(1) / (2) = 1.00  (aim: at least 1.8)",
    ]


def test_every_test_of_the_assignment_is_a_cell_with_its_points(course: Course) -> None:
    stubs = {e.id: course.stub(e).read_text("utf-8") for e in course.exercises}
    cells = peer_nbgrader._cells(course, stubs)
    about = [cell["metadata"]["nbgrader"] for cell in cells]
    graded = {each["grade_id"]: each["points"] for each in about if each["grade"]}
    assert graded == {
        f"{e.id}--{test}": float(points)
        for e in course.exercises
        for test, points in e.tests.items()
    }
    assert [each["grade_id"] for each in about if each["solution"]] == list(stubs)
    assert all(each["locked"] != each["solution"] for each in about)
    assert json.loads(json.dumps(notebooks.notebook(cells)))["nbformat"] == 4


def test_what_otter_tells_is_read_test_by_test(course: Course) -> None:
    first, second, *_ = course.exercises
    said = f"{first.id} results: All test cases passed!\n{second.id} results:\n" + "".join(
        f"    {second.id}::{test} result:\n        {'❌' if n else '✅'} Test case\n\n"
        for n, test in enumerate(second.tests)
    )
    found = peer_otter._marks(course, {"tests": [{"output": said}, {"name": "no output"}]})
    assert found == {f"{first.id}::{test}": True for test in first.tests} | {
        f"{second.id}::{test}": not n for n, test in enumerate(second.tests)
    }
    assert peer_otter._marks(course, {"tests": []}) == {}


def test_otters_file_of_an_exercise_can_be_read(course: Course) -> None:
    exercise = next(iter(course.exercises))
    text = peer_otter._file(course, exercise)
    compile(text, "tests.py", "exec")
    assert text.count("@test_case(") == len(exercise.tests)


def test_a_test_in_a_notebook_is_asked_of_its_namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    main = sys.modules["__main__"]
    monkeypatch.setattr(main, "double", lambda x: 2 * x, raising=False)

    def right(student: object) -> None:
        assert student.double(2) == 4  # type: ignore[attr-defined]

    def failing(student: object) -> None:
        pytest.fail("no")

    inside.attempt(right, "double", "T")
    with pytest.raises(AssertionError, match="no"):
        inside.attempt(failing, "double", "T")


def test_an_environment_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    root = tmp_path / "peer"
    root.mkdir()
    (root / ".ready").write_text("a\nb")
    assert environments.environment("peer", ("a", "b"), tmp_path) == root / "bin" / "python"
    assert environments.variables(root / "bin" / "python")["PATH"].startswith(f"{root}/bin:")


def test_a_command_is_timed_and_one_that_fails_ends_the_program(tmp_path: Path) -> None:
    cost = timed([sys.executable, "-c", "sum(range(10**6))"], tmp_path)
    assert cost.seconds > 0
    assert cost.processor > 0
    with pytest.raises(SystemExit, match=r"it ended with 3\.\nwhy"):
        timed([sys.executable, "-c", "print('why'); raise SystemExit(3)"], tmp_path)
