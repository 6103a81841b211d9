"""Which of a student's earlier hand-ins are to be judged, too."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from grader.classroom.attempt import Attempt, Collected
from grader.classroom.earlier import Earlier
from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.marks import Mark, StudentMarks
from grader.classroom.people import Person
from support.gradebooks import course

CHAIN = [
    Attempt("doe", n, "folder", f"in{n}: doe", str(n), "01_a", folder=f"work/doe/{n:04}")
    for n in (1, 2, 3, 4)
]


def mark(attempt: int) -> Mark:
    return Mark(
        exercise="length", unit="01_a", state="graded", earned=Decimal(0), possible=Decimal(1),
        worth=Decimal(1), attempt=attempt, outcome="failed",
    )  # fmt: skip


def test_what_is_newer_than_the_one_that_decides_is_judged_though_that_counts_for_another_unit(
    tmp_path: Path,
) -> None:
    """The last came too late, and the first was judged because it has another unit's work."""
    book = Gradebook(course(), str(tmp_path / "marks.db"))
    about = Collected(1, datetime(2027, 2, 1, tzinfo=UTC))
    picked = {"work/doe/0001", "work/doe/0004"}
    earlier = Earlier(book.course, tmp_path, about, [Person("doe")], CHAIN, picked)

    def needed(attempt: int) -> list[str]:
        marks = StudentMarks(Person("doe"), (mark(attempt),), {})
        return list(earlier.needed([marks], {"length"}, book))

    assert needed(4) == []
    assert needed(1) == ["work/doe/0003"]
    assert needed(1) == ["work/doe/0002"]
    assert needed(1) == []
    book.close()
