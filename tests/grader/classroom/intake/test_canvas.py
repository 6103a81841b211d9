"""Canvas's zips, as lib/content_zipper.rb makes them."""

from __future__ import annotations

import pytest

from grader.classroom.intake.canvas import _best
from grader.classroom.intake.handin import Known
from support.collecting import Class, Put
from support.lms import MAGNITUDE, packed
from tools.lms import Student, Upload, canvas_name, canvas_sheet, canvas_zip

JANE = Student("Jane", "Doe", 101, "S101", "jdoe1", "", "Sec 1", 0)
RICK = Student("Rick", "Róe-O'Neill", 102, "S102", "rroe2", "", "Sec 1", 0)
LEE = Student("小龍", "李", 103, "S103", "lee3", "", "Sec 2", 0)
SHEET = canvas_sheet([JANE, RICK, LEE], "Vectors", "12.00")


def upload(student: Student, late: bool = False, **files: bytes) -> Upload:
    work = {name.replace("__", "."): data for name, data in files.items()}
    return Upload(student.sortable, student.canvas, work or {"magnitude.py": MAGNITUDE}, late)


def nobody(system: str, value: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("doejane_101_90210_magnitude.py", ("doejane", False, "101", "magnitude.py")),
        ("doejane_LATE_101_90210_magnitude.py", ("doejane", True, "101", "magnitude.py")),
        ("o_neil_jane_101_90210_my work.py", ("o_neil_jane", False, "101", "my work.py")),
        ("anon_AbC12_90210_magnitude.py", ("", False, "anon_AbC12", "magnitude.py")),
        ("LATE_anon_AbC12_90210_magnitude.py", ("", True, "anon_AbC12", "magnitude.py")),
        ("doejane_101_text.html", ("doejane", False, "101", "text.html")),
        ("doejane_LATE_101_link.html", ("doejane", True, "101", "link.html")),
        ("_101_90210_magnitude.py", ("", False, "101", "magnitude.py")),
        ("李小龍_101_90210_a_1_b.py", ("李小龍", False, "101", "a_1_b.py")),
        ("doejane_101_90210_01_vectors.py", ("doejane", False, "101", "01_vectors.py")),
    ],
)
def test_names_are_read_as_they_are_made(name: str, expected: tuple[object, ...]) -> None:
    read = _best(name, Known(nobody))
    assert read is not None
    assert (read.name, read.late, read.id, read.file) == expected


@pytest.mark.parametrize("name", ["magnitude.py", "doejane_101.py", "notes.txt", "a_b_c.py"])
def test_other_names_are_not_canvas_s(name: str) -> None:
    assert _best(name, Known(nobody)) is None


def test_the_class_tells_where_a_name_with_digits_ends() -> None:
    name = canvas_name("Doe_2, Jane", 101) + "_90210_magnitude.py"
    assert name == "doe_2jane_101_90210_magnitude.py"
    name = "jane_2_101_90210_magnitude.py"
    read = _best(name, Known(lambda system, value: value == "101"))
    assert read is not None
    assert (read.name, read.id, read.file) == ("jane_2", "101", "magnitude.py")


def test_students_are_joined_by_their_id(room: Class, put: Put) -> None:
    zip_ = put("s.zip", canvas_zip([upload(JANE), upload(RICK, late=True), upload(LEE)]))
    summary = room.collect(zip_, rosters=(put("g.csv", SHEET),))
    assert summary.problems == ()
    assert [read.kind for read in summary.sources] == ["canvas"]
    assert room.people == {"jdoe1": "Jane Doe", "rroe2": "Rick Róe-O'Neill", "lee3": "小龍 李"}
    assert {key: a.late for key, a in room.attempts.items()} == {
        "jdoe1": False, "rroe2": True, "lee3": False
    }  # fmt: skip
    assert room.files("lee3") == {"magnitude.py": MAGNITUDE}
    assert [late.student for late in summary.late] == ["rroe2"]
    assert room.attempts["rroe2"].at is None


def test_without_a_roster_everybody_is_who_the_zip_says(room: Class, put: Put) -> None:
    room.collect(put("s.zip", canvas_zip([upload(JANE), upload(LEE)])))
    assert room.summary.problems == ()
    assert room.people == {"doejane": "doejane", "李小龍": "李小龍"}
    room.collect(put("s.zip", canvas_zip([upload(JANE)])), rosters=(put("g.csv", SHEET),))
    assert room.people["doejane"] == "Jane Doe", "the key stays, the name follows the id"
    assert room.summary.attempts == 2


def test_a_team_s_work_is_every_member_s(room: Class, put: Put) -> None:
    teams = "name,canvas_user_id,login_id,group_name\nJane Doe,101,jdoe1,Team A_1\n"
    teams += 'Rick,102,rroe2,Team A_1\n"Li",103,lee3,\n'
    files = {"magnitude.py": MAGNITUDE}
    zip_ = canvas_zip([Upload("Team A_1", 102, files), upload(LEE)])
    room.collect(
        put("s.zip", zip_), rosters=(put("g.csv", SHEET), put("groups.csv", teams)),
    )  # fmt: skip
    assert room.summary.problems == ()
    assert room.attempts["jdoe1"] is not None
    assert room.attempts["jdoe1"].folder == room.attempts["rroe2"].folder == "work/rroe2/0001"
    assert room.attempts["lee3"].team == ()
    assert room.summary.missing == ()


def test_a_later_upload_of_a_member_counts_for_that_member_only(room: Class, put: Put) -> None:
    teams = "name,canvas_user_id,group_name\nJane Doe,101,A\nRick,102,A\n"
    rosters = (put("g.csv", SHEET), put("groups.csv", teams))
    room.collect(
        put("1.zip", canvas_zip([Upload("A", 102, {"magnitude.py": b"x"})])), rosters=rosters
    )
    room.collect(put("2.zip", canvas_zip([upload(JANE)], 99_000)))
    assert room.files("jdoe1") == {"magnitude.py": MAGNITUDE}
    assert room.files("rroe2") == {"magnitude.py": b"x"}


def test_who_is_on_no_roster_is_kept_and_told(room: Class, put: Put) -> None:
    stranger = Student("Sam", "Ng", 900, "", "", "", "", 0)
    zip_ = put("s.zip", canvas_zip([upload(JANE), upload(stranger)]))
    for _ in range(2):
        room.collect(zip_, rosters=(put("g.csv", SHEET),))
        assert len(room.summary.problems) == 1
        assert "is not on the roster" in room.problems()["ngsam"]
        assert room.files("ngsam") == {"magnitude.py": MAGNITUDE}


def test_the_test_student_is_nobody(room: Class, put: Put) -> None:
    robot = Student("Test", "Student", 99_999, "", "", "", "", 0)
    room.collect(
        put("s.zip", canvas_zip([upload(JANE), upload(robot)])), rosters=(put("g.csv", SHEET),)
    )
    assert room.summary.problems == ()
    assert list(room.attempts) == ["jdoe1"]
    assert "99999" not in str(room.people)


def test_hidden_names_are_told(room: Class, put: Put) -> None:
    zip_ = canvas_zip([Upload("", "anon_AbC12", {"magnitude.py": MAGNITUDE}, late=True)])
    room.collect(put("s.zip", zip_))
    assert room.summary.sources[0].kind == "canvas"
    assert list(room.people) == ["anon_AbC12"]


def test_typed_text_and_addresses_need_a_person(room: Class, put: Put) -> None:
    zip_ = canvas_zip([upload(JANE, text__html=b"<p>def</p>"), upload(RICK, link__html=b"x")])
    room.collect(put("s.zip", zip_), rosters=(put("g.csv", SHEET),))
    assert "typed into Canvas" in room.problems()["jdoe1"]
    assert "address" in room.problems()["rroe2"]
    assert room.files("jdoe1") == {"text.html": b"<p>def</p>"}


def test_the_last_of_two_downloads_counts_and_both_are_kept(room: Class, put: Put) -> None:
    old = put("s.zip", canvas_zip([upload(JANE, magnitude__py=b"old = 1\n")], 90_000))
    new = put("s (1).zip", canvas_zip([upload(JANE)], 95_000))
    for source in (old, new, old, new):
        room.collect(source, rosters=(put("g.csv", SHEET),))
    assert room.summary.attempts == 2
    assert room.files("jdoe1") == {"magnitude.py": MAGNITUDE}
    assert room.attempts["jdoe1"].number == 2


def test_a_pack_among_the_uploads_names_its_unit(room: Class, put: Put) -> None:
    handin = packed("02_dot_product", {"angle.py": b"def angle(v, w):\n    return 0\n"})
    room.collect(put("s.zip", canvas_zip([upload(JANE, handin__zip=handin)])))
    assert room.attempts["doejane"].unit == "02_dot_product"
    assert (room.root / "work/doejane/0001/files/handin.zip").read_bytes() == handin
    room.collect(put("s.zip", canvas_zip([upload(JANE, handin__zip=handin)])), unit="01_vectors")
    assert room.problems()["doejane"] == "It was handed in for 02_dot_product, not for 01_vectors."


def test_an_unpacked_zip_is_the_same(room: Class, put: Put) -> None:
    put("d/all/doejane_101_90210_magnitude.py", MAGNITUDE)
    put("d/all/roerick_LATE_102_90211_magnitude.py", MAGNITUDE)
    put("d/.DS_Store", b"")
    room.collect(put("d/all/leekim_7_90212_angle.py", b"x = 1\n").parent)
    assert room.summary.sources[0].kind == "canvas"
    assert room.attempts["roerick"].late
