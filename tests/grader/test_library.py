"""The library from a script, a thread, an event loop; nothing is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import Course, Grader, Report, Submission
from grader.errors import CourseError, UsageError
from grader.sandbox.processes.caller import Base
from support import needs
from support.courses import length
from support.processes import below, wait_until_gone

Valid = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def course(workshop: Path) -> Course:
    return Course.load(workshop / "course.yaml")


@pytest.fixture(scope="module")
def grader(course: Course) -> Iterator[Grader]:
    exercises = ["rolling", "temperature", "tally"]
    with Grader(course, exercises=exercises, base=Base(torch=False)) as grader:
        yield grader


def earned(report: Report) -> dict[str, str]:
    return {exercise.id: str(exercise.earned) for exercise in report.exercises}


def test_a_submission_is_graded_in_any_shape(
    grader: Grader, workshop: Path, tmp_path: Path, valid: Valid
) -> None:
    """A folder like exercises/, a flat one, one module by its name, one by its functions."""
    solutions = workshop / "solutions"
    full = {"rolling": "4.375", "temperature": "5.00", "tally": "3.0"}
    tree = Submission.from_path(solutions, "ada")
    flat = tmp_path / "flat"
    flat.mkdir()
    for path in solutions.rglob("*.py"):
        shutil.copy(path, flat)
    module = tmp_path / "rolling.py"
    shutil.copy(solutions / "a_numbers" / "rolling.py", module)
    renamed = tmp_path / "Lovelace, Ada - final (2).py"
    shutil.copy(module, renamed)

    for submission in (tree, Submission.from_path(flat)):
        report = grader.grade(submission)
        valid(report)
        assert earned(report) == full
    for path in (module, renamed):
        report = grader.grade(Submission.from_path(path))
        valid(report)
        assert earned(report) == {"rolling": "4.375"}
    assert report.notes == (f"{renamed.name} was read as rolling.py, by the functions in it.",)
    asked = grader.grade(Submission.from_path(module), ["tally"])
    assert [e.outcome for e in asked.exercises] == ["not_attempted"]
    assert asked.exercises[0].tests[0].message == "The submission has no tally.py."


def test_what_belongs_to_no_exercise(grader: Grader, course: Course) -> None:
    stray = Submission.from_sources({"notes.py": "x = 1"}, "ada", single=True)
    with pytest.raises(UsageError, match="neither the name nor the functions of this file"):
        grader.grade(stray)
    with pytest.raises(UsageError, match="Workshop has no exercise calculus"):
        grader.grade(stray, ["calculus"])
    with pytest.raises(UsageError, match="Workshop has no exercise calculus"):
        Grader(course, exercises=["calculus"])
    with pytest.raises(UsageError, match="made for rolling, temperature, tally, not for affine"):
        grader.grade(stray, ["affine"])


def test_the_same_code_gets_the_same_report(grader: Grader, workshop: Path) -> None:
    submission = Submission.from_path(workshop / "exercises")
    first, again = grader.grade(submission), grader.grade(submission)
    assert first.suite == again.suite
    assert earned(first) == earned(again)
    assert first.submission == again.submission == submission.digest
    assert {t.outcome for e in first.exercises for t in e.tests} == {"not_attempted"}


def test_progress_is_told_test_by_test(grader: Grader, workshop: Path) -> None:
    heard: list[tuple[str, str, str]] = []
    submission = Submission.from_path(workshop / "solutions" / "b_objects" / "tally.py")
    grader.grade(submission, progress=lambda *told: heard.append(told))
    assert heard == [
        ("tally", test, "passed")
        for test in ("test_count", "test_total", "test_most_common", "test_empty")
    ]


def test_threads_share_a_grader(grader: Grader, workshop: Path) -> None:
    """Also one that was started by a thread which has ended."""
    submissions = [
        Submission.from_path(workshop / "solutions" / "b_objects" / "tally.py", f"s{n}")
        for n in range(4)
    ]
    reports: list[Report] = []
    threads = [
        threading.Thread(target=lambda s=s: reports.append(grader.grade(s))) for s in submissions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report.student for report in reports) == ["s0", "s1", "s2", "s3"]
    assert {str(report.earned) for report in reports} == {"3.0"}


@pytest.mark.usefixtures("without_torch")
def test_a_grader_outlives_the_thread_that_started_it(course: Course, workshop: Path) -> None:
    submission = Submission.from_path(workshop / "solutions" / "b_objects" / "tally.py")
    with Grader(course, exercises=["tally"]) as grader:
        starter = threading.Thread(target=grader.start)
        starter.start()
        starter.join()
        assert str(grader.grade(submission).earned) == "3.0"
        grader.close()
        assert str(grader.grade(submission).earned) == "3.0", "it starts anew"
        grader.close()
        grader.close()


def test_an_event_loop_may_run(grader: Grader, workshop: Path) -> None:
    """As in a notebook: called in a coroutine, and off the loop."""
    submission = Submission.from_path(workshop / "solutions" / "b_objects" / "tally.py")

    async def notebook() -> tuple[Report, Report]:
        here = grader.grade(submission)
        return here, await asyncio.to_thread(grader.grade, submission)

    assert [str(report.earned) for report in asyncio.run(notebook())] == ["3.0", "3.0"]


SCRIPT = """
import os, sys, time
from grader import Course, Submission, Grader
with Grader(Course.load("course.yaml"), exercises=["tally"]) as grader:
    report = grader.grade(Submission.from_path("solutions/b_objects"))
    print(report.earned, grader._pool._bases[0]._process.pid, flush=True)
    if len(sys.argv) > 1:
        time.sleep(60)
"""


def script(workshop: Path, *args: str) -> subprocess.Popen[str]:
    code = textwrap.dedent(SCRIPT)
    return subprocess.Popen(
        [sys.executable, "-c", code, *args], cwd=workshop, stdout=subprocess.PIPE, text=True
    )


def test_a_script_leaves_no_process(workshop: Path) -> None:
    process = script(workshop)
    out, _ = process.communicate(timeout=120)
    earned, base = out.split()
    assert (process.returncode, earned) == (0, "3.0")
    wait_until_gone(int(base))


@needs.linux
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_caller_that_is_killed_leaves_no_process(how: signal.Signals, workshop: Path) -> None:
    process = script(workshop, "wait")
    assert process.stdout is not None
    base = int(process.stdout.readline().split()[1])
    pids = {base, *below(base)}
    assert len(pids) >= 3, "base, zygote, judge"
    os.kill(process.pid, how)
    process.wait(30)
    process.stdout.close()
    wait_until_gone(*pids)


@pytest.mark.usefixtures("without_torch")
def test_a_broken_suite_is_a_fault_of_the_course(workshop_copy: Path) -> None:
    suite = workshop_copy / "tests/hidden/b_objects/test_tally.py"
    suite.write_text(suite.read_text("utf-8").replace("import pytest", "import pytset"), "utf-8")
    with Grader(Course.load(workshop_copy), exercises=["tally"]) as grader:
        with pytest.raises(CourseError) as met:
            grader.start()
        assert str(met.value) == (
            "tests/hidden/b_objects/test_tally.py:3: ModuleNotFoundError: "
            "No module named 'pytset'; did you mean pytest?"
        )
        with pytest.raises(CourseError):
            grader.grade(Submission.from_sources({"tally.py": ""}))


@needs.torch
def test_a_course_without_torch_never_loads_it(tmp_path: Path) -> None:
    """Only a submission that imports it has it, in its own worker; its tensors are named."""
    length.write(tmp_path)
    text = (tmp_path / "solutions/01_a/length.py").read_text("utf-8")
    body = "return float(np.sqrt((v**2).sum()))"
    assert body in text
    looks = text.replace(body, f"import sys; assert 'torch' not in sys.modules; {body}")
    asks = text.replace(body, f"import torch; assert torch.ones(2).sum() == 2; {body}")
    gives = text.replace(body, "import torch; return torch.tensor(5.0)")
    with Grader(Course.load(tmp_path)) as grader:
        for source, outcome in ((looks, "passed"), (asks, "passed"), (looks, "passed")):
            (result,) = grader.grade(Submission.from_sources({"length.py": source})).exercises
            assert result.outcome == outcome, result
        (result,) = grader.grade(Submission.from_sources({"length.py": gives})).exercises
        assert "got a torch.Tensor" in result.tests[0].message
        for pid in below(os.getpid()):
            with contextlib.suppress(OSError):  # a worker that has ended meanwhile
                assert "libtorch" not in Path(f"/proc/{pid}/maps").read_text("utf-8")
