"""The judge, in a thread of this process; its workers are real processes."""

from __future__ import annotations

import getpass
import socket
import tempfile
from pathlib import Path
from typing import Any

import pytest

from grader import Course
from grader.grading import talk
from grader.report.model import ExerciseResult
from grader.sandbox.wire.channel import Channel
from support.courses import sums
from support.judging import JudgeOf, answer, judges, outcomes


def graded(peer: Channel, text: str, seed: int = 0) -> ExerciseResult:
    talk.send(peer, talk.Job({"sums": text}, ("sums", "nothing"), seed))
    return answer(peer, talk.Done).results[0]


def test_submissions_one_after_another(course_dir: Path, judge_of: JudgeOf) -> None:
    """One judge, every kind of end; an honest submission in between is not touched by any."""
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)

    right = graded(peer, sums.SOLUTION)
    assert outcomes(right) == ["passed"] * 4
    assert (str(right.earned), str(right.possible)) == ("3.75", "3.75")
    assert right.tests[0].title == "The sum of (1, 2, 3) is 6."

    mean = graded(peer, sums.SOLUTION.replace(".sum())", ".mean())"))
    assert [d.misconception for d in mean.diagnoses] == ["TakesTheMean"]
    assert mean.diagnoses[0].tests == ("test_sum", "test_any_number")
    again = graded(peer, sums.SOLUTION.replace(".sum())", ".mean())"))
    assert again.diagnoses == mean.diagnoses, "remembered answers say the same"

    endless = graded(peer, sums.SOLUTION.replace(".sum())", ".sum() * np.inf)"))
    assert endless.diagnoses == (), "an infinite answer is near no number"

    inplace = graded(peer, sums.SOLUTION.replace("return c * v", "v *= c\n    return v"))
    assert [d.misconception for d in inplace.diagnoses] == ["ScalesInPlace"]
    assert "changed during the call" in inplace.tests[2].message

    crashing = graded(
        peer,
        sums.SOLUTION.replace("return float(np", "__import__('os')._exit(0)\n    return float(np"),
    )
    assert outcomes(crashing) == ["crashed", "crashed", "passed", "passed"]

    unusable = graded(peer, sums.SOLUTION.replace("return c * v", "return [c * x for x in v]"))
    assert outcomes(unusable) == ["passed", "passed", "failed", "failed"]
    assert "AttributeError" in unusable.tests[3].message, "the reference passes: it is the answer"

    assert outcomes(graded(peer, sums.SOLUTION, seed=3)) == ["passed"] * 4


def test_a_job_that_is_wanted_no_longer_ends_at_once(course_dir: Path, judge_of: JudgeOf) -> None:
    file = course_dir / "course.yaml"
    file.write_text(file.read_text("utf-8").replace("500ms, exercise: 3s", "5min, exercise: 9min"))
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    talk.send(peer, talk.Stop())  # too late for anything before it, too early for what follows
    assert outcomes(graded(peer, sums.SOLUTION)) == ["passed"] * 4
    endless = sums.SOLUTION.replace("return c * v", "while True: pass")
    talk.send(peer, talk.Job({"sums": endless}, ("sums", "nothing"), 0))
    answer(peer, talk.TestDone)
    talk.send(peer, talk.Stop())
    assert answer(peer, talk.Done).results is None
    assert outcomes(graded(peer, sums.SOLUTION)) == ["passed"] * 4


def test_a_wall_clock_timeout_with_time_to_spare_is_tried_once_more(
    course_dir: Path, judge_of: JudgeOf
) -> None:
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    sleepy = sums.SOLUTION.replace("return c * v", "import time; time.sleep(9)")
    slow = graded(peer, sleepy)
    assert outcomes(slow)[:2] == ["passed", "passed"]
    assert outcomes(slow)[2] == "timeout"
    assert slow.tests[2].ms > 2 * 500
    assert "time for this exercise" in slow.tests[3].message or slow.tests[3].outcome == "timeout"


def test_a_suite_that_breaks_on_the_reference_is_our_fault(
    course_dir: Path, judge_of: JudgeOf
) -> None:
    suite = course_dir / "tests" / "hidden" / "01_a" / "test_sums.py"
    text = suite.read_text("utf-8")
    text = text.replace("== (2,)", "== (2,) and undefined")
    text = text.replace(
        "def test_scaled(student):",
        "@pytest.fixture\ndef broken():\n    1 / 0\n\n\ndef test_scaled(student, broken):",
    )
    suite.write_text(text, "utf-8")
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    result = graded(peer, sums.SOLUTION)
    assert outcomes(result) == ["passed", "passed", "grader_fault", "grader_fault"]
    assert result.outcome == "grader_fault"
    assert str(result.earned) == str(result.possible) == "2.5"
    assert "NameError" in result.tests[3].message
    assert "This is not your mistake" in result.tests[3].message


def test_a_suite_has_a_place_for_files_that_nobody_else_clears(
    course_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pytest keeps of other runs stays, and judges come and go beside each other."""
    temporary = tmp_path / "temporary"
    kept = temporary / f"pytest-of-{getpass.getuser()}" / "pytest-0" / "kept.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("of a run that failed")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    (suite,) = course_dir.rglob("test_sums.py")
    text = suite.read_text("utf-8")
    writing = text.replace("def test_sum(student", "def test_sum(student, tmp_path", 1)
    head, body = writing.split("def test_sum", 1)
    line = body.index("\n", body.index(":\n")) + 1
    suite.write_text(f"{head}def test_sum{body[:line]}    tmp_path.touch()\n{body[line:]}", "utf-8")
    course = Course.load(course_dir)
    with judges() as start:
        first = start(course)
        answer(first, talk.Taken)
        with judges() as another:
            second = another(course)
            answer(second, talk.Taken)
            assert outcomes(graded(second, sums.SOLUTION)) == ["passed"] * 4
            assert outcomes(graded(first, sums.SOLUTION)) == ["passed"] * 4
            assert len(list(temporary.glob("wxb-suites-*"))) == 2
        assert outcomes(graded(first, sums.SOLUTION)) == ["passed"] * 4
        assert len(list(temporary.glob("wxb-suites-*"))) == 1
    assert list(temporary.iterdir()) == [kept.parent.parent]
    assert kept.read_text() == "of a run that failed"


def test_a_test_may_be_skipped(course_dir: Path, judge_of: JudgeOf) -> None:
    suite = course_dir / "tests" / "hidden" / "01_a" / "test_sums.py"
    suite.write_text(
        suite.read_text("utf-8").replace(
            "def test_scaled(student):\n",
            "@pytest.mark.skip(reason='no')\ndef test_scaled(student):\n",
        ),
        "utf-8",
    )
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    result = graded(peer, sums.SOLUTION)
    assert outcomes(result)[2] == "skipped"
    assert str(result.possible) == "2.75"


BROKEN = {
    "import nunpy as np\n": ("import numpy as np\n", 2, "ModuleNotFoundError"),
    "raise RuntimeError('x')\n": ("import pytest\n", 3, "RuntimeError"),
}


@pytest.mark.parametrize("new", BROKEN)
def test_a_broken_suite_is_refused_with_its_line(
    new: str, course_dir: Path, judge_of: JudgeOf
) -> None:
    old, line, told = BROKEN[new]
    suite = course_dir / "tests" / "hidden" / "01_a" / "test_sums.py"
    course = Course.load(course_dir)
    suite.write_text(suite.read_text("utf-8").replace(old, new), "utf-8")
    peer = judge_of(course)
    refused = answer(peer, talk.Refused)
    assert refused.kind == "course"
    assert refused.faults[0].line == line
    assert told in refused.faults[0].what


def test_a_suite_that_changed_under_the_course_is_refused(
    course_dir: Path, judge_of: JudgeOf
) -> None:
    suite = course_dir / "tests" / "hidden" / "01_a" / "test_sums.py"
    course = Course.load(course_dir)
    suite.write_text(suite.read_text("utf-8").replace("test_sum(", "test_other("), "utf-8")
    told = [fault.what for fault in answer(judge_of(course), talk.Refused).faults]
    assert "there is no test_sum" in told
    assert "test_other has no points" in told


def test_a_suite_that_is_gone_is_refused(course_dir: Path, judge_of: JudgeOf) -> None:
    course = Course.load(course_dir)
    (course_dir / "tests" / "hidden" / "01_a" / "test_sums.py").unlink()
    assert "no such suite" in answer(judge_of(course), talk.Refused).faults[0].what


def test_a_lock_that_fails_is_refused(
    course_dir: Path, judge_of: JudgeOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.errors import IsolationError
    from grader.sandbox.processes.launch import SpawnLauncher

    def refuse(*args: object) -> None:
        raise IsolationError("no lock today")

    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    monkeypatch.setattr(SpawnLauncher, "spawn", refuse)
    talk.send(peer, talk.Job({"sums": sums.SOLUTION}, ("sums",)))
    refused = answer(peer, talk.Refused)
    assert (refused.kind, refused.text) == ("isolation", "no lock today")


SWALLOWED = {
    "pass": "with pytest.raises(Exception): student.total((1, 2))",
    "pass too": "with pytest.raises(BaseException): student.total((1, 2))",
    "failed": """try: student.total((1, 2))
    except Exception: pytest.fail("it raises")""",
    "in a fixture": "raise ValueError",
}


@pytest.mark.parametrize("kind", ["gone", "isolation", "grader"])
@pytest.mark.parametrize("swallowed", SWALLOWED)
def test_a_suite_that_catches_a_failure_of_the_border_makes_nothing_of_it(
    swallowed: str,
    kind: str,
    course_dir: Path,
    judge_of: JudgeOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is no pass, and no mistake of the student's."""
    from grader.errors import IsolationError, ProcessGone
    from grader.sandbox.processes.launch import SpawnLauncher

    error = {
        "gone": ProcessGone("no zygote today"),
        "isolation": IsolationError("no lock today"),
        "grader": OSError("no descriptor today"),
    }[kind]

    refusals, spawn = [error], SpawnLauncher.spawn

    def refuse(self: SpawnLauncher, memory: int, cpu: int) -> Any:
        if refusals:
            raise refusals.pop()
        return spawn(self, memory, cpu)

    suite = course_dir / "tests" / "hidden" / "01_a" / "test_sums.py"
    text = suite.read_text("utf-8")
    head = "def test_sum(student):\n"
    assert head in text
    if swallowed == "in a fixture":
        fixture = f"""@pytest.fixture
def ready(student):
    try: student.total((1, 2))
    except Exception: return 1


def test_sum(ready):
    {SWALLOWED[swallowed]}


"""
        suite.write_text(text.replace(head, f"{fixture}def _was(student):\n"), "utf-8")
    else:
        suite.write_text(text.replace(head, f"{head}    {SWALLOWED[swallowed]}\n    return\n"))
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    monkeypatch.setattr(SpawnLauncher, "spawn", refuse)
    talk.send(peer, talk.Job({"sums": sums.SOLUTION}, ("sums",)))
    refused = answer(peer, talk.Refused)
    assert refused.kind == kind
    assert "today" in refused.text


def test_a_mistake_of_our_own_is_told_as_one(
    course_dir: Path, judge_of: JudgeOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.judge import marking

    def broken(*args: object) -> None:
        raise LookupError("a bug")

    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    monkeypatch.setattr(marking, "exercise_result", broken)
    talk.send(peer, talk.Job({"sums": sums.SOLUTION}, ("sums",)))
    refused = answer(peer, talk.Refused)
    assert refused.kind == "grader"
    assert "a bug" in refused.text


def test_a_caller_that_says_nothing(judge_of: JudgeOf) -> None:
    from grader.judge import main as judge

    ours, theirs = socket.socketpair()
    ours.close()
    launcher: Any = None
    assert judge.main(theirs, launcher) is None
    theirs.close()
