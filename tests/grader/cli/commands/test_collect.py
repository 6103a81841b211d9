"""`grade collect`: what it prints, and its exit status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.commands import Grade
from support.lms import MAGNITUDE
from support.places import ROOT
from tools.lms import Student, Upload, canvas_sheet, canvas_zip

CLASS = ROOT / "examples" / "class"
EVIL = Student("\x1b]0;x\x07Jane", "\u202eDoe<script>", 7, "", "=cmd|x", "", "", 0)


def test_the_class_that_ships(grade: Grade, tmp_path: Path) -> None:
    """As the first step of the first hour is written."""
    for name in ("submissions.zip", "gradebook.csv"):
        shutil.copy(CLASS / name, ".")
    command = ("collect", "submissions.zip", "--into", "hw/", "--roster", "gradebook.csv")
    ran = grade(*command)
    assert ran.status == 0
    assert "canvas: 39 hand-ins, 39 new" in ran.out
    assert "Grade it:  grade batch hw" in ran.out
    assert "Marked as late, without a time: 6" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "none new" in grade(*command).out


def test_moodle_s_zip_and_worksheet_of_the_same_class(grade: Grade) -> None:
    ran = grade(
        "collect", str(CLASS / "moodle.zip"), "--into", "hm",
        "--roster", str(CLASS / "worksheet.csv"), "--zone", "Europe/Berlin", "--json",
    )  # fmt: skip
    found = json.loads(ran.out)
    assert (ran.status, found["problems"], found["attempts"]) == (0, [], 39)
    assert found["sources"][0]["kind"] == "moodle"


def test_two_with_one_name_need_a_person(grade: Grade) -> None:
    """Moodle's zip with Canvas's sheet: only the names join them, and two are called Kim Lee."""
    ran = grade(
        "collect", str(CLASS / "moodle.zip"), "--into", "hm",
        "--roster", str(CLASS / "gradebook.csv"),
    )  # fmt: skip
    assert ran.status == 1
    assert "Needs a person: 2" in ran.out
    assert ran.out.count("Kim Lee may be s03 or s04") == 2
    assert "hm/collect.log" in ran.out


def test_hostile_names_are_plain_on_the_screen(grade: Grade, tmp_path: Path) -> None:
    work = {"\x1b[2Jmagnitude\u202e.txt": MAGNITUDE}
    zip_ = tmp_path / "s\x1b[31m.zip"
    zip_.write_bytes(canvas_zip([Upload(EVIL.sortable, EVIL.canvas, work)]))
    (tmp_path / "g.csv").write_text(canvas_sheet([EVIL], "V", "1"), "utf-8")
    ran = grade("collect", str(zip_), "--into", "hw", "--roster", str(tmp_path / "g.csv"))
    assert ran.status == 1
    for text in (ran.out, ran.err, grade("collect", str(zip_), "--into", "hw", "--json").out):
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (("gone.zip", "--into", "hw"), "gone.zip: there is no such file"),
        ((".", "--into", "hw", "--from", "sakai"), "--from sakai: expected auto or"),
        ((".", "--into", "hw", "--keep", "first"), "--keep first: expected last or best or all"),
        ((".", "--into", "hw", "--zone", "Mars"), "--zone Mars: expected a name like"),
        ((".", "--into", "hw", "--unit", "99_x"), "There is no unit 99_x."),
        ((".", "--into", "course.yaml"), "is a file; name a folder"),
    ],
)
def test_what_cannot_be_asked_for_is_usage(grade: Grade, args: tuple[str, ...], what: str) -> None:
    ran = grade("collect", *args)
    assert ran.status == 2
    assert what in ran.err
    assert "Traceback" not in ran.err


def test_no_course_is_needed(
    grade: Grade, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    ran = grade("collect", str(CLASS / "submissions.zip"), "--into", "hw")
    assert ran.status == 0
    assert "No course was found here" in ran.out


def test_a_course_in_what_was_handed_in_is_nobody_s(
    grade: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "c" / "mallory" / "course.yaml"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("format: 1\n", "utf-8")
    grade("collect", str(tmp_path / "c"), "--into", str(tmp_path / "hw"))
    place = tmp_path / "hw/work/mallory/0001/files"
    assert (place / "course.yaml").is_file()
    monkeypatch.chdir(place)
    ran = grade("collect", str(CLASS / "submissions.zip"), "--into", str(tmp_path / "other"))
    assert ran.status == 0


def test_its_help_has_an_example(grade: Grade) -> None:
    text = grade("collect", "--help").out
    assert "grade collect submissions.zip --into hw/ --roster gradebook.csv" in text
