"""`grade sync`: stubs follow their solutions, and no work is lost."""

from __future__ import annotations

from pathlib import Path

from support.commands import Grade
from support.files import change

STUB = "exercises/01_a/length.py"
SOLUTION = "solutions/01_a/length.py"


def test_sync_writes_the_stub_and_check_sees_it_drift(grade: Grade, course_dir: Path) -> None:
    (course_dir / STUB).unlink()
    assert grade("sync", "--check").status == 2
    assert grade("sync").status == 0
    assert "raise NotImplementedError" in (course_dir / STUB).read_text("utf-8")
    assert grade("sync", "--check").status == 0
    change(course_dir / SOLUTION, "Twice a vector.", "A vector, twice.")
    ran = grade("sync", "--check")
    assert ran.status == 2
    assert "length.py" in ran.out


def test_sync_does_not_overwrite_work(grade: Grade, course_dir: Path) -> None:
    change(course_dir / STUB, "raise NotImplementedError", "return 7")
    change(course_dir / SOLUTION, "Twice a vector.", "A vector, twice.")
    grade("sync")
    assert "return 7" in (course_dir / STUB).read_text("utf-8")
