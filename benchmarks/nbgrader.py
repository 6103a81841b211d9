"""nbgrader's `autograde` beside itself: its own steps, and wxb's, on the same submissions.

    python -m benchmarks.nbgrader                              the table of docs/performance.md
    python -m benchmarks.nbgrader --submissions 40 --few 10    a quick look

Both run the command `nbgrader autograde UNIT` once for all their submissions, the first unit of a
class of two hundred. The stock one executes each notebook in a kernel, where autograder cells run
the same hidden tests by hand and give partial credit; wxb's reads the notebook and judges it behind
the lock. The stock one is slow and marks the first few of the same submissions: each costs it a
kernel, however many there are. Told are CPU seconds of everything that was started, each divided by
the submissions, start-up included. Where a mark differs there is no table.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.submissions import mixed
from benchmarks.timed import compile_grader
from grader import Course
from grader.course.outline import Unit
from grader.platforms.nbgrader.build import build

__all__ = ["Cost", "cost", "hand_in", "main", "make_stock"]

ROOT = Path(__file__).resolve().parent.parent
_SUBREAPER = 36  # linux/prctl.h: PR_SET_CHILD_SUBREAPER
_STOCK = 'c = get_config()\nc.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}\n'
_CELL = """import sys
sys.path.insert(0, {root!r})
from benchmarks.cells import earned
earned({exercise!r}, {described!r}, globals())"""
Scores = dict[str, dict[str, float]]


class Cost(NamedTuple):
    """What a run came to: CPU seconds of all its processes, and the scores by student and cell."""

    seconds: float
    scores: Scores


def make_stock(course: Course, unit: Unit, folder: Path) -> None:
    """Make a built course one that nbgrader marks alone: cells run the tests in the kernel."""
    (folder / "nbgrader_config.py").write_text(_STOCK, "utf-8")
    path = folder / "source" / unit.id / f"{unit.id}.ipynb"
    book = json.loads(path.read_text("utf-8"))
    for cell in book["cells"]:
        name = cell["metadata"]["nbgrader"]["grade_id"].removeprefix("wxb-")
        exercise = course.exercise(name)
        if exercise is not None and cell["metadata"]["nbgrader"]["grade"]:
            about = {
                "title": course.title,
                "suite": str(course.suite(exercise)),
                "tests": {test: float(points) for test, points in exercise.tests.items()},
            }
            cell["source"] = _CELL.format(
                root=str(ROOT), exercise=name, described=json.dumps(about)
            )
    path.write_text(json.dumps(book), "utf-8")


def hand_in(folder: Path, unit: str, submissions: list[dict[str, str]]) -> None:
    """Put the submissions into notebooks as they were released."""
    released = (folder / "release" / unit / f"{unit}.ipynb").read_text("utf-8")
    for number, modules in enumerate(submissions):
        book: dict[str, Any] = json.loads(released)
        for cell in book["cells"]:
            name = cell["metadata"]["nbgrader"]["grade_id"].removeprefix("code-")
            if cell["metadata"]["nbgrader"]["solution"] and name in modules:
                cell["source"] = modules[name]
        target = folder / "submitted" / f"s{number:03}" / unit
        target.mkdir(parents=True)
        (target / f"{unit}.ipynb").write_text(json.dumps(book), "utf-8")


def cost(folder: Path, unit: str) -> Cost:
    """Autograde everything that was handed in, in one run of the command."""
    before = _used()
    _nbgrader(folder, "autograde", unit)
    return Cost(_used() - before, _scores(folder))


def _nbgrader(folder: Path, *args: str) -> None:
    program = Path(sys.executable).with_name("nbgrader")
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    done = subprocess.run(
        [program, *args],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"nbgrader {' '.join(args)}: it failed.\n{done.stderr[-3000:]}")


def _used() -> float:
    """CPU seconds of every process that was started here, directly or not, and has ended."""
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _scores(folder: Path) -> Scores:
    found: Scores = {}
    with closing(sqlite3.connect(folder / "gradebook.db")) as db:
        rows = db.execute(
            "select a.student_id, b.name, g.auto_score from grade g "
            "join submitted_notebook n on n.id = g.notebook_id "
            "join submitted_assignment a on a.id = n.assignment_id "
            "join base_cell b on b.id = g.cell_id"
        )
        for student, cell, score in rows:
            found.setdefault(student, {})[cell] = score
    return found


def difference(ours: Scores, stock: Scores) -> str | None:
    """The first score that is not the same, in words."""
    for student in sorted(ours.keys() | stock.keys()):
        one, other = ours.get(student), stock.get(student)
        if one != other:
            return f"{student}: {one} with wxb's steps, {other} with nbgrader's own"
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description="nbgrader's autograde, with its steps and wxb's.")
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--few", type=int, default=40, help="how many of them the stock one marks")
    options = parser.parse_args()
    # Processes that outlive their parents are counted, too.
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    course = Course.load(ROOT)
    unit = course.units[0]
    submissions = mixed(course, options.submissions)
    some = {"stock": submissions[: options.few], "wxb": submissions}
    compile_grader()
    costs = {}
    with tempfile.TemporaryDirectory() as place:
        for way in ("stock", "wxb"):
            print(f"nbgrader autograde, {way}: {len(some[way])}", file=sys.stderr, flush=True)
            folder = Path(place, way)
            build(course, folder, [unit.id])
            if way == "stock":
                make_stock(course, unit, folder)
            _nbgrader(folder, "generate_assignment", unit.id)
            hand_in(folder, unit.id, some[way])
            costs[way] = cost(folder, unit.id)
    stock = costs["stock"].scores
    alike = {student: scores for student, scores in costs["wxb"].scores.items() if student in stock}
    if found := difference(alike, stock):
        sys.exit(f"The marks differ, so there is no table.\n{found}")
    each = {way: found.seconds / len(some[way]) for way, found in costs.items()}
    total = sum(sum(scores.values()) for scores in stock.values())
    print("| nbgrader autograde | submissions | CPU seconds a submission | × |")
    print("|---|---:|---:|---:|")
    for way, title in (
        ("stock", "its own steps, a kernel for each notebook"),
        ("wxb", "wxb's steps"),
    ):
        times = "1" if way == "stock" else f"1/{each['stock'] / each['wxb']:.1f}"
        print(f"| {title} | {len(some[way])} | {each[way]:.2f} | {times} |")
    print(f"\nThe first {len(stock)} are marked alike: {total:g} points.")
    print(f"stock / wxb = {each['stock'] / each['wxb']:.1f}  (aim: at least 8)")


if __name__ == "__main__":
    main()
