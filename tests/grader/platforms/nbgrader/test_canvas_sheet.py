"""nbgrader's scores in Canvas's sheet, as `nbgrader export` calls the plugin."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

import pytest

from grader.errors import UsageError
from support import nbcourse
from support.exporting import canvas_reads
from support.nbtaught import Taught

SHEET = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Essay (9),A (4711),Current Score\r\n"
    "    Points Possible,,,,,10.00,4.00,(read only)\r\n"
    '"Lee, Ann",101,S1,ann,Mon,7.5,,50\r\n'
    '"Ro, Ben",102,S2,b.ro,Mon,,1.00,20\r\n'
    '"Key, Cid",103,S3,cid,Mon,EX,EX,\r\n'
    '"Ko, Dot",104,S4,dot,Mon,,3.25,\r\n'
)
WHERE = ("01_a", "01_a")


def filled(taught: Taught, to: Path, **traits: Any) -> bytes:
    """What the plugin writes."""
    template = to.with_name("gradebook.csv")
    template.write_bytes(SHEET.encode())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from grader.nbgrader import CanvasSheet

        options = {"template": str(template), "to": str(to), "course": taught.course.root}
        with nbcourse.gradebook(taught.db) as book:
            CanvasSheet(**{**options, **traits}).export(book)
    assert template.read_bytes() == SHEET.encode()
    return to.read_bytes()


def test_scores_by_hand_extra_credit_and_penalties_are_in_it(
    taught: Taught, tmp_path: Path
) -> None:
    taught.export()
    with nbcourse.gradebook(taught.db) as book:
        book.find_grade("wxb-double", *WHERE, "ben").manual_score = 2.0
        book.find_grade("wxb-double", *WHERE, "ben").extra_credit = 0.125
        book.find_submission_notebook(*WHERE, "ann").late_submission_penalty = 0.4
        book.db.commit()
    data = filled(taught, tmp_path / "upload.csv")
    scores = {who: row["A (4711)"] for who, row in canvas_reads(data).items()}
    assert scores == {"101": "3.60", "102": "3.63", "103": "EX", "104": "3.25"}
    lines = zip(SHEET.encode().split(b"\r\n"), data.split(b"\r\n"), strict=True)
    changed = [number for number, (old, new) in enumerate(lines) if old != new]
    assert changed == [2, 3], "every other byte is as it was"


def test_only_some_students_and_assignments(taught: Taught, tmp_path: Path) -> None:
    taught.export()
    data = filled(taught, tmp_path / "upload.csv", student=["ben"])
    assert {who: row["A (4711)"] for who, row in canvas_reads(data).items()} == {
        "101": "", "102": "1.50", "103": "EX", "104": "3.25",
    }  # fmt: skip
    with pytest.raises(UsageError, match="no assignment"):
        filled(taught, tmp_path / "upload.csv", assignment=["other"])


def test_a_column_of_another_name(taught: Taught, tmp_path: Path) -> None:
    taught.export()
    columns = {"Essay (9)": "01_a"}
    with pytest.raises(UsageError, match="10 points possible"):
        filled(taught, tmp_path / "upload.csv", columns=columns)
    data = filled(taught, tmp_path / "upload.csv", columns=columns, scale=True)
    assert canvas_reads(data)["101"]["Essay (9)"] == "10.00"


def test_what_a_person_should_know_is_logged(taught: Taught, tmp_path: Path) -> None:
    taught.export()
    with nbcourse.gradebook(taught.db) as book:
        book.add_student("eve", first_name="Eve", last_name="No")
        book.find_grade("wxb-half", *WHERE, "ben").needs_manual_grade = True
        book.db.commit()
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    log = logging.getLogger("a test's own")
    log.setLevel(logging.INFO)
    log.addHandler(handler := Kept())
    log.propagate = False
    filled(taught, tmp_path / "upload.csv", log=log)
    log.removeHandler(handler)
    said = "\n".join(lines)
    assert "Students who are not in the sheet: Eve No (eve)" in said
    assert "Rows of nobody in the gradebook, left as they are: line 6: Dot Ko" in said
    assert "ben, 01_a: formgrader still waits for a person." in said
    assert "1 becomes 1.50" in said or "1.00 becomes 1.50" in said


def test_what_is_missing_is_one_sentence(taught: Taught, tmp_path: Path) -> None:
    taught.export()
    with pytest.raises(UsageError, match="Canvas needs its own sheet"):
        filled(taught, tmp_path / "upload.csv", template="")
    with pytest.raises(UsageError, match="it is the template"):
        filled(taught, tmp_path / "gradebook.csv")
