"""What a question's run.sh does, in a folder laid out like /grade."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.course.outline import Course
from grader.grading.engine import Grader
from grader.grading.pool import Pool
from grader.platforms.prairielearn import grade
from grader.platforms.prairielearn.build import build
from grader.platforms.reports.prairielearn import FAULT
from grader.report.model import Report
from support import needs
from support.containers import run
from support.courses import double
from support.files import write

pytestmark = needs.lock
RIGHT = "def double(x):\n    return 2 * x\n"
WRONG = "def double(x):\n    return x + 1\n"
THIEF = """
import os

FOUND = []
for path in {paths!r}:
    try:
        FOUND.append(os.listdir(path))
    except OSError:
        pass


def double(x):
    return 2 * x if FOUND else None
"""
Mark = Callable[[Mapping[str, str] | None], dict[str, Any]]


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was built of a course of two exercises."""
    place = tmp_path_factory.mktemp("prairielearn")
    build(Course.load(double.write(place / "course")), place / "pl", ())
    return place / "pl" / "questions" / "wxb" / "01_a"


@pytest.fixture
def root(questions: Path, tmp_path: Path) -> Path:
    """/grade, before anything is handed in."""
    root = tmp_path / "grade"
    shutil.copytree(questions / "double" / "tests", root / "tests")
    write(root, {"data/data.json": "{}", "serverFilesCourse/secret.py": "KEY = 1\n"})
    return root


@pytest.fixture
def mark(root: Path, tmp_path: Path) -> Mark:
    """Start the entrypoint as PrairieLearn does, and read what it has written."""
    python = write(tmp_path / "bin", {"python3": f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'})
    (python / "python3").chmod(0o755)

    def started(files: Mapping[str, str] | None) -> dict[str, Any]:
        if files is not None:
            write(root / "student", files)
        path = f"{python}:/usr/bin:/bin"
        ran = run(root / "tests" / "run.sh", WXB_GRADE=str(root), PATH=path)
        assert ran.returncode == 0, ran.stderr
        data = (root / "results" / "results.json").read_bytes()
        found: dict[str, Any] = json.loads(data)
        return found

    return started


def test_right(mark: Mark) -> None:
    found = mark({"double.py": RIGHT})
    assert (found["gradable"], found["score"]) == (True, 1)
    assert [test["points"] for test in found["tests"]] == [1.5, 1]


def test_wrong_is_named(mark: Mark) -> None:
    found = mark({"double.py": WRONG})
    assert (found["gradable"], found["score"]) == (True, 0)
    assert "You add one. What does the word double say?" in found["output"]
    assert found["tests"][0]["message"] == "Wrong value: expected 4.0, got 3.0."


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (None, "No file was handed in."),
        ({"other.py": "x = 1\n"}, "There is no file double.py"),
        ({"double.py": "def double(x)\n"}, "line 1"),
    ],
)
def test_what_cannot_be_graded_costs_no_attempt(
    mark: Mark, files: Mapping[str, str] | None, words: str
) -> None:
    found = mark(files)
    assert (found["gradable"], found["score"]) == (False, 0)
    assert words in found["format_errors"][0]


def test_a_submission_reads_nothing_of_the_question(mark: Mark, root: Path) -> None:
    paths = [str(root / name) for name in ("tests", "tests/course", "data", "serverFilesCourse")]
    assert mark({"double.py": THIEF.format(paths=paths)})["score"] == 0


# --- faults of the grader's own -----------------------------------------------------------------


@pytest.fixture
def here(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same in this process, with right work in it."""
    write(root / "student", {"double.py": RIGHT})
    monkeypatch.setattr("sys.argv", ["grade", str(root)])
    return root


def results(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "results" / "results.json").read_bytes())
    return found


def test_a_test_that_could_not_be_judged(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    judge = Grader.grade

    def faulty(self: Grader, *args: Any, **options: Any) -> Report:
        report = judge(self, *args, **options)
        [exercise] = report.exercises
        [test, *others] = exercise.tests
        test = msgspec.structs.replace(test, outcome="grader_fault", possible=Decimal(0))
        exercise = msgspec.structs.replace(exercise, tests=(test, *others))
        return msgspec.structs.replace(report, exercises=(exercise,))

    monkeypatch.setattr(Grader, "grade", faulty)
    assert grade.main() == 0
    assert results(here) == {"gradable": False, "score": 0, "format_errors": [FAULT]}
    assert "double, test_of_two" in capsys.readouterr().err


def test_without_the_lock_nothing_is_run(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    level = Pool._level
    monkeypatch.setattr(Pool, "_level", lambda self, missing: level(self, ("No Landlock here.",)))
    assert grade.main() == 0
    assert results(here)["format_errors"] == [FAULT]
    assert "No Landlock here." in capsys.readouterr().err


def test_nothing_handed_in_and_a_mistake_of_ours(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(here / "student")
    assert grade.main() == 0
    assert results(here)["format_errors"] == ["No file was handed in."]
    write(here / "student", {"other.py": "x = 1\n"})
    assert grade.main() == 0
    assert "There is no file double.py" in results(here)["format_errors"][0]

    def mistaken(*_: Any) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(grade, "graded", mistaken)
    assert grade.main() == 0
    assert results(here)["format_errors"] == [FAULT]
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_question_that_is_broken_tells_only_its_log(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "tests" / "course" / "course.yaml").write_text("format: 9\n", "utf-8")
    assert grade.main() == 0
    assert results(here)["format_errors"] == [FAULT]
    assert "course.yaml" in capsys.readouterr().err
