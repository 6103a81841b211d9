"""What decides the marks of a course."""

from __future__ import annotations

from pathlib import Path

from grader import Course
from grader.course.digest import suite_digest


def test_the_digest_is_of_everything_that_decides_marks(workshop_copy: Path) -> None:
    course = Course.load(workshop_copy)
    seen = {suite_digest(course)}
    for name in ("course.yaml", "tests/hidden/b_objects/test_tally.py",
                 "solutions/b_objects/tally.py", "misconceptions/b_objects/tally.py"):  # fmt: skip
        path = workshop_copy / name
        path.write_text(path.read_text("utf-8") + "\n# more\n", "utf-8")
        seen.add(suite_digest(course))
    helper = workshop_copy / "tests" / "hidden" / "conftest.py"
    helper.write_text("", "utf-8")
    seen.add(suite_digest(course))
    assert len(seen) == 6
    (workshop_copy / "exercises" / "b_objects" / "tally.py").write_text("x", "utf-8")
    assert suite_digest(course) in seen, "a student's work is not part of it"
