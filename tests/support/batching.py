"""A small class of a course of two exercises, collected, and a gradebook for its marks."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.batch import Batch
from grader.classroom.batched import Batched
from grader.classroom.collect import Request, collect
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.plan import Options
from grader.course.outline import Course
from grader.grading.engine import Grader
from grader.handin.submission import Submission
from grader.report.model import Report
from support import files
from support.courses import double
from support.files import replaced

RIGHT = "def {name}(x):\n    return {body}\n"
DOUBLE = RIGHT.format(name="double", body="2 * x")
HALF = RIGHT.format(name="half", body="x / 2")
WRONG = RIGHT.format(name="double", body="x + 1")
LOOP = "def double(x):\n    while True:\n        pass\n"
CRASH = "import ctypes\n\n\ndef half(x):\n    ctypes.string_at(0)\n"

#: Student -> file -> text.
Work = Mapping[str, Mapping[str, str]]
PLAIN: Work = {
    "ann": {"double.py": DOUBLE, "half.py": HALF},
    "ben": {"double.py": WRONG, "half.py": HALF},
    "cid": {"double.py": DOUBLE, "half.py": HALF},
    "dot": {"double.py": WRONG},
}

#: Runs the command. Arguments before the command's own: where `support` lies; the statement of SQL
#: before which it is killed, 0: none; what is killed with it: nothing ("alone"), its process group
#: ("group"), or every process that it started ("all"). All of these are written first, one a line.
KILLED = """
import contextlib, os, signal, sys
sys.path.insert(0, sys.argv.pop(1))
from sqlalchemy import event
from sqlalchemy.engine import Engine
from support import processes
left, whom = int(sys.argv.pop(1)), sys.argv.pop(1)
if left:
    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_):
        global left
        left -= 1
        if left == 0:
            all_ = [os.getpid(), *processes.below(os.getpid())]
            os.write(1, "".join(f"{pid}\\n" for pid in all_).encode())
            if whom == "group":
                os.killpg(0, signal.SIGKILL)
            for pid in reversed(all_ if whom == "all" else all_[:1]):
                with contextlib.suppress(ProcessLookupError):  # a worker that was done
                    os.kill(pid, signal.SIGKILL)
from grader.cli import main
sys.exit(main())
"""


class Room:
    """A course, a class that was collected for it, and a gradebook's place."""

    def __init__(self, root: Path, work: Work = PLAIN) -> None:
        self.root, self.folder, self.url = root, root / "hw", str(root / "marks.db")
        outline = double.write(root / "course") / "course.yaml"
        text = outline.read_text("utf-8")
        outline.write_text(replaced(text, "call: 2s, exercise: 6s", "call: 500ms, exercise: 2s"))
        self.course = Course.load(outline)
        if work:
            self.add(work)

    @classmethod
    def again(cls, root: Path) -> Room:
        """The one that was made in a folder before."""
        found = cls.__new__(cls)
        found.root, found.folder, found.url = root, root / "hw", str(root / "marks.db")
        found.course = Course.load(root / "course")
        return found

    def add(self, work: Work, **options: Any) -> None:
        """Collect more hand-ins."""
        here = self.root / f"in{len(list(self.root.glob('in*')))}"
        for student, texts in work.items():
            files.write(here / student, texts)
        collect(Request((here,), self.folder, **options), self.course)

    def reload(self) -> None:
        """Read the course again."""
        self.course = Course.load(self.course.root)

    def book(self) -> Gradebook:
        return Gradebook(self.course, self.url)

    def batch(self, **options: Any) -> Batched:
        """A run."""
        with self.book() as book:
            return Batch(self.course, self.folder, book, Options(**options)).run()

    def earned(self) -> dict[str, str]:
        """Student -> points of points."""
        with self.book() as book:
            return {s.person.key: f"{s.earned}/{s.possible}" for s in book.marks()}

    def kept(self) -> list[tuple[str, str, str, int]]:
        """Every verdict there ever was: student, exercise, outcome, and how many there are."""
        with self.book() as book:
            return sorted(
                (each.students[0], name, past[-1].outcome, len(past))
                for each in book.submissions()
                for name in ("double", "half")
                if (past := book.history(each.id, name))
            )

    def command(self, *args: str, kill: int = 0, whom: str = "alone") -> list[str]:
        """The command line that runs `grade batch`, killed before a statement of SQL."""
        return [
            sys.executable, "-c", KILLED, str(Path(__file__).parents[1]), str(kill), whom,
            "batch", str(self.folder), "--course", self.course.root, "--gradebook", self.url,
            *(args or ("--jobs", "1")),
        ]  # fmt: skip


def lenient(room: Room) -> None:
    """From now on one test of `double` passes whatever is answered."""
    suite = Path(room.course.root) / "tests/hidden/01_a/test_double.py"
    old, new = "assert_close(student.double(x), 2 * x)", "student.double(x)"
    suite.write_text(replaced(suite.read_text("utf-8"), old, new), "utf-8")


def strict(room: Room) -> None:
    """From now on nothing passes one test of `double`."""
    suite = Path(room.course.root) / "tests/hidden/01_a/test_double.py"
    old, new = "assert_close(student.double(2.0), 4.0)", "assert student.double(2.0) == 5.0"
    suite.write_text(replaced(suite.read_text("utf-8"), old, new), "utf-8")


def judgings(patch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Student and exercise of all that is judged from now on."""
    found: list[tuple[str, str]] = []
    grade = Grader.grade

    def noted(
        self: Grader, submission: Submission, exercises: tuple[str, ...] = (), **options: Any
    ) -> Report:
        found.extend((submission.student, name) for name in exercises)
        return grade(self, submission, exercises, **options)

    patch.setattr(Grader, "grade", noted)
    return found
