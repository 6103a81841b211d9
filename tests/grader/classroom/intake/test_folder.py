"""Plain folders and files: one a student, or one student's work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from support.collecting import Class, Put
from support.lms import ARITHMETIC, MAGNITUDE, packed
from tools.lms import zipped


def test_one_folder_zip_module_or_notebook_a_student(room: Class, put: Put) -> None:
    put("class/jdoe/magnitude.py", MAGNITUDE)
    put("class/roe.zip", zipped([("work/exercises/01_vectors/magnitude.py", MAGNITUDE)]))
    put("class/lee.py", MAGNITUDE)
    root = put("class/ng.ipynb", '{"cells": [], "nbformat": 4, "metadata": {}}').parent
    room.collect(root)
    assert room.summary.sources[0].kind == "folder"
    assert sorted(room.attempts) == ["jdoe", "lee", "ng", "roe"]
    assert list(room.files("roe")) == ["work/exercises/01_vectors/magnitude.py"]
    assert room.files("lee") == {"lee.py": MAGNITUDE}


@pytest.mark.parametrize("name", ["magnitude.py", "exercises/01_vectors/magnitude.py",
                                  "01_vectors/magnitude.py"])  # fmt: skip
def test_one_student_s_folder_or_zip(room: Class, put: Put, tmp_path: Path, name: str) -> None:
    put(f"jdoe/{name}", MAGNITUDE)
    room.collect(tmp_path / "jdoe")
    assert list(room.attempts) == ["jdoe"]
    room.collect(put("roe.zip", zipped([(name, MAGNITUDE)])))
    room.collect(put("download.zip", zipped([(f"lee/{name}", MAGNITUDE)])))
    assert sorted(room.attempts) == ["jdoe", "lee", "roe"]
    assert room.summary.problems == ()


def test_a_zip_of_folders_is_a_class(room: Class, put: Put) -> None:
    names = ("class/jdoe/magnitude.py", "class/roe/magnitude.py")
    room.collect(put("all.zip", zipped([(name, MAGNITUDE) for name in names])))
    assert sorted(room.attempts) == ["jdoe", "roe"]


@pytest.mark.parametrize("around", ["all/hw1/", "all/hw1/01/", "a/b/c/d/"])
def test_a_class_in_several_folders_is_one_no_student_s_work_is_in_another_s(
    room: Class, put: Put, around: str
) -> None:
    names = (f"{around}jdoe/magnitude.py", f"{around}roe/magnitude.py", f"{around}lee/x.py")
    room.collect(put("all.zip", zipped([(name, MAGNITUDE) for name in names])))
    assert sorted(room.attempts) == ["jdoe", "lee", "roe"]


def test_a_student_who_is_known_may_have_two_of_a_file(room: Class, put: Put) -> None:
    roster = put("class.csv", "student,name\nng,Ng\n")
    put("c/hw1/ng/old/magnitude.py", MAGNITUDE)
    room.collect(put("c/hw1/ng/new/magnitude.py", MAGNITUDE).parents[3], rosters=(roster,))
    assert list(room.attempts) == ["ng"]


def test_names_with_the_exercise_or_the_pack_s_name(room: Class, put: Put) -> None:
    put("c/jdoe_magnitude.py", MAGNITUDE)
    put("c/jdoe-arithmetic.py", ARITHMETIC)
    put("c/Ann Lee_handin (1).zip", packed("", {"magnitude.py": MAGNITUDE}))
    room.collect(put("c/roe_01_vectors.zip", zipped([("magnitude.py", MAGNITUDE)])).parent)
    assert sorted(room.attempts) == ["Ann-Lee", "jdoe", "roe"]
    assert sorted(room.files("jdoe")) == ["arithmetic.py", "magnitude.py"]


def test_a_file_without_a_name_is_nobody_s(room: Class, put: Put) -> None:
    room.collect(put("magnitude.py", MAGNITUDE))
    (problem,) = room.summary.problems
    assert problem.what == "Its name does not tell whose it is."
    assert room.summary.unmatched == 1


def test_folders_are_joined_by_any_id_and_by_name(room: Class, put: Put) -> None:
    roster = put(
        "r.csv", "student,name,email,login,sis\n1,Jane Doe,j@x.org,jdoe,S1\n2,Zoë O'Neil,,,\n"
        "3,Rick van der Roe,,,\n"
    )  # fmt: skip
    for folder in ("S1", "Oneil Zoe\N{COMBINING DIAERESIS}", "rick_van_der_roe"):
        put(f"c/{folder}/magnitude.py", MAGNITUDE)
    room.collect(put("c/S1/x.txt", "x").parents[1], rosters=(roster,))
    assert sorted(room.attempts) == ["1", "2", "3"]
    assert room.summary.problems == ()


@pytest.mark.parametrize(
    ("words", "rows", "sure"),
    [(("Anna", "anna"), "", "Anna"), (("Jane Doe", "jdoe"), "jdoe,Jane Doe\n", "jdoe"),
     (("ANNA", "anna"), "anna,Anna\n", "anna")],
)  # fmt: skip
def test_two_folders_are_not_one_student(
    room: Class, put: Put, words: tuple[str, str], rows: str, sure: str
) -> None:
    """Which of them is theirs is not guessed, and the other one is kept."""
    for word in words:
        put(f"c/{word}/magnitude.py", f"# {word}\n")
    rosters = (put("r.csv", f"student,name\n{rows}"),) if rows else ()
    source = put("c/x.csv", "").parent
    for _ in range(2):
        room.collect(source, rosters=rosters)
        assert list(room.attempts) == [sure]
        assert room.files(sure) == {"magnitude.py": f"# {sure}\n".encode()}
        assert f"who handed in as {sure}" in room.summary.problems[0].what
        assert (room.summary.attempts, room.summary.unmatched) == (1, 1)


def test_turned_names_that_two_have_are_not_guessed(room: Class, put: Put) -> None:
    roster = put("r.csv", "student,name\n1,Ali Hassan\n2,Hassan Ali\n")
    put("c/ali_hassan/magnitude.py", MAGNITUDE)
    room.collect(put("c/1/magnitude.py", MAGNITUDE).parents[1], rosters=(roster,))
    assert list(room.attempts) == ["1"]
    assert "may be 1 or 2" in room.summary.problems[0].what


def test_no_link_is_followed(room: Class, put: Put, tmp_path: Path) -> None:
    secret = put("secret.py", "password = 1\n")
    put("c/jdoe/magnitude.py", MAGNITUDE)
    (tmp_path / "c/jdoe/link.py").symlink_to(secret)
    (tmp_path / "c/folder").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "c/jdoe/pipe.py")
    room.collect(tmp_path / "c")
    assert room.files("jdoe") == {"magnitude.py": MAGNITUDE}
    told = " ".join(problem.what for problem in room.summary.problems)
    for what in ("link.py was left out: it is a link", "pipe.py was left out: it is no file"):
        assert what in told
    assert b"password" not in b"".join(room.state().values())


def test_teams_of_a_roster_s_column(room: Class, put: Put) -> None:
    """Who handed in nothing has a team-mate's work; who did has their own."""
    roster = put("r.csv", "student,team\na,T\nb,T\nc,T\nd,U\n")
    put("c/a/magnitude.py", b"a = 1\n")
    room.collect(put("c/b/magnitude.py", b"b = 1\n").parents[1], rosters=(roster,))
    assert room.files("a") == {"magnitude.py": b"a = 1\n"}
    assert room.files("b") == {"magnitude.py": b"b = 1\n"}
    assert room.attempts["c"].student in ("a", "b")
    assert "d" not in room.attempts
    assert room.summary.missing == ("d",)


def test_a_student_s_key_is_not_a_team_s_name(room: Class, put: Put) -> None:
    roster = put("r.csv", "student,team\na,A\nb,A\n")
    put("c/a/magnitude.py", b"a = 1\n")
    room.collect(put("c/b/magnitude.py", b"b = 1\n").parents[1], rosters=(roster,))
    assert (room.files("a"), room.files("b")) == (
        {"magnitude.py": b"a = 1\n"}, {"magnitude.py": b"b = 1\n"}
    )  # fmt: skip


def test_a_team_s_folder(room: Class, put: Put) -> None:
    roster = put("r.csv", "student,team\na,Team One\nb,Team One\nc,Two\n")
    room.collect(put("c/team_one/magnitude.py", MAGNITUDE).parents[1], rosters=(roster,))
    assert sorted(room.attempts) == ["a", "b"]
    assert room.summary.problems == ()


def test_a_class_may_be_collected_into_its_own_folder(
    room: Class, put: Put, tmp_path: Path
) -> None:
    put("c/jdoe/magnitude.py", MAGNITUDE)
    room.root = tmp_path / "c" / "hw"
    for _ in range(3):
        room.collect(tmp_path / "c")
    assert list(room.attempts) == ["jdoe"]
    assert room.summary.attempts == 1
