"""From a save to the answer on the screen: `grade watch` beside a cold `grade`.

    python -m benchmarks.watch [--saves 20]

A real terminal, a real file, the real command. Each save holds another wrong number, and the
answer counts once that number stands on the screen.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect

ROOT = Path(__file__).resolve().parent.parent
GRADE = (sys.executable, "-m", "grader.cli")
TREES = ("course.yaml", "exercises", "solutions", "misconceptions", "tests/hidden")
WRONG = "def magnitude(v):\n    return {number}.5\n"


@contextmanager
def course() -> Iterator[Path]:
    """A copy of the course, whose stubs may be written."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for tree in TREES:
            source, target = ROOT / tree, root / tree
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copyfile(source, target)
        yield root


def cold(root: Path, runs: int) -> list[float]:
    """Seconds of `grade magnitude`, started anew each time."""
    stub = root / "exercises" / "01_vectors" / "magnitude.py"
    taken = []
    for number in range(runs):
        stub.write_text(WRONG.format(number=number))
        began = time.perf_counter()
        subprocess.run([*GRADE, "magnitude"], cwd=root, capture_output=True)
        taken.append(time.perf_counter() - began)
    return taken


def warm(root: Path, saves: int) -> list[float]:
    """Seconds from a save to the new number on the screen of `grade watch`."""
    stub = root / "exercises" / "01_vectors" / "magnitude.py"
    stub.write_text(WRONG.format(number=1))
    child = pexpect.spawn(
        GRADE[0],
        [*GRADE[1:], "watch", "magnitude"],
        cwd=root,
        env={**os.environ, "TERM": "xterm-256color"},
        dimensions=(40, 100),
        timeout=60,
    )
    try:
        child.expect("got 1.5")
        child.expect("graded in")
        time.sleep(5)  # PyTorch loads meanwhile: what is measured is the loop, not the start
        taken = []
        for number in range(100, 100 + saves):
            began = time.perf_counter()
            stub.write_text(WRONG.format(number=number))
            child.expect(f"got {number}.5")
            taken.append(time.perf_counter() - began)
            time.sleep(0.2)
        return taken
    finally:
        child.close(force=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--saves", type=int, default=20)
    options = parser.parse_args()
    with course() as root:
        watched, anew = warm(root, options.saves), cold(root, 3)
    middle, slow = statistics.median(watched), max(watched)
    print("| | ms |\n|---|---:|")
    print(f"| `grade watch`, save to screen, median of {len(watched)} | {1000 * middle:.0f} |")
    print(f"| `grade watch`, the slowest | {1000 * slow:.0f} |")
    print(f"| `grade magnitude`, started anew | {1000 * statistics.median(anew):.0f} |")
    print(
        f"\nanew / watch = {statistics.median(anew) / middle:.0f}  (aim: save to screen in 150 ms)"
    )


if __name__ == "__main__":
    main()
