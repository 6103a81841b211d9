"""The speed table: five ways to mark the same twenty submissions, measured side by side.

    python benchmarks/run.py            the table of docs/performance.md
    python benchmarks/run.py --rounds 1 a quick look

(a) one bare warm process that calls the same checks by hand, (b) the same with a fork for each
submission, (c) wxb with one judge, (d) a fresh pytest process for each submission, (e)
gradescope-utils' runner in a fresh process for each. Ratios are what counts: all of it runs in
one go on one machine.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

from inprocess import checks, run_checks  # noqa: E402
from submissions import eight, mixed  # noqa: E402

from grader import Course, Grader, Submission  # noqa: E402

Modules = dict[str, str]
#: Seed of twenty other submissions, which (a), (b) and (c) mark before the clock starts.
WARMUP = 7


def bare(course: Course, submissions: list[Modules]) -> float:
    """(a) One warm process; seconds a submission."""
    suite = checks(course)
    for modules in mixed(course, seed=WARMUP):
        run_checks(course.title, suite, modules)
    began = time.perf_counter()
    for modules in submissions:
        run_checks(course.title, suite, modules)
    return (time.perf_counter() - began) / len(submissions)


def forked(course: Course, submissions: list[Modules]) -> float:
    """(b) The same, a fork for each submission."""
    suite = checks(course)
    for modules in mixed(course, seed=WARMUP):
        run_checks(course.title, suite, modules)
    began = time.perf_counter()
    for modules in submissions:
        pid = os.fork()
        if not pid:
            run_checks(course.title, suite, modules)
            os._exit(0)
        os.waitpid(pid, 0)
    return (time.perf_counter() - began) / len(submissions)


def wxb(course: Course, submissions: list[Modules]) -> float:
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
        for submission in handed_in:
            grader.grade(submission)
        return (time.perf_counter() - began) / len(handed_in)


def fresh_pytest(course: Course, submissions: list[Modules]) -> float:
    """(d) A fresh pytest process for each submission, tests and student code in one process."""
    return _each(submissions, lambda folder: _pytest_folder(course, folder))


def gradescope(course: Course, submissions: list[Modules]) -> float:
    """(e) gradescope-utils' JSONTestRunner, a fresh process for each submission."""
    return _each(submissions, lambda folder: _gradescope_folder(course, folder))


def _each(submissions: list[Modules], prepare: Callable[[Path], list[str]]) -> float:
    # What else is installed here (hypothesis, our own plugin) is no part of another's grading.
    plain = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    total = 0.0
    for modules in submissions:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for module, text in modules.items():
                (folder / f"{module}.py").write_text(text, "utf-8")
            command = prepare(folder)
            began = time.perf_counter()
            done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, check=False)
            total += time.perf_counter() - began
            if done.returncode > 1 or b" error" in done.stdout.rstrip().rpartition(b"\n")[2]:
                sys.exit((done.stdout + done.stderr).decode())  # it did not mark what it should
    return total / len(submissions)


_CONFTEST = """
import importlib, sys, zlib
import numpy as np
import pytest
sys.path.insert(0, {here!r})
from local import LocalStudent

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
    (folder / "conftest.py").write_text(_CONFTEST.format(here=str(HERE)))
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]


_UNITTEST = """
import importlib, sys, unittest
from pathlib import Path
sys.path[:0] = [{here!r}, "."]
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner
from local import LocalStudent, suite_checks

class Tests(unittest.TestCase):
    pass
for exercise, path, tests in {suites!r}:
    for number, check in enumerate(suite_checks(exercise, Path(path), tests)):
        def test(self, check=check, exercise=exercise):
            student = LocalStudent(importlib.import_module(exercise))
            self.assertTrue(check.run(student, {title!r}))
        setattr(Tests, f"test_{{exercise}}_{{number}}", weight(1)(test))
suite = unittest.defaultTestLoader.loadTestsFromTestCase(Tests)
with open("results.json", "w") as stream:
    JSONTestRunner(visibility="visible", stream=stream).run(suite)
"""


def _gradescope_folder(course: Course, folder: Path) -> list[str]:
    suites = [(e.id, str(course.suite(e)), list(e.tests)) for e in course.exercises]
    text = _UNITTEST.format(here=str(HERE), suites=suites, title=course.title)
    (folder / "run_tests.py").write_text(text)
    return [sys.executable, "run_tests.py"]


SYSTEMS: dict[str, tuple[str, Callable[[Course, list[Modules]], float]]] = {
    "a": ("one bare warm process, no isolation", bare),
    "b": ("the same, a fork for each submission", forked),
    "c": ("wxb, one judge, locked workers", wxb),
    "d": ("a fresh pytest process for each", fresh_pytest),
    "e": ("gradescope-utils, a fresh process for each", gradescope),
}


def measure(system: str) -> float:
    """Seconds a submission, measured in a process of its own."""
    call = [sys.executable, __file__, "--only", system]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["seconds"])


def table(rounds: int) -> dict[str, float]:
    """Medians over the rounds; the systems take turns, so that a busy moment hits all alike."""
    seconds: dict[str, list[float]] = {system: [] for system in SYSTEMS}
    for number in range(rounds):
        for system in SYSTEMS:
            print(f"round {number + 1} of {rounds}: ({system})", file=sys.stderr, flush=True)
            seconds[system].append(measure(system))
    return {system: statistics.median(values) for system, values in seconds.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=SYSTEMS)
    options = parser.parse_args()
    course = eight(ROOT)
    if options.only:
        seconds = SYSTEMS[options.only][1](course, mixed(course))
        print(json.dumps({"seconds": seconds}))
        return
    medians = table(options.rounds)
    print("| | way to mark | ms a submission | × (b) |")
    print("|---|---|---:|---:|")
    for system, (title, _) in SYSTEMS.items():
        ratio = medians[system] / medians["b"]
        print(f"| ({system}) | {title} | {1000 * medians[system]:.1f} | {ratio:.2f} |")
    print(f"\n(c) / (b) = {medians['c'] / medians['b']:.2f}  (aim: at most 2.5)")
    print(f"(d) / (c) = {medians['d'] / medians['c']:.1f}  (aim: at least 40)")


if __name__ == "__main__":
    main()
