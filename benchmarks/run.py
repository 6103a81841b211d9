"""The speed table: five ways to mark the same twenty submissions, measured side by side.

    python -m benchmarks.run            the table of docs/performance.md
    python -m benchmarks.run --rounds 1 a quick look

(a) one bare warm process that calls the same checks by hand, (b) the same with a fork for each
submission, (c) wxb with one judge, (d) a fresh pytest process for each submission, (e)
gradescope-utils' runner in a fresh process for each. Ratios are what counts: all of it runs in
one go on one machine. Each way tells what every test of every submission came to, and where one
differs from (a) there is no table.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.inprocess import checks, run_checks
from benchmarks.local import Check
from benchmarks.marks import Marked, Marks, difference, gather
from benchmarks.submissions import eight, mixed
from benchmarks.threads import one_thread
from grader import Course, Grader, Report, Submission

ROOT = Path(__file__).resolve().parent.parent
Modules = dict[str, str]
#: Seed of twenty other submissions, which (a), (b) and (c) mark before the clock starts.
WARMUP = 7


def bare(course: Course, submissions: list[Modules]) -> Marked:
    """(a) One warm process."""
    suite = checks(course)
    for modules in mixed(course, seed=WARMUP):
        run_checks(course.title, suite, modules)
    began = time.perf_counter()
    marks = [run_checks(course.title, suite, modules) for modules in submissions]
    return Marked((time.perf_counter() - began) / len(submissions), marks)


def forked(course: Course, submissions: list[Modules]) -> Marked:
    """(b) The same, a fork for each submission, which sends its marks through a pipe."""
    suite = checks(course)
    for modules in mixed(course, seed=WARMUP):
        run_checks(course.title, suite, modules)
    began = time.perf_counter()
    told = [_in_a_fork(course.title, suite, modules) for modules in submissions]
    seconds = (time.perf_counter() - began) / len(submissions)
    return Marked(seconds, [msgspec.json.decode(text, type=Marks) for text in told])


def _in_a_fork(title: str, suite: dict[str, list[Check]], modules: Modules) -> bytes:
    ours, theirs = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.write(theirs, msgspec.json.encode(run_checks(title, suite, modules)))
        except BaseException:
            traceback.print_exc()  # the marks that are missing end the table
        finally:
            os._exit(0)
    os.close(theirs)
    with open(ours, "rb") as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    return told


def wxb(course: Course, submissions: list[Modules]) -> Marked:
    """(c) wxb with one judge, which has marked other submissions before."""
    before, handed_in = (
        [
            Submission.from_sources({f"{name}.py": text for name, text in modules.items()})
            for modules in group
        ]
        for group in (mixed(course, seed=WARMUP), submissions)
    )
    with Grader(course) as grader:
        for submission in before:
            grader.grade(submission)
        began = time.perf_counter()
        reports = [grader.grade(submission) for submission in handed_in]
        seconds = (time.perf_counter() - began) / len(handed_in)
    return Marked(seconds, [_reported(report) for report in reports])


def _reported(report: Report) -> Marks:
    return {
        f"{exercise.id}::{test.id}": test.outcome == "passed"
        for exercise in report.exercises
        for test in exercise.tests
    }


def fresh_pytest(course: Course, submissions: list[Modules]) -> Marked:
    """(d) A fresh pytest process for each submission, tests and student code in one process."""
    return _each(submissions, lambda folder: _pytest_folder(course, folder), _pytest_marks)


def gradescope(course: Course, submissions: list[Modules]) -> Marked:
    """(e) gradescope-utils' JSONTestRunner, a fresh process for each submission."""
    return _each(submissions, lambda folder: _gradescope_folder(course, folder), _gradescope_marks)


def _each(
    submissions: list[Modules],
    prepare: Callable[[Path], list[str]],
    read: Callable[[Any], Marks],
) -> Marked:
    """Mark each submission by the command that `prepare` gives, and `read` its results.json."""
    # What else is installed here (hypothesis, our own plugin) is no part of another's grading.
    plain = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
    total, marks = 0.0, []
    for modules in submissions:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for module, text in modules.items():
                (folder / f"{module}.py").write_text(text, "utf-8")
            command = prepare(folder)
            began = time.perf_counter()
            done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, check=False)
            total += time.perf_counter() - began
            results = folder / "results.json"
            if done.returncode > 1 or not results.is_file():
                sys.exit((done.stdout + done.stderr).decode())
            marks.append(read(json.loads(results.read_bytes())))
    return Marked(total / len(submissions), marks)


_CONFTEST = """
import importlib, json, zlib
import numpy as np
import pytest
from benchmarks.local import LocalStudent

passed = {}

def pytest_runtest_logreport(report):
    passed[report.nodeid] = report.passed and passed.get(report.nodeid, True)

def pytest_sessionfinish():
    with open("results.json", "w") as stream:
        json.dump(passed, stream)

@pytest.fixture
def student(request):
    return LocalStudent(importlib.import_module(request.path.stem.removeprefix("test_")))

@pytest.fixture
def rng(request):
    return np.random.default_rng(zlib.crc32(request.node.name.encode()))

@pytest.fixture
def torch():
    return pytest.importorskip("torch")
"""


def _pytest_folder(course: Course, folder: Path) -> list[str]:
    for exercise in course.exercises:
        path = course.suite(exercise)
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "conftest.py").write_text(_CONFTEST)
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]


def _pytest_marks(results: dict[str, bool]) -> Marks:
    return gather(
        (node.removeprefix("test_").replace(".py", "", 1), passed)
        for node, passed in results.items()
    )


_UNITTEST = """
import importlib, unittest
from pathlib import Path
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner
from benchmarks.local import LocalStudent, suite_checks

class Tests(unittest.TestCase):
    pass
for exercise, path, tests in {suites!r}:
    for number, check in enumerate(suite_checks(exercise, Path(path), tests)):
        def test(self, check=check, exercise=exercise):
            student = LocalStudent(importlib.import_module(exercise))
            self.assertTrue(check.run(student, {title!r}))
        test.__doc__ = check.id  # the name of the test in the results
        setattr(Tests, f"test_{{exercise}}_{{number}}", weight(1)(test))
suite = unittest.defaultTestLoader.loadTestsFromTestCase(Tests)
with open("results.json", "w") as stream:
    JSONTestRunner(visibility="visible", stream=stream).run(suite)
"""


def _gradescope_folder(course: Course, folder: Path) -> list[str]:
    suites = [(e.id, str(course.suite(e)), list(e.tests)) for e in course.exercises]
    text = _UNITTEST.format(suites=suites, title=course.title)
    (folder / "run_tests.py").write_text(text)
    return [sys.executable, "run_tests.py"]


def _gradescope_marks(results: dict[str, Any]) -> Marks:
    return gather((test["name"], test["score"] == test["max_score"]) for test in results["tests"])


WAYS: dict[str, tuple[str, Callable[[Course, list[Modules]], Marked]]] = {
    "a": ("one bare warm process, no isolation", bare),
    "b": ("the same, a fork for each submission", forked),
    "c": ("wxb, one judge, locked workers", wxb),
    "d": ("a fresh pytest process for each", fresh_pytest),
    "e": ("gradescope-utils, a fresh process for each", gradescope),
}


def require(way: str | None = None) -> None:
    """End the program if something that this way needs, or any of them, is not installed."""
    if importlib.util.find_spec("torch") is None:
        sys.exit("The table needs PyTorch: without it the ways leave out different tests.")
    if way in (None, "e") and importlib.util.find_spec("gradescope_utils") is None:
        sys.exit(
            "(e) needs gradescope-utils. `make bench` installs it, and so does\n"
            "    pip install -c constraints.txt -e '.[bench]'"
        )


def measure(way: str) -> Marked:
    """Mark the twenty submissions in one way, in a process of its own."""
    call = [sys.executable, "-m", "benchmarks.run", "--only", way]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"({way}) {WAYS[way][0]}: it did not mark.\n{done.stderr.strip()}")
    return msgspec.json.decode(done.stdout, type=Marked)


def table(rounds: int) -> tuple[dict[str, float], list[Marks]]:
    """Medians over the rounds, and the marks; the ways take turns, so that a busy moment hits all.

    A way that marks otherwise than (a) ends the program: its time would be of something else.
    """
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    expected: list[Marks] = []
    for number in range(rounds):
        for way, (title, _) in WAYS.items():
            print(f"round {number + 1} of {rounds}: ({way})", file=sys.stderr, flush=True)
            marked = measure(way)
            expected = expected or marked.marks
            if found := difference(marked.marks, expected):
                sys.exit(f"({way}) {title}: it marks otherwise than (a).\n{found}")
            seconds[way].append(marked.seconds)
    return {way: statistics.median(values) for way, values in seconds.items()}, expected


def main() -> None:
    one_thread("benchmarks.run")
    parser = argparse.ArgumentParser(description="The speed table: five ways to mark.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=WAYS, help="measure one way, and tell it as JSON")
    options = parser.parse_args()
    require(options.only)
    if options.only:
        course = eight(ROOT)
        marked = WAYS[options.only][1](course, mixed(course))
        print(msgspec.json.encode(marked).decode())
        return
    medians, marks = table(options.rounds)
    print("| | way to mark | ms a submission | × (b) |")
    print("|---|---|---:|---:|")
    for way, (title, _) in WAYS.items():
        print(
            f"| ({way}) | {title} | {1000 * medians[way]:.1f} | {medians[way] / medians['b']:.2f} |"
        )
    passed = sum(sum(tests.values()) for tests in marks)
    print(f"\nAll mark alike: {passed} of {sum(map(len, marks))} tests pass.")
    print(f"(c) / (b) = {medians['c'] / medians['b']:.2f}  (aim: at most 2.5)")
    print(f"(d) / (c) = {medians['d'] / medians['c']:.1f}  (aim: at least 40)")


if __name__ == "__main__":
    main()
