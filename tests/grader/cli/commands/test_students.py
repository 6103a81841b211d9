"""`grade students`: the class list, and one student's data given out and erased."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import msgspec
import pytest

from grader.classroom.attempt import CLASS
from grader.classroom.collected import read_attempts
from grader.classroom.people import Person
from support.commands import Grade
from support.gradebooks import DOE, ROE, attempt
from tools.lms import Student, canvas_sheet, moodle_sheet

JANE = Student("Jane", "Smith", 101, "S101", "js1", "jane@example.org", "Sec 1", 1_234_567)
EDGAR = Student("Edgar", "Poe", 103, "S103", "epoe", "poe@example.org", "Sec 1", 7)


def test_a_roster_is_taken_in_again(in_class: Grade, tmp_path: Path) -> None:
    roster = tmp_path / "class.csv"
    roster.write_text(
        "student;name;email;section;canvas\n"
        "doe;Jane Smith;jane@example.org;tuesday;101\n"
        "poe;Edgar Poe;;;103\n;Test Student;;;\n".replace(";Test", "x;Test"),
        "utf-8-sig",
    )
    ran = in_class("students", "import", str(roster))
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[:4] == [
        "  1 new: Edgar Poe (poe)",
        "  1 changed: Jane Smith (doe)",
        "  1 gone, kept as inactive: Richard Roe (roe)",
        "  1 left out, no student: Test Student",
    ]
    assert lines[4].startswith("2 students. Gradebook: ")
    assert "roe" not in in_class("marks").out
    assert "gone" in in_class("marks", "--everyone").out
    assert "roe" not in in_class("students", "list").out
    assert "Richard Roe (roe)  gone" in in_class("students", "list", "--everyone").out


def test_the_list_of_a_collected_class_is_one(in_class: Grade, tmp_path: Path) -> None:
    (tmp_path / "roster.json").write_bytes(msgspec.json.encode([DOE, ROE, Person("poe")]))
    assert "1 new: poe" in in_class("students", "import", str(tmp_path)).out
    found = json.loads(in_class("students", "list", "--json").out)
    assert [each["key"] for each in found] == ["doe", "poe", "roe"]


@pytest.mark.parametrize("kind", ["canvas", "moodle"])
def test_the_sheet_of_an_lms_is_one(kind: str, in_class: Grade, tmp_path: Path) -> None:
    """Keys of those who are known stay, as does what the sheet says nothing of."""
    people = [JANE, EDGAR]
    sheet = (
        canvas_sheet(people, "Vectors", "12.00")
        if kind == "canvas"
        else moodle_sheet(people, {}, "12.00")
    )
    (tmp_path / "sheet.csv").write_text(sheet, "utf-8-sig")
    ran = in_class("students", "import", str(tmp_path / "sheet.csv"))
    assert ran.status == 0, ran.err
    key = "epoe" if kind == "canvas" else "poe@example.org"
    assert f"1 new: Edgar Poe ({key})" in ran.out
    assert "1 changed: Jane Smith (doe)" in ran.out
    assert "1 gone, kept as inactive: Richard Roe (roe)" in ran.out
    found = json.loads(in_class("students", "list", "--json").out)
    assert {each["key"]: each.get("section", "") for each in found} == {
        "doe": "Sec 1" if kind == "canvas" else "tuesday",
        key: "Sec 1" if kind == "canvas" else "",
    }
    again = in_class("students", "import", str(tmp_path / "sheet.csv"))
    assert again.out.startswith("2 students.")


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (moodle_sheet([JANE, EDGAR], {}, "12.00", blind=True), "names are hidden in it"),
        ("Student,ID,SIS Login ID\n    Points Possible,,\n", "names nobody"),
        (canvas_sheet([JANE, JANE], "Vectors", "12.00"), "Nothing was taken in"),
    ],
)
def test_a_sheet_that_does_not_tell_who_is_meant_changes_nothing(
    sheet: str, said: str, in_class: Grade, tmp_path: Path
) -> None:
    (tmp_path / "sheet.csv").write_text(sheet, "utf-8")
    before = in_class("students", "list", "--everyone", "--json").out
    ran = in_class("students", "import", str(tmp_path / "sheet.csv"))
    assert ran.status == 2
    assert said in " ".join(ran.err.split())
    assert in_class("students", "list", "--everyone", "--json").out == before


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("c.csv", b"", "c.csv:1: there is no column student"),
        ("c.csv", b"name\nJane\n", "`grade collect --roster`"),
        ("c.csv", b"student\n", "names nobody"),
        ("c.csv", b"student,name\n,Jane\n", "c.csv:2: nothing can be no student's key"),
        ("c.csv", b"student\n../x\n", "c.csv:2: ../x can be no student's key"),
        ("c.csv", b"student\n\xff\n", "is not UTF-8"),
        ("c.json", b"{}", "is no roster: Expected `array`, got `object`"),
        ("no.csv", None, "no.csv: No such file"),
    ],
)
def test_files_that_are_no_roster(
    name: str, data: bytes | None, said: str, in_class: Grade, tmp_path: Path
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    ran = in_class("students", "import", str(tmp_path / name))
    assert ran.status == 2
    assert said in ran.err


def test_who_contradicts_the_gradebook_is_named_and_the_rest_is_taken_in(
    in_class: Grade, tmp_path: Path
) -> None:
    roster = tmp_path / "class.csv"
    roster.write_text("student,name,canvas\ndoe,Jane Doe,999\npoe,Edgar Poe,103\n", "utf-8")
    ran = in_class("students", "import", str(roster))
    assert ran.status == 1
    assert "1 new: Edgar Poe (poe)" in ran.out
    assert "Jane Doe has the canvas id 999 in the roster, and doe has 101" in " ".join(
        ran.out.split()
    )


def test_one_student_s_data_is_given_out_whole(in_class: Grade, tmp_path: Path) -> None:
    in_class("excuse", "doe", "double", "--why", "ill")
    out = tmp_path / "doe.json"
    assert in_class("students", "export", "doe", "--out", str(out)).out == f"Written to {out}.\n"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    found = json.loads(out.read_bytes())
    assert found["student"]["name"] == "Jane Doe"
    assert len(found["submissions"]) == 2
    assert {each["exercise"] for each in found["verdicts"]} == {"length", "double"}
    assert found["adjustments"][0]["why"] == "ill"
    assert any(grading["tests"] for grading in found["gradings"].values())
    assert found["marks"][0]["exercise"] == "length"
    assert "roe" not in out.read_text("utf-8")
    assert in_class("students", "export", "doe", "--out", str(out)).status == 2


def test_removing_asks_first_and_then_leaves_nothing(
    in_class: Grade, tmp_path: Path, class_dir: Path
) -> None:
    hw = tmp_path / "hw"
    for key in ("doe", "roe"):
        folder = hw / "work" / key / "0001"
        (folder / "files").mkdir(parents=True)
        (folder / "files" / "length.py").write_text(f"# by {key}")
        (folder / "attempt.json").write_bytes(msgspec.json.encode(attempt(key)))
    (hw / CLASS).write_text("{}")
    (hw / "roster.json").write_bytes(msgspec.json.encode([DOE, ROE]))
    (hw / "collect.log").write_text("read doe\nread roe\nJane  Doe is late\nroe2 doesnt\n")
    feedback = tmp_path / "feedback"
    feedback.mkdir()
    for name in ("doejane_101_5_length.html", "roerichard_102_6_length.html", "1010.html"):
        (feedback / name).touch()
    args = ["students", "remove", "doe", "--in", str(hw), "--in", str(feedback)]
    ran = in_class(*args)
    assert ran.status == 2
    assert "Nothing was removed" in ran.err
    assert (hw / "work" / "doe").exists()
    ran = in_class(*args, "--yes")
    assert ran.status == 0
    assert ran.out.startswith("Jane Doe (doe) is removed: ")
    assert "a.zip, from which work was collected" in ran.out
    assert sorted(path.name for path in (hw / "work").iterdir()) == ["roe"]
    assert (hw / "collect.log").read_text() == "read roe\nroe2 doesnt\n"
    assert b"Jane" not in (hw / "roster.json").read_bytes()
    assert sorted(path.name for path in feedback.iterdir()) == [
        "1010.html",
        "roerichard_102_6_length.html",
    ]
    assert "There is no student doe" in in_class("marks", "doe").err
    assert "1 student." in in_class("marks").out


def class_of_two(in_class: Grade, tmp_path: Path, first: str = "doe") -> Path:
    """A class in which one person handed in as `doe` and as `mail`."""
    for key in (first, "mail"):
        module = tmp_path / "in" / key / "length.py"
        module.parent.mkdir(parents=True)
        module.write_text(f"# {key}\n", "utf-8")
    hw = tmp_path / "hw"
    assert in_class("collect", str(tmp_path / "in"), "--into", str(hw)).status == 0
    return hw


def test_two_who_are_one_person_are_merged(in_class: Grade, tmp_path: Path) -> None:
    hw = class_of_two(in_class, tmp_path)
    asked = in_class("students", "merge", "doe", "mail", "--in", str(hw))
    assert asked.status == 2
    assert asked.err.startswith("Why? Say it with --why")
    dry = in_class("students", "merge", "doe", "mail", "--dry-run")
    assert (dry.status, dry.out) == (
        0, "mail would be Jane Doe (doe).\n  name: Jane Doe is kept, mail is not.\n"
        "Nothing was changed.\n",
    )  # fmt: skip
    ran = in_class("students", "merge", "doe", "mail", "--why", "two\x1b[2J roads")
    assert ran.status == 0, ran.err
    assert ran.out.splitlines()[0] == "mail is Jane Doe (doe)."
    assert f"{hw}: 1 hand-in changed." in ran.out
    told = in_class("explain", "mail", "length").out
    assert told.startswith("Jane Doe (doe)\n  mail was merged into them by ")
    assert "\x1b" not in told
    assert "roads" in told
    assert "was mail" in in_class("students", "list").out
    again = in_class("students", "merge", "doe", "mail")
    assert (again.status, again.out) == (0, "Jane Doe (doe) is one student already.\n")


def test_a_class_that_is_not_at_hand_is_named_and_caught_up(
    in_class: Grade, tmp_path: Path
) -> None:
    hw = class_of_two(in_class, tmp_path)
    in_class("students", "merge", "doe", "mail", "--in", str(hw), "--dry-run")
    hw.rename(tmp_path / "away")
    ran = in_class("students", "merge", "doe", "mail", "--why", "one")
    assert ran.status == 1
    assert f"{hw} is not there, or no class any more. `grade batch` reads it" in ran.err
    (tmp_path / "away").rename(hw)
    again = in_class("students", "merge", "doe", "mail")
    assert (again.status, again.err) == (0, "")
    assert f"{hw}: 1 hand-in changed." in again.out


def test_hand_ins_that_are_not_judged_yet_keep_numbers_apart(
    in_class: Grade, tmp_path: Path
) -> None:
    hw = class_of_two(in_class, tmp_path, "post")
    ran = in_class("students", "merge", "post", "mail", "--in", str(hw), "--why", "one")
    assert ran.status == 0
    numbers = [(each.student, each.number) for each in read_attempts(hw)]
    assert sorted(numbers) == [("post", 1), ("post", 2)]


def test_who_cannot_be_merged(in_class: Grade) -> None:
    ran = in_class("students", "merge", "doe", "Jane Doe", "--why", "one")
    assert ran.status == 2
    assert "doe and Jane Doe are both Jane Doe (doe)." in ran.err
    assert "There is no student nobody" in in_class("students", "merge", "doe", "nobody").err


def test_a_sheet_with_both_accounts_is_about_one(in_class: Grade, tmp_path: Path) -> None:
    """The LMS still has both, one after the other in either order."""
    people = [
        DOE,
        msgspec.structs.replace(DOE, key="mail", aliases={"canvas": "109"}, email=""),
        ROE,
    ]
    (tmp_path / "roster.json").write_bytes(msgspec.json.encode(people))
    assert in_class("students", "import", str(tmp_path)).status == 0
    assert in_class("students", "merge", "doe", "mail", "--why", "one").status == 0
    rows = [(JANE, 101), (JANE._replace(first="J.", sis="S9", login="j9"), 109)]
    for order in (rows, rows[::-1]):
        sheet = canvas_sheet([each._replace(canvas=canvas) for each, canvas in order], "V", "1.00")
        (tmp_path / "sheet.csv").write_text(sheet, "utf-8")
        ran = in_class("students", "import", str(tmp_path / "sheet.csv"))
        assert (ran.status, ran.err) == (0, "")
        [doe] = json.loads(in_class("students", "list", "--json").out)
        assert (doe["key"], doe["name"], doe["aliases"]["canvas"]) == ("doe", "Jane Smith", "101")
