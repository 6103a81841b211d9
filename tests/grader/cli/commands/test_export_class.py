"""The class that ships, collected, marked as a made-up judge marks it, and handed back."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from grader.classroom.collected import read_class
from grader.classroom.gradebook.book import Gradebook
from grader.course.outline import Course
from grader.report.model import Outcome
from support.commands import Grade, grade_in
from support.exporting import canvas_reads, moodle_takes
from support.gradebooks import result
from support.places import ROOT

CLASS = ROOT / "examples" / "class"
SOURCES = {
    "canvas": ("submissions.zip", "gradebook.csv"),
    "moodle": ("moodle.zip", "worksheet.csv"),
}


@pytest.fixture
def grade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return grade_in(capsys)


def settle(folder: Path, url: str) -> int:
    """Every student's work is judged: the k-th fails in the first test of each k-th exercise."""
    course = Course.load(ROOT)
    _, people, attempts = read_class(folder)
    with Gradebook(course, url) as book:
        book.import_roster(people)
        for number, attempt in enumerate(attempts):
            judged = []
            for place, exercise in enumerate(course.units[0].exercises):
                first = next(iter(exercise.tests))
                lost: dict[str, Outcome] = {first: "failed"} if number % (place + 2) == 0 else {}
                judged.append(result(exercise, lost, sources=f"{number}"))
            book.settle(attempt, judged)
    return len({attempt.student for attempt in attempts})


@pytest.mark.parametrize("system", SOURCES)
def test_from_the_zip_of_an_lms_back_into_it(system: str, grade: Grade, tmp_path: Path) -> None:
    archive, sheet = (CLASS / name for name in SOURCES[system])
    common = ("--course", str(ROOT), "--gradebook", str(tmp_path / "marks.db"))
    collected = grade("collect", str(archive), "--into", "hw", "--roster", str(sheet), *common[:2])
    assert collected.status == 0, collected.out
    students = settle(tmp_path / "hw", common[3])
    assert students == 39

    ran = grade("export", system, "--template", str(sheet), "--out", "upload.csv", *common)
    assert (ran.status, ran.err) == (0, "")
    assert f"{students} marks" in " ".join(ran.out.split())
    data, before = (tmp_path / "upload.csv").read_bytes(), sheet.read_bytes()
    if system == "canvas":
        scores = [row["Vectors (4711)"] for row in canvas_reads(data).values()]
        assert data.startswith(b"\xef\xbb\xbf")
    else:
        scores = list(moodle_takes(data).values())
    given = [Decimal(score) for score in scores if score]
    assert len(given) == students
    assert all(Decimal(6) < score <= 12 for score in given)
    assert len(set(given)) > 4
    rows = list(zip(cells(before), cells(data), strict=True))
    assert sum(old != new for old, new in rows) == students
    assert all(sum(a != b for a, b in zip(old, new, strict=True)) <= 1 for old, new in rows)

    ran = grade("feedback", "--for", system, "--out", "feedback.zip", *common)
    assert (ran.status, ran.err) == (0, "")
    names = ZipFile(tmp_path / "feedback.zip").namelist()
    assert len(names) == 2 * students
    with ZipFile(archive) as handed_in:
        theirs = {whose(system, name) for name in handed_in.namelist()}
    assert {whose(system, name) for name in names} == theirs - {""}


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(data.decode("utf-8-sig").splitlines()))


def whose(system: str, name: str) -> str:
    """The student's number in a name, by the importer's rule."""
    if system == "canvas":
        return re.findall(r"(?<![^_])\d+(?![^_])", name)[0]
    found = re.search(r"_(\d+)_assignsubmission_", name)
    return found[1] if found else ""
