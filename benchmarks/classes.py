"""Classes of many students: what a whole one costs, a second run, twins, memory, and the line.

    python -m benchmarks.classes                           the tables of docs/performance.md: hours
    python -m benchmarks.classes --whole 200 --sizes 200   a quick look

Every run is the command itself: `grade batch` over a class that `grade collect` has made, with as
many jobs as there are processors. Whatever does not mark every hand-in ends the program.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.classmates import classmates, collected
from benchmarks.memory import descendants, memory
from benchmarks.threads import one_thread
from benchmarks.timed import compile_grader, of_children
from grader import Course
from grader.classroom.batched import Batched

__all__ = ["Run", "batch", "line_row", "main"]

ROOT = Path(__file__).resolve().parent.parent
#: Seconds between two looks at the memory.
_LOOK = 1.0


class Run(NamedTuple):
    """One `grade batch`.

    Args:
        seconds: from the start of the command to its end; `processor`: of processors, all in all.
        peak: MiB of all its processes together at the moment when they took most, as PSS.
        stored: bytes of the gradebook afterwards, what it has not yet tidied up included.
    """

    seconds: float
    processor: float
    peak: float
    stored: int
    told: Batched


def batch(hw: Path, marks: Path, *options: str) -> Run:
    """Run the command over a class, and look at its memory meanwhile."""
    command = [
        sys.executable, "-m", "grader.cli", "batch", str(hw), "--course", str(ROOT),
        "--gradebook", str(marks), "--json", *options,
    ]  # fmt: skip
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began, used, peak = time.perf_counter(), of_children(), 0.0
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err) as process:
            while True:
                try:
                    process.wait(_LOOK)
                    break
                except subprocess.TimeoutExpired:
                    peak = max(peak, memory([process.pid, *descendants(process.pid)]).pss)
        seconds, processor = time.perf_counter() - began, of_children() - used
        out.seek(0)
        err.seek(0)
        if process.returncode not in (0, 1):
            sys.exit(f"grade batch ended with {process.returncode}:\n{err.read().decode()}")
        told = msgspec.json.decode(out.read(), type=Batched)
    stored = sum(path.stat().st_size for path in marks.parent.glob(f"{marks.name}*"))
    return Run(seconds, processor, peak, stored, told)


def check(run: Run, **wanted: int) -> Run:
    """End the program if a run did not do what it is measured for: its tally, by its fields."""
    found = {name: getattr(run.told.tally, name) for name in wanted}
    if found != wanted:
        sys.exit(f"The run was to come to {wanted}, and came to {run.told.tally}.")
    return run


def whole(course: Course, count: int) -> Iterator[str]:
    """The whole course, line by line, as it comes to pass.

    A first run, a second with nothing changed, and a first one with twins.
    """
    each = len(list(course.exercises))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hw = collected(course, classmates(course, count), folder)
        yield f"| {count:,} students, {each} exercises each | |"
        yield "|---|---:|"
        first = check(batch(hw, folder / "m.db", "--fresh"), judged=count)
        yield f"| `grade batch --fresh` | {took(first)} |"
        yield f"| hand-ins a minute | {60 * count / first.seconds:.0f} |"
        yield f"| exercises a minute | {60 * count * each / first.seconds:.0f} |"
        yield f"| peak memory (PSS) of all processes | {first.peak:.0f} MiB |"
        yield f"| gradebook, bytes a hand-in | {first.stored / count:,.0f} |"
        again = check(batch(hw, folder / "m.db"), settled=count)
        ratio, worked = first.seconds / again.seconds, first.processor / again.processor
        yield f"| the same once more, nothing changed | {took(again, 2)} |"
        yield f"| the first / the second (aim: 200) | {ratio:.0f} ×, of processors {worked:.0f} × |"
        saving = check(batch(hw, folder / "t.db"), done=count, unmarked=0)
        told = saving.told
        yield f"| a first run without `--fresh` | {took(saving)} |"
        yield (
            f"| of its exercises, judged for another student already | {told.twins:,} of "
            f"{told.twins + told.exercises:,} |"
        )


def took(run: Run, digits: int = 0) -> str:
    """What a run took, as a cell of the table."""
    return f"{run.seconds:.{digits}f} s, of processors {run.processor:.{digits}f} s"


def line_row(count: int, run: Run) -> str:
    """A row of the line over sizes."""
    return (
        f"| {count:,} | {run.seconds:.1f} | {1000 * run.seconds / count:.0f} "
        f"| {1000 * run.processor / count:.0f} | {60 * count / run.seconds:.0f} "
        f"| {run.peak:.0f} | {run.stored / count:,.0f} |"
    )


def of_unit(course: Course, unit: str) -> Course:
    """The course as if it had one unit: what is handed in is for that alone."""
    found = tuple(each for each in course.units if each.id == unit)
    if not found:
        sys.exit(f"There is no unit {unit}; there are {', '.join(u.id for u in course.units)}.")
    return msgspec.structs.replace(course, units=found)


def main() -> None:
    one_thread("benchmarks.classes")
    parser = argparse.ArgumentParser(description="Classes of many students.")
    parser.add_argument(
        "--whole", type=int, default=2000, help="students of the whole course; 0: none"
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[200, 2000, 20000])
    parser.add_argument("--unit", default="01_vectors", help="the unit that the sizes are of")
    options = parser.parse_args()
    course = Course.load(ROOT)
    compile_grader()
    if options.whole:
        for line in whole(course, options.whole):
            print(line, flush=True)
    if options.sizes:
        part = of_unit(course, options.unit)
        print(f"\nOne unit ({options.unit}, {len(list(part.exercises))} exercises), `--fresh`:\n")
        print(
            "| students | s | ms a hand-in | processor ms | hand-ins a minute | peak MiB "
            "| bytes a hand-in |"
        )
        print("|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    for count in options.sizes:
        with tempfile.TemporaryDirectory() as name:
            hw = collected(part, classmates(part, count), Path(name))
            run = check(batch(hw, Path(name) / "m.db", "--fresh"), judged=count)
        print(line_row(count, run), flush=True)


if __name__ == "__main__":
    main()
