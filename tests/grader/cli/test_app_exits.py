"""`grade run` to the letter: exit codes, `--json`, PATH, on a course that is not ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader import errors
from support import needs
from support.commands import Grade, grade_in

pytestmark = pytest.mark.usefixtures("without_torch")


@pytest.fixture
def shop(workshop_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(workshop_copy)
    monkeypatch.setenv("COLUMNS", "80")
    return workshop_copy


@pytest.fixture
def grade(shop: Path, capsys: pytest.CaptureFixture[str]) -> Grade:
    """Run `grade ARGS…` in a copy of the workshop."""
    return grade_in(capsys)


def test_zero_one_two_and_three(grade: Grade, shop: Path, valid: Callable[..., Any]) -> None:
    solution = shop / "solutions/b_objects/tally.py"
    ran = grade("run", "--submission", str(solution), "--json")
    assert ran.status == 0
    assert valid(ran.out)["earned"] == 3

    wrong = shop.parent / "tally.py"
    wrong.write_text(solution.read_text("utf-8").replace("sum(", "len("), "utf-8")
    ran = grade("run", "--json", "--submission", str(wrong))
    assert ran.status == 1
    report = valid(ran.out)
    assert (report["earned"], report["possible"]) == (2.5, 3)
    assert report["exercises"][0]["diagnoses"][0]["misconception"] == "CountsKinds"
    assert ran.err == ""

    assert grade("run", "talley").status == 2
    assert grade("run", "--no-such-option").status == 2
    assert grade("run", "--submission", "nowhere.py").status == 2
    stray = shop.parent / "notes.py"
    stray.write_text("x = 1\n", "utf-8")
    ran = grade("run", "--submission", str(stray))
    assert ran.status == 2
    assert "neither the name nor the functions" in ran.err

    suite = shop / "tests/hidden/b_objects/test_tally.py"
    suite.write_text(suite.read_text("utf-8").replace("== 7", "== seven"), "utf-8")
    ran = grade("run", "--submission", str(solution), "--json")
    assert ran.status == 3
    report = valid(ran.out)
    assert report["earned"] == report["possible"] == 2.5
    (fault,) = [t for t in report["exercises"][0]["tests"] if t["outcome"] == "grader_fault"]
    assert fault["message"].splitlines() == [
        "The test itself raised NameError: name 'seven' is not defined (test_tally.py, line 24)",
        "This is not your mistake, and its points are not counted.",
        "Please tell whoever runs the course: suite of tally.",
    ]


def test_a_course_with_faults_is_told_in_full(grade: Grade, shop: Path) -> None:
    text = (shop / "course.yaml").read_text("utf-8")
    text = text.replace("call: 1500ms", "call: 2").replace("test_pairs", "test_pear")
    (shop / "course.yaml").write_text(text, "utf-8")
    ran = grade()
    assert ran.status == 2
    assert ran.err.splitlines()[0].startswith("course.yaml:3: call: '2' is no length of time; ")
    assert ran.err.splitlines()[1].startswith("course.yaml:23: test_pairs (tests/hidden/")
    assert "course.yaml:26: there is no test test_pear" in ran.err
    assert ran.err.splitlines()[-1] == "3 faults in the course; nothing was graded."
    assert "Traceback" not in ran.err


def test_the_nearest_course_upward_is_the_course(
    grade: Grade, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop / "exercises" / "b_objects")
    assert "Workshop" in grade("list", "--plain").out
    monkeypatch.chdir(shop.parent)
    for path in (shop, shop / "course.yaml"):
        assert "Workshop" in grade("list", "--course", str(path)).out
    assert grade("list").status == 2


def test_names_are_exercises_units_and_paths(
    grade: Grade, shop: Path, valid: Callable[..., Any]
) -> None:
    def graded(*names: str) -> list[str]:
        ran = grade("run", *names, "--json", "--submission", str(shop / "exercises"))
        assert ran.status == 1
        return [exercise["id"] for exercise in valid(ran.out)["exercises"]]

    assert graded("a_numbers/rolling.py", "temperature", "rolling") == ["rolling", "temperature"]
    assert graded("a_numbers/") == ["temperature", "rolling"]


def test_other_peoples_work_asks_for_the_lock(
    grade: Grade, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the lock cannot be had, one's own work goes on with a line of notice."""
    from grader.grading import pool

    def without(self: pool.Pool, missing: tuple[str, ...]) -> str:
        self.missing = ("There is no Landlock.",)
        if self._wanted == "full":
            raise errors.IsolationError("The lock around student code cannot be had here: no")
        return "none"

    monkeypatch.setattr(pool.Pool, "_level", without)
    theirs = shop.parent / "tally.py"
    shutil.copy(shop / "solutions/b_objects/tally.py", theirs)
    ran = grade("run", "--submission", str(theirs))
    assert ran.status == 2
    assert "There is no Landlock." in ran.err
    assert "say --isolation none" in ran.err
    ran = grade("run", "--submission", str(theirs), "--isolation", "none", "--json")
    assert (ran.status, json.loads(ran.out)["isolation"]) == (0, "none")
    own = grade("run", "tally")
    assert own.status == 1
    assert "Student code ran without the lock" in " ".join(own.out.split())
    assert grade("run", "tally", "--isolation", "full").status == 2


@needs.lock
def test_the_isolation_in_force_is_in_the_report(grade: Grade, shop: Path) -> None:
    ran = grade("run", "tally", "--json", "--isolation", "full")
    assert json.loads(ran.out)["isolation"] == "full"
    ran = grade("run", "tally", "--json", "--start", "spawn")
    assert json.loads(ran.out)["isolation"] == "full"


def test_ctrl_c_is_no_traceback(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.course.outline import Course

    def interrupted(path: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Course, "load", interrupted)
    ran = grade("list")
    assert (ran.status, ran.err) == (130, "\nStopped.\n")


def test_a_fault_of_the_graders_own_says_what_to_report(
    grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.course.outline import Course

    def broken(path: object) -> None:
        raise errors.GraderFault("the judge ended without a word")

    monkeypatch.setattr(Course, "load", broken)
    ran = grade("list")
    assert ran.status == 3
    assert "no mark was given or lost" in ran.err
    assert "the judge ended without a word\nPlease report this text" in ran.err
