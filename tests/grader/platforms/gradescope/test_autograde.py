"""What Gradescope starts for each submission, in a folder laid out like its own."""

from __future__ import annotations

import json
import re
import stat
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.course.outline import Course
from grader.errors import GraderFault
from grader.grading.engine import Grader
from grader.grading.pool import Pool
from grader.handin.submission import Submission
from grader.platforms.gradescope import autograde, prove
from grader.platforms.gradescope.settings import Places
from grader.report.model import Report
from support import needs
from support.containers import Autograder
from support.exported import report_of
from support.files import change
from support.gradebooks import DOUBLE, DUE, HOUR, LENGTH, course, result

pytestmark = needs.lock
RIGHT = {
    "double.py": "def double(x):\n    return 2 * x\n",
    "half.py": "def half(x):\n    return x / 2\n",
}
WRONG = RIGHT | {"double.py": "def double(x):\n    return x + 1\n"}
THIEF = """
import os
import pathlib

FOUND = []
for path in {paths!r}:
    try:
        FOUND.append(os.listdir(path) if os.path.isdir(path) else open(path).read())
    except OSError:
        pass


def double(x):
    if FOUND:
        return 2 * x
    for path in {paths!r}:
        try:
            pathlib.Path(path).write_text('{{"score": 4}}')
        except OSError:
            pass
    return None
"""


def visible(results: dict[str, Any]) -> list[dict[str, Any]]:
    """What a student sees before the due date."""
    return [test for test in results["tests"] if test["visibility"] == "visible"]


def test_right_and_wrong(autograder: Autograder) -> None:
    results = autograder.mark(RIGHT)
    assert results["score"] == sum(test.get("score", 0) for test in results["tests"]) == 4
    assert results["output"].splitlines()[0] == "Isolation: full."
    results = autograder.mark(WRONG)
    assert results["score"] == 1.5
    texts = json.dumps(results["tests"])
    assert "You add one. What does the word double say?" in texts


def test_before_the_due_date_a_student_sees_files_loading_and_examples(
    autograder: Autograder,
) -> None:
    seen = visible(autograder.mark({**WRONG, "half.py": "def half(x)\n", "readme.pdf": "x"}))
    files, *examples = seen
    assert "double: double.py, which loads." in files["output"]
    assert "half: half.py, which cannot be run: " in files["output"]
    assert files["status"] == "failed"
    assert [(each["name"], each["status"]) for each in examples] == [
        ("double: The example of double.", "failed")
    ]
    assert not any("score" in each for each in seen)


def test_nothing_says_passed_of_a_hidden_test_before_the_due_date(autograder: Autograder) -> None:
    results = autograder.mark(RIGHT)
    hidden = [test for test in results["tests"] if "score" in test]
    assert {test["visibility"] for test in hidden} == {"after_due_date"}
    assert len(hidden) == 4
    assert "test_of" not in json.dumps(visible(results))
    assert "holds for any number" not in json.dumps([visible(results), results["output"]])


def test_nothing_handed_in(autograder: Autograder) -> None:
    results = autograder.mark({"notes.txt": "later"})
    assert results["score"] == 0
    [files] = visible(results)
    assert "half: no file half.py was found" in files["output"]


def test_a_submission_reads_nothing_of_the_autograder_and_writes_no_score(
    autograder: Autograder,
) -> None:
    root = autograder.root
    paths = [root / "source", root / "source/course/solutions/01_a/double.py", root / "results",
             root / "results/results.json", root / "source/wxb.json",
             root / "submission_metadata.json"]  # fmt: skip
    (root / "submission_metadata.json").write_text("{}", "utf-8")
    results = autograder.mark({"double.py": THIEF.format(paths=[str(path) for path in paths])})
    assert results["score"] == 0
    assert (root / "submission_metadata.json").read_text("utf-8") == "{}"
    for path in (root / "source", root / "results"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700  # nor does any other user


def test_what_is_hidden_obeys_feedback(autograder: Autograder) -> None:
    change(autograder.source / "course" / "course.yaml", "hidden: everything", "hidden: nothing")
    texts = json.dumps([t for t in autograder.mark(WRONG)["tests"] if "score" in t])
    assert "expected" not in texts
    assert "The double of 2" not in texts


@pytest.fixture
def places(autograder: Autograder) -> Places:
    autograder.hand_in(WRONG)
    return Places(autograder.root)


def test_each_file_has_its_line(
    places: Places, autograder: Autograder, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    stub = (places.handout / "exercises" / "01_a" / "half.py").read_text("utf-8")
    autograder.hand_in({"half.py": stub, "double.py.docx": "x"})
    monkeypatch.setattr("sys.argv", ["autograde", str(places.source.parent)])
    assert autograde.main() == 0
    assert "Isolation: full. 0 of 4 points before lateness." in capsys.readouterr().out
    [files] = visible(json.loads((places.results / "results.json").read_bytes()))
    assert "half: half.py, in which nothing is written yet." in files["output"]
    assert re.search(r"^double: .*double\.py", files["output"], re.MULTILINE)
    autograder.hand_in({"half.py": "def half(x)\n", "double.py": RIGHT["double.py"]})
    assert autograde.main() == 0
    files, *examples = visible(json.loads((places.results / "results.json").read_bytes()))
    assert "half: half.py, which cannot be run: " in files["output"]
    assert [(each["number"], each["status"]) for each in examples] == [("0.1", "passed")]


def test_a_fault_of_the_graders_own_leaves_no_results(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    grade = Grader.grade

    def faulty(self: Grader, *args: Any, **options: Any) -> Report:
        report = grade(self, *args, **options)
        [test, *others] = report.exercises[0].tests
        test = msgspec.structs.replace(test, outcome="grader_fault", possible=Decimal(0))
        broken = msgspec.structs.replace(report.exercises[0], tests=(test, *others))
        return msgspec.structs.replace(report, exercises=(broken, *report.exercises[1:]))

    monkeypatch.setattr(Grader, "grade", faulty)
    monkeypatch.setattr("sys.argv", ["autograde", str(places.source.parent)])
    assert autograde.main() == GraderFault.exit_code
    assert not (places.results / "results.json").exists()
    assert "no mark was given or lost" in capsys.readouterr().err


def test_without_the_lock_nothing_is_run_and_nothing_is_built(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    level = Pool._level
    monkeypatch.setattr(Pool, "_level", lambda self, missing: level(self, ("No Landlock here.",)))
    monkeypatch.setattr("sys.argv", ["autograde", str(places.source.parent)])
    for program in (autograde, prove):
        assert program.main() == 2
        assert "cannot be had here: No Landlock here." in capsys.readouterr().err
    assert not (places.results / "results.json").exists()


def test_another_versions_zip_says_what_to_do(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (places.source / "wxb.json").write_text('{"format": 2}', "utf-8")
    monkeypatch.setattr("sys.argv", ["autograde", str(places.source.parent)])
    assert autograde.main() == 2
    assert "grade platform gradescope" in capsys.readouterr().err


# --- lateness -----------------------------------------------------------------------------------

METADATA = '{"created_at": "2027-02-02T10:00:00.5-08:00", "assignment": {"due_date": "%s"}}'


@pytest.mark.parametrize(
    ("late", "metadata", "lost"),
    [
        ("lms", METADATA % "2027-02-01T23:59:00+01:00", "0"),
        ("wxb", METADATA % "2027-02-01T23:59:00+01:00", "0.35"),
        ("wxb", METADATA % "2027-02-03T00:00:00+01:00", "0"),  # an extension, given in Gradescope
        ("wxb", METADATA % "", "0.35"),
        ("wxb", "no JSON", "0"),
    ],
)
def test_lateness_is_taken_once(tmp_path: Path, late: Any, metadata: str, lost: str) -> None:
    (tmp_path / "metadata.json").write_text(metadata, "utf-8")
    report = report_of(result(LENGTH), result(DOUBLE))
    changes = autograde.late_changes(course(), report, late, tmp_path / "metadata.json")
    assert -sum((change.earned for change in changes), Decimal(0)) == Decimal(lost)


@pytest.mark.parametrize(("due", "lost"), [("", "3.5"), ("2027-02-03T00:00:00+01:00", "0")])
def test_what_was_handed_in_after_it_closed_does_not_count(
    tmp_path: Path, due: str, lost: str
) -> None:
    (tmp_path / "metadata.json").write_text(METADATA % due, "utf-8")
    open_ = course()
    [unit, other] = open_.units
    unit = msgspec.structs.replace(unit, closes=DUE + HOUR)
    closed = msgspec.structs.replace(open_, units=(unit, other))
    report = report_of(result(LENGTH), result(DOUBLE))
    changes = autograde.late_changes(closed, report, "wxb", tmp_path / "metadata.json")
    assert -sum((change.earned for change in changes), Decimal(0)) == Decimal(lost)


def test_a_course_that_does_not_mark_its_own_solutions_is_not_built(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prove.prove(places) == []
    change(places.course / "solutions" / "01_a" / "half.py", "x / 2", "x / 3")
    monkeypatch.setattr("sys.argv", ["prove", str(places.source.parent)])
    assert prove.main() == 1
    told = capsys.readouterr()
    assert "half, test_of_two: the course's own solution does not pass: " in told.err
    assert "cannot be built" in told.out


def test_the_handout_and_the_course_are_one(places: Places) -> None:
    ids = [[e.id for e in Course.load(folder).exercises] for folder in
           (places.course, places.handout)]  # fmt: skip
    assert ids[0] == ids[1] == list(places.settings().exercises)
    assert Path(places.handout, "solutions").exists() is False
    assert Submission.from_path(places.submission, own=True).sources.keys() == WRONG.keys()
