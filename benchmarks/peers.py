"""A class marked by wxb, and by what others use: the same submissions of one assignment.

    python -m benchmarks.peers                        the table of docs/performance.md
    python -m benchmarks.peers --count 20 --few 2     a quick look

The assignment is the eight exercises of units 1 and 2. (1) and (2) are `grade batch --fresh` with
one job and with two, from the start of the command to its end, and (1p) is one job that has one
processor, as each of two jobs has here. (3) is a fresh pytest process for each submission; (4) is
`nbgrader autograde`, one command for all; (5) is `otter run`, a command for each. The slow ones
mark the first few of the same submissions: each costs them the same, while a run of wxb's begins
with what it does once for all. (4) and (5) live in environments of their own, which are made when
they are first needed.

All tell of each test of each submission whether it passes, and the run ends with the first
difference where one of them marks otherwise than (1).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks import peer_nbgrader, peer_otter
from benchmarks.classmates import classmates, collected
from benchmarks.marks import Marks, difference
from benchmarks.run import fresh_pytest, require
from benchmarks.submissions import eight
from benchmarks.threads import one_thread
from benchmarks.timed import Cost, compile_grader, of_children, timed
from grader import Course
from grader.classroom.gradebook.book import Gradebook

ROOT = Path(__file__).resolve().parent.parent
Modules = dict[str, str]
#: What some submissions cost, all in all, and the marks of each.
Found = tuple[Cost, list[Marks]]


def batch(
    course: Course, submissions: list[Modules], folder: Path, jobs: int, alone: bool = False
) -> Found:
    """`grade batch --fresh`, and the marks that are in its gradebook then.

    Args:
        alone: on one processor, so that nothing of it runs beside the rest.
    """
    hw, marks = collected(course, submissions, folder), folder / "marks.db"
    command = [
        sys.executable, "-m", "grader.cli", "batch", hw, "--course", ROOT, "--gradebook", marks,
        "--jobs", jobs, "--fresh", "--json",
    ]  # fmt: skip
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)} if alone else processors)
    try:
        cost = timed([*map(str, command)], folder, allowed=(0, 1))
    finally:
        os.sched_setaffinity(0, processors)
    return cost, kept(marks)


def kept(marks: Path) -> list[Marks]:
    """What a gradebook says of each student's tests."""
    with Gradebook(Course.load(ROOT), str(marks)) as book:
        found: dict[str, Marks] = {}
        students = {each.id: each.students[0] for each in book.submissions()}
        for verdict in book.verdicts():
            passed = found.setdefault(students[verdict.submission], {})
            for test, outcome in verdict.tests.items():
                passed[f"{verdict.exercise}::{test}"] = outcome == "passed"
    return [found[student] for student in sorted(found)]


def pytests(course: Course, submissions: list[Modules], folder: Path) -> Found:
    """A fresh pytest process for each."""
    before = of_children()
    marked = fresh_pytest(course, submissions)
    cost = Cost(marked.seconds * len(submissions), of_children() - before)
    return cost, marked.marks


class Way(NamedTuple):
    """One way to mark.

    Args:
        mark: marks submissions, in an empty folder.
        few: whether it is slow, and marks the first few only.
    """

    title: str
    mark: Callable[[Course, list[Modules], Path], Found]
    few: bool = False


WAYS = {
    "1": Way("`grade batch --fresh --jobs 1`", partial(batch, jobs=1)),
    "1p": Way("the same on one processor", partial(batch, jobs=1, alone=True)),
    "2": Way("`grade batch --fresh --jobs 2`", partial(batch, jobs=2)),
    "3": Way("a fresh pytest process for each", pytests, few=True),
    "4": Way("`nbgrader autograde`, one command for all", peer_nbgrader.autograde, few=True),
    "5": Way("`otter run`, a command for each", peer_otter.run, few=True),
}


class Row(NamedTuple):
    """What a way came to: its cost for each submission, and of how many."""

    cost: Cost
    marked: int


def measured(
    course: Course, ways: dict[str, Way], submissions: list[Modules], few: int
) -> tuple[dict[str, Row], list[Marks]]:
    """A row for each way, and the marks; one that marks otherwise than (1) ends the program."""
    rows: dict[str, Row] = {}
    expected: list[Marks] = []
    for key, way in ways.items():
        some = submissions[:few] if way.few else submissions
        print(f"({key}) {way.title}: {len(some)} submissions", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            cost, marks = way.mark(course, some, Path(folder))
        expected = expected or marks
        if found := difference(marks, expected[: len(some)]):
            sys.exit(f"({key}) {way.title}: it marks otherwise than (1).\n{found}")
        rows[key] = Row(cost.each(len(some)), len(some))
    return rows, expected


def table(rows: dict[str, Row]) -> str:
    """The rows as Markdown, and what they come to beside the aims.

    On a machine that has other work, too, processors' seconds say more than the clock's.
    """
    one = rows["1"].cost
    lines = [
        "| | way to mark | submissions | s each | processor s each | × (1) | processor × (1) |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for key, (cost, marked) in rows.items():
        lines.append(
            f"| ({key}) | {WAYS[key].title} | {marked} | {cost.seconds:.3f} "
            f"| {cost.processor:.3f} | {cost.seconds / one.seconds:.2f} "
            f"| {cost.processor / one.processor:.2f} |"
        )
    lines.append("")
    for key, aim in (("4", 40), ("5", 50)):
        if key in rows:
            cost = rows[key].cost
            lines.append(
                f"({key}) / (1) = {cost.seconds / one.seconds:.1f}, of processor seconds "
                f"{cost.processor / one.processor:.1f}  (aim: at least {aim})"
            )
    for key in ("1", "1p") if "2" in rows else ():
        if key in rows:
            ratio = rows[key].cost.seconds / rows["2"].cost.seconds
            lines.append(f"({key}) / (2) = {ratio:.2f}  (aim: at least 1.8)")
    return "\n".join(lines)


def main() -> None:
    one_thread("benchmarks.peers")
    parser = argparse.ArgumentParser(description="wxb beside what others use.")
    parser.add_argument("--count", type=int, default=1000, help="submissions for wxb")
    parser.add_argument("--few", type=int, default=12, help="how many of them the slow ones mark")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=[*WAYS], help="besides (1)")
    options = parser.parse_args()
    require()
    course = eight(ROOT)
    for key, python in (("4", peer_nbgrader.python), ("5", peer_otter.python)):
        if key in options.ways:
            python()
    compile_grader()
    submissions = list(classmates(course, options.count))
    ways = {key: way for key, way in WAYS.items() if key == "1" or key in options.ways}
    rows, marks = measured(course, ways, submissions, min(options.few, options.count))
    print(table(rows))
    passed = sum(sum(tests.values()) for tests in marks)
    print(f"\nAll mark alike: (1) has {passed} of {sum(map(len, marks))} tests passed.")


if __name__ == "__main__":
    main()
