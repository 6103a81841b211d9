"""Names by which Canvas's and Moodle's own importers find the student again."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest

from grader.classroom.feedback_names import file_stem, is_own, prefix_for
from grader.classroom.gradebook.values import Submission
from grader.classroom.people import Person
from support.gradebooks import DUE
from tools.lms import Upload, canvas_zip, moodle_zip

DOE = Person("doe", "Jane Doe", aliases={"canvas": "101"})
HANDED_IN = Submission(1, ("doe",), 1, "canvas", "", "d", "01_a", DUE, None, DUE)
IDS = {"101", "102", "2"}


def canvas_takes(name: str) -> tuple[str, str] | None:
    """(user, upload) as `infer_comment_context_from_filename` of Canvas reads a name."""
    parts = name.split("_")
    numbers = [part for part in parts if re.fullmatch(r"\d+", part)][:2]
    if parts[-1].startswith("link") or name.startswith("._") or len(numbers) < 2:
        return None
    return numbers[0], numbers[1]


def moodle_takes(name: str) -> tuple[str, str] | None:
    """(participant, file) as Moodle reads a name in a zip, older versions, too."""
    parts = name.split("_", 4)
    if len(parts) < 5 or not parts[1].isdigit() or parts[2:4] != ["assignsubmission", "file"]:
        return None
    return parts[1], parts[4]


def origin(source: str, entry: str) -> list[Submission]:
    where = f"submissions.zip: {entry}"
    return [msgspec.structs.replace(HANDED_IN, source=source, origin=where)]


@pytest.mark.parametrize(
    "entry",
    [
        "doejane_101_90210_magnitude.py",
        "doejane_LATE_101_90210_magnitude.py",
        "jane_2_101_90210_magnitude.py",
        "2_101_90210_magnitude.py",
        "101_90210_magnitude.py",
        "doejane_101_90210_01_02_vectors.py",
        "sub/doejane_101_90210_magnitude.py",
        "δόξα_101_90210_x.py",
    ],
)
def test_canvas_finds_the_user_and_the_upload(entry: str) -> None:
    start = prefix_for("canvas", DOE, origin("canvas", entry), {"101"})
    assert canvas_takes(f"{start}feedback-01-links.html") == ("101", "90210")


def test_what_was_typed_into_canvas_has_no_upload() -> None:
    assert prefix_for("canvas", DOE, origin("canvas", "doejane_101_text.html"), IDS) == ""
    assert prefix_for("canvas", DOE, [], IDS) == ""
    assert prefix_for("canvas", DOE, origin("folder", "doejane_101_90210_a.py"), IDS) == ""


def test_the_newest_upload_is_taken_that_canvas_knows() -> None:
    handed_in = [*origin("canvas", "doejane_101_1_a.py"), *origin("canvas", "doejane_101_2_a.py")]
    typed = origin("canvas", "doejane_101_text.html")
    assert prefix_for("canvas", DOE, [*handed_in, *typed], IDS) == "doejane_101_2_"


@pytest.mark.parametrize(
    "entry",
    [
        "Jane Doe_1234567_assignsubmission_file/magnitude.py",
        "Jane Doe_1234567_assignsubmission_file_/deep/magnitude.py",
        "Jane Doe_1234567_assignsubmission_file_magnitude.py",
        "top/Jane Doe_1234567_assignsubmission_file/magnitude.py",
        "Jane Doe_1234567_assignsubmission_onlinetext/onlinetext.html",
        "Participant_1234567_assignsubmission_file/magnitude.py",
        "Team A_1234567_assignsubmission_file/a_b.py",
    ],
)
def test_moodle_finds_the_participant(entry: str) -> None:
    start = prefix_for("moodle", DOE, origin("moodle", entry), ())
    assert moodle_takes(f"{start}feedback-01-a.html") == ("1234567", "feedback-01-a.html")


def test_a_team_mate_with_a_number_of_their_own_gets_their_own() -> None:
    person = msgspec.structs.replace(DOE, aliases={"moodle": "77"})
    theirs = origin("moodle", "Richard Roe_88_assignsubmission_file/a.py")
    start = prefix_for("moodle", person, theirs, {"77", "88"})
    assert moodle_takes(f"{start}a.html") == ("77", "a.html")
    assert is_own("moodle", person, start)
    team = prefix_for("moodle", person, theirs, {"77"})  # 88 is no student: a team's id
    assert moodle_takes(f"{team}a.html") == ("88", "a.html")
    assert not is_own("moodle", person, team)
    assert not is_own("moodle", person, "Team A_77_assignsubmission_file_")
    assert not is_own("canvas", DOE, "doejane_101_5_")


def test_a_participant_of_the_roster_is_enough_for_moodle() -> None:
    person = msgspec.structs.replace(DOE, name="_../Jane_Doe\n", aliases={"moodle": "77"})
    start = prefix_for("moodle", person, [], ())
    assert moodle_takes(f"{start}a.html") == ("77", "a.html")
    assert "/" not in start
    assert not start.startswith(".")
    assert prefix_for("moodle", DOE, [], ()) == ""


def test_names_of_zips_that_the_lms_makes_come_back(tmp_path: Path) -> None:
    upload = Upload("Doe, Jane", 101, {"magnitude.py": b"x = 1\n"}, late=True)
    path = tmp_path / "submissions.zip"
    path.write_bytes(canvas_zip([upload]))
    [entry] = ZipFile(path).namelist()
    start = prefix_for("canvas", DOE, origin("canvas", entry), {"101"})
    assert entry.startswith(start)
    path.write_bytes(moodle_zip([Upload("Jane Doe", 1234567, {"magnitude.py": b""})]))
    [entry] = ZipFile(path).namelist()
    start = prefix_for("moodle", DOE, origin("moodle", entry), ())
    assert entry.startswith(start.rstrip("_"))


@pytest.mark.parametrize(
    ("key", "stem"),
    [("doe", "doe"), ("../../etc", "etc"), ("a/b\\c\n", "a-b-c"), ("", "student"), ("CON", "_CON"),
     ("nul.txt", "_nul.txt"), ("jane@x.org", "jane@x.org"), ("\u202eevil", "evil")],
)  # fmt: skip
def test_a_key_is_a_files_name_on_any_system(key: str, stem: str) -> None:
    assert file_stem(key, set()) == stem


def test_no_two_students_have_one_file() -> None:
    assert file_stem("Doe", {"doe"}) == "Doe-2"
    assert len(file_stem("é" * 400, set()).encode()) <= 150


@pytest.mark.parametrize("late", ["", "LATE_"])
def test_of_two_accounts_of_one_student_their_own_gets_it(late: str) -> None:
    """The mark goes there, too; the other's upload has it only where there is no own one."""
    person = msgspec.structs.replace(DOE, also=(("key", "jd"), ("canvas", "109")))
    [own] = origin("canvas", "a.zip: doejane_101_90210_length.py")
    [other] = origin("canvas", f"a.zip: doej_{late}109_90300_length.py")
    assert prefix_for("canvas", person, [own, other], IDS) == "doejane_101_90210_"
    assert prefix_for("canvas", person, [other], IDS) == f"doej_{late}109_90300_"
