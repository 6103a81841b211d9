"""What the parts cost: a cold start, one call over the border, a failing test, a second judge.

    python -m benchmarks.parts [--rounds 5]

Everything is measured side by side in one run, as a ratio or beside its yardstick.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.memory import Memory, descendants, memory
from benchmarks.submissions import eight, mixed
from benchmarks.threads import one_thread
from grader import Course, Grader, Submission

ROOT = Path(__file__).resolve().parent.parent

SUITE = '''"""Timing."""
import time
import numpy as np

def test_calls(student):
    """Two thousand calls."""
    x = np.arange(3.0)
    student.echo(x)
    began = time.perf_counter()
    for _ in range(2000):
        student.echo(x)
    raise AssertionError(f"seconds {time.perf_counter() - began}")
'''


def seconds(run: Callable[[], Any]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def turns(rounds: int, *runs: Callable[[], Any]) -> list[float]:
    """Medians; the runs take turns, so that a busy moment hits all alike."""
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for times, run in zip(taken, runs, strict=True):
            times.append(seconds(run))
    return [statistics.median(times) for times in taken]


def cold_start(rounds: int) -> tuple[float, float]:
    """`grade magnitude` on a finished exercise, and the imports it cannot do without."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "magnitude.py"
        work.write_bytes((ROOT / "solutions/01_vectors/magnitude.py").read_bytes())
        grade = [sys.executable, "-m", "grader.cli", "magnitude", "--submission", str(work)]
        imports = [sys.executable, "-c", "import numpy, torch, pytest"]
        cold, bare = turns(rounds, lambda: _run(grade), lambda: _run(imports))
    return cold, bare


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)


def one_call() -> tuple[float, float]:
    """A call over the border with a small array, and the same call in this process."""
    echo = "def echo(x):\n    return x\n"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = {
            "course.yaml": "format: 1\ntitle: T\nlimits: {call: 5s, exercise: 60s}\nunits:\n"
            "  - id: 01_a\n    title: A\n    exercises:\n"
            "      - {id: echoes, title: E, tests: {test_calls: 1}}\n",
            "solutions/01_a/echoes.py": echo,
            "tests/hidden/01_a/test_echoes.py": SUITE,
        }
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        with Grader(Course.load(root)) as grader:
            grader.start()
            reports = [grader.grade(Submission.from_sources({"echoes.py": echo})) for _ in range(3)]
    told = [report.exercises[0].tests[0].message for report in reports]
    over = min(float(text.split("seconds ")[1].split()[0]) for text in told) / 2000
    names: dict[str, Any] = {}
    exec(echo, names)
    x = np.arange(3.0)
    here = seconds(lambda: [names["echo"](x) for _ in range(2000)]) / 2000
    return over, here


def failing_test(rounds: int) -> tuple[float, float]:
    """Milliseconds a test of an exercise whose tests pass, and of one whose tests fail."""
    course = eight(ROOT)
    right = (ROOT / "solutions/01_vectors/magnitude.py").read_text("utf-8")
    wrong = right.replace("np.sqrt(", "(").replace(".sqrt()", "")
    with Grader(course, exercises=["magnitude"]) as grader:
        grader.start()
        passing, failing = (
            Submission.from_sources({"magnitude.py": text}, single=True) for text in (right, wrong)
        )
        results = {
            name: grader.grade(s).exercises[0] for name, s in (("p", passing), ("f", failing))
        }
        tests = len(results["p"].tests)
        lost = sum(test.outcome != "passed" for test in results["f"].tests)
        ok, bad = turns(20 * rounds, lambda: grader.grade(passing), lambda: grader.grade(failing))
    return ok / tests, ok / tests + (bad - ok) / max(1, lost)


@contextmanager
def judges(count: int) -> Iterator[None]:
    """One base with so many judges, which have marked three submissions each."""
    course = eight(ROOT)
    handed_in = [
        Submission.from_sources({f"{name}.py": text for name, text in modules.items()})
        for modules in mixed(course, 3)
    ]
    with Grader(course, jobs=count) as grader:
        all_begin = threading.Barrier(count)
        list(grader.in_parallel([all_begin.wait] * count))  # a thread for each
        list(grader.grade_all(handed_in * count))
        yield


def memory_of_judges(count: int) -> Memory:
    """All that was started for so many judges: base, zygote, judges and their workers."""
    with judges(count):
        return memory(descendants(os.getpid()))


def main() -> None:
    one_thread("benchmarks.parts")
    parser = argparse.ArgumentParser(description="What the parts cost.")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    cold, bare = cold_start(rounds)
    over, here = one_call()
    passing, failing = failing_test(rounds)
    one, two = memory_of_judges(1), memory_of_judges(2)
    print("| | measured | beside it | |\n|---|---:|---:|---|")
    print(
        f"| `grade magnitude`, cold | {cold:.2f} s | {bare:.2f} s for the imports alone "
        f"| {cold / bare:.2f} × (aim: 1.3) |"
    )
    print(
        f"| one call over the border | {1e6 * over:.0f} µs | {1e6 * here:.1f} µs in one process "
        "| (aim: 100 µs) |"
    )
    print(
        f"| a failing test, diagnosis included | {1e3 * failing:.2f} ms "
        f"| {1e3 * passing:.2f} ms for a passing one | {failing / passing:.1f} × |"
    )
    for kind, alone, both in (("PSS", one.pss, two.pss), ("private", one.private, two.private)):
        print(
            f"| two judges over one base, {kind} | {both:.0f} MiB | {alone:.0f} MiB for one "
            f"| {both - alone:.0f} MiB more (aim: 80 MB) |"
        )


if __name__ == "__main__":
    main()
