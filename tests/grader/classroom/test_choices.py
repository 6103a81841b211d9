"""What is said of what was graded: the attempt, the file, what was not read."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import msgspec
import pytest

from grader.classroom.choices import attempts_of, choices_of, read_as
from grader.classroom.collect import Request, collect
from grader.classroom.feedback import Asked, hand_back
from grader.classroom.gradebook.marks import Mark
from grader.course.outline import Course
from support import files as written
from support.batching import DOUBLE, HALF, Room
from support.commands import grade_in
from support.gradebooks import DUE

WRONG = "def double(x):\n    return 0\n"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """One student whose folder has two answers to one exercise, and something unreadable."""
    return Room(tmp_path, {"doe": {"double.py": DOUBLE, "double-1.py": WRONG, "half.docx": "?"}})


def test_a_page_says_which_file_and_which_attempt(room: Room, tmp_path: Path) -> None:
    room.batch()
    room.add({"doe": {"double.py": DOUBLE, "double-1.py": WRONG, "half.py": HALF + "#<b>\n"}})
    room.batch()
    with room.book() as book:
        hand_back(book, Asked(tmp_path / "out", DUE))
    for name in ("doe.html", "doe.md"):
        text = (tmp_path / "out" / name).read_text("utf-8").replace("\\", "")
        assert "double.py was graded, not double-1.py." in text
        assert "Attempt 2 was graded." in text
        assert "half.docx" not in text  # that was the first attempt's


def test_it_is_said_of_the_exercise_that_is_asked_about(
    room: Room, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    room.batch()
    monkeypatch.setenv("COLUMNS", "80")
    where = ("--course", room.course.root, "--gradebook", room.url)
    told = grade_in(capsys)("explain", "doe", "double", *where).out
    assert "double.py was graded, not double-1.py." in told
    assert "half.docx" not in told
    told = grade_in(capsys)("explain", "doe", "half", *where).out
    assert "half.docx was not read: hand in half.py, a plain Python file." in told
    assert "double-1.py" not in told
    room.folder.rename(room.root / "away")
    assert grade_in(capsys)("explain", "doe", "double", *where).status == 0


def test_each_attempt_that_decides_is_named_with_its_exercises() -> None:
    zero = DUE.astimezone(UTC)

    def mark(exercise: str, **more: object) -> Mark:
        bare = Mark(exercise=exercise, unit="u", state="graded", earned=0, possible=0, worth=0)  # type: ignore[arg-type]
        return msgspec.structs.replace(bare, submission=1, grading=1, attempts=1, attempt=1, **more)

    assert attempts_of([mark("a"), mark("b")], None) == []
    assert attempts_of([mark("a", at=zero), mark("b", at=zero)], None) == [
        "What was handed in at 2027-02-01 22:59:00+00:00 was graded."
    ]
    assert attempts_of([mark("a", at=zero)], DUE.tzinfo) == [
        "What was handed in at 2027-02-01 23:59:00+01:00 was graded."
    ]
    later = mark("c", at=zero)
    later = msgspec.structs.replace(later, attempt=3, attempts=2)
    assert attempts_of([mark("a"), mark("b"), later], None) == [
        "c: Attempt 3 was graded, handed in at 2027-02-01 22:59:00+00:00."
    ]
    assert attempts_of([msgspec.structs.replace(mark("a"), grading=None)], None) == []


def test_files_that_are_gone_or_broken_say_nothing(room: Room, tmp_path: Path) -> None:
    assert read_as(room.course, None, ["double"]) == []
    assert read_as(room.course, tmp_path / "no", ["double"]) == []
    assert choices_of(room.course, [], lambda number: None) == []


def test_names_of_files_are_written_out(tmp_path: Path) -> None:
    room = Room(tmp_path, {})
    written.write(tmp_path / "in" / "doe", {"double.py": DOUBLE, "half\x1b[2J.docx": "?"})
    collect(Request((tmp_path / "in",), room.folder), room.course)
    [folder] = (room.folder / "work" / "doe").glob("*/files")
    assert "\x1b" not in "".join(read_as(Course.load(room.course.root), folder, ["half"]))
