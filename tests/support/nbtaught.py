"""A class that hands in through nbgrader, collected from there and judged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

from grader.classroom.collect import Request, collect
from grader.classroom.exports import export
from grader.classroom.exports.export import Written
from grader.classroom.exports.lateness import students
from grader.classroom.exports.registry import find
from grader.classroom.exports.work import work_of
from support import nbcourse
from support.batching import DOUBLE, HALF, WRONG, Room
from support.nbcourse import Answers

#: In nbgrader; the class hands in a little more than an hour before.
DUE = datetime(2027, 2, 1, 12, tzinfo=UTC)
AT = DUE - timedelta(hours=1, microseconds=7)
#: Right, a wrong idea, and nothing.
ANSWERS: dict[str, Answers] = {
    "ann": {"double": DOUBLE, "half": HALF},
    "ben": {"double": WRONG, "half": HALF},
    "cid": {},
}


class Taught(Room):
    """A course, its nbgrader course in `nb/`, and the class that was collected from there."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, {})
        self.nb = root / "nb"
        self.nb.mkdir()
        self.db = nbcourse.generate(self.nb / "gradebook.db", self.course, DUE)
        self.unit = self.course.units[0]
        for student, answers in ANSWERS.items():
            cells = nbcourse.cells(self.unit, answers)
            nbcourse.submit(self.nb, student, self.unit, nbcourse.notebook(cells), AT)
        with nbcourse.gradebook(self.db) as book:
            book.add_student("ann", first_name="Ann", last_name="Lee", email="ann@example.org")
            book.add_student("ben", first_name="Ben", last_name="Ro", lms_user_id="102")
            book.add_student("cid")
        collect(Request((self.nb / "submitted",), self.folder, rosters=(self.db,)), self.course)
        self.batch(torch=False)

    @contextmanager
    def fresh(self) -> Iterator[None]:
        """Afterwards nbgrader's gradebook and wxb's are as they were, and autograded/ is gone."""
        data, course = self.db.read_bytes(), self.course
        try:
            yield
        finally:
            self.db.write_bytes(data)
            self.course = course
            with self.book() as book:
                book.take_back(book.adjustments(), who="test", why="over")
            rmtree(self.nb / "autograded", ignore_errors=True)

    def export(self, late: export.Clock = "wxb", store: bool = True, **others: Any) -> Written:
        """`grade export nbgrader --db gradebook.db`, in this process."""
        with self.book() as book:
            asked = export.Request(
                self.course, students(book, late), DUE, late, db=str(self.db), work=work_of(book),
                **others,
            )  # fmt: skip
            written = find("nbgrader")(asked)
            if store:
                assert written.store is not None
                written.store(lambda name, total: None)
        return written

    def scores(self) -> dict[str, tuple[float, float | None]]:
        """Student -> nbgrader's score for the assignment, and its penalty."""
        with nbcourse.gradebook(self.db) as book:
            found = book.assignment_submissions(self.unit.id)
            return {s.student_id: (s.score, s.late_submission_penalty) for s in found}
