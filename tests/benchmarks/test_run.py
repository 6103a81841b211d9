"""No way to mark comes into the speed table unless it is seen to have marked."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from typing import Any

import msgspec
import pytest

from benchmarks import run
from benchmarks.marks import Marked, Marks
from grader import Course

MARKS: list[Marks] = [{"a::x": True}, {"a::x": False}]


#: Marks three submissions of one exercise: right, wrong in one test, and one that does not load.
ONE_WAY = """
import sys
import msgspec
from benchmarks import run
from benchmarks.submissions import eight, mixed

course = eight(run.ROOT)
unit = course.units[0]
exercises = tuple(exercise for exercise in unit.exercises if exercise.id == "unit_vector")
course = msgspec.structs.replace(
    course, units=(msgspec.structs.replace(unit, exercises=exercises),)
)
right = course.solution(exercises[0]).read_text("utf-8")
wrong = right.replace("length = torch.linalg.vector_norm(v)", "length = v.abs().sum()")
assert wrong != right
run.mixed = lambda course, **seed: mixed(course, 1, **seed)
submissions = [{"unit_vector": text} for text in (right, wrong, "raise ValueError\\n")]
print(msgspec.json.encode(run.WAYS[sys.argv[1]][1](course, submissions)).decode())
"""


@pytest.mark.long
@pytest.mark.parametrize("way", run.WAYS)
def test_every_way_marks_alike(way: str) -> None:
    pytest.importorskip("torch")
    if way == "e":
        pytest.importorskip("gradescope_utils")
    command = [sys.executable, "-c", ONE_WAY, way]
    done = subprocess.run(command, cwd=run.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    marked = msgspec.json.decode(done.stdout, type=Marked)
    exercise = Course.load(run.ROOT).exercise("unit_vector")
    assert exercise is not None
    tests = [f"unit_vector::{test}" for test in exercise.tests]
    assert marked.seconds > 0
    assert marked.marks == [
        dict.fromkeys(tests, True),
        {test: test != "unit_vector::test_torch_vector" for test in tests},
        dict.fromkeys(tests, False),
    ]


def test_a_way_that_marks_otherwise_stops_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(way: str) -> Marked:
        return Marked(0.001, [{"a::x": True}, {"a::x": True}] if way == "e" else MARKS)

    monkeypatch.setattr(run, "measure", measure)
    with pytest.raises(SystemExit) as stop:
        run.table(1)
    assert str(stop.value) == (
        "(e) gradescope-utils, a fresh process for each: it marks otherwise than (a).\n"
        "submission 2, a::x: passed, not lost"
    )


def test_ways_that_mark_alike_are_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    times = iter([1.0, 2.0, 4.0, 80.0, 60.0] * 2)
    monkeypatch.setattr(run, "measure", lambda way: Marked(next(times), MARKS))
    monkeypatch.setattr(run, "one_thread", lambda module: None)
    monkeypatch.setattr(run, "require", lambda way: None)
    monkeypatch.setattr("sys.argv", ["run", "--rounds", "2"])
    run.main()
    told = capsys.readouterr().out.splitlines()
    assert told[4] == "| (c) | wxb, one judge, locked workers | 4000.0 | 2.00 |"
    assert told[-3:] == [
        "All mark alike: 1 of 2 tests pass.",
        "(c) / (b) = 2.00  (aim: at most 2.5)",
        "(d) / (c) = 20.0  (aim: at least 40)",
    ]


def test_a_way_that_fails_stops_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def failed(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "there is no pytest\n")

    monkeypatch.setattr(subprocess, "run", failed)
    with pytest.raises(SystemExit) as stop:
        run.measure("d")
    assert str(stop.value) == (
        "(d) a fresh pytest process for each: it did not mark.\nthere is no pytest"
    )


@pytest.mark.parametrize(
    ("missing", "way", "told"),
    [
        ("torch", None, "needs PyTorch"),
        ("torch", "a", "needs PyTorch"),
        ("gradescope_utils", None, r"pip install -c constraints\.txt -e '\.\[bench\]'"),
        ("gradescope_utils", "e", r"\(e\) needs gradescope-utils"),
    ],
)
def test_what_is_not_installed_is_named(
    missing: str, way: str | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else 1)
    with pytest.raises(SystemExit, match=told):
        run.require(way)


def test_what_a_way_does_not_need_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name == "torch" or None)
    run.require("d")


def test_a_process_that_marks_nothing_is_no_way() -> None:
    command = [sys.executable, "-c", "print('no results')"]
    with pytest.raises(SystemExit, match="no results"):
        run._each([{}], lambda folder: command, lambda results: {})
