"""`grade reset`: the stub is back, and the work is not lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.commands import Grade
from support.courses.length import solve, stub


def test_the_stub_is_back_and_the_work_is_saved(grade: Grade, course_dir: Path) -> None:
    first = stub(course_dir).read_bytes()
    solve(course_dir)
    work = stub(course_dir).read_bytes()
    grade("length")
    ran = grade("reset", "length")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "exercises/01_a/length.py is as it was at the start.",
        "What was there: saved/01_a/length_1.py",
    ]
    assert stub(course_dir).read_bytes() == first
    assert (course_dir / "saved/01_a/length_1.py").read_bytes() == work
    assert "0 of 1 exercises done" in grade("list").out
    assert "changed since" not in grade("list").out
    assert "What was there" not in grade("reset", "exercises/01_a/length.py").out
    stub(course_dir).write_bytes(b"\xff\x00 no text")
    assert grade("reset", "length").status == 0
    assert (course_dir / "saved/01_a/length_2.py").read_bytes() == b"\xff\x00 no text"
    stub(course_dir).unlink()
    assert grade("reset", "length").status == 0
    assert stub(course_dir).read_bytes() == first


def test_hints_stay_open(grade: Grade, course_dir: Path) -> None:
    grade("hint", "length")
    solve(course_dir)
    grade("length")
    grade("reset", "length")
    assert "Hint 2" in grade("hint", "length").out


def test_what_cannot_be_saved_is_not_taken(grade: Grade, course_dir: Path) -> None:
    solve(course_dir)
    work = stub(course_dir).read_bytes()
    (course_dir / "saved").write_text("in the way")
    ran = grade("reset", "length")
    assert (ran.status, ran.out) == (2, "")
    assert "saved" in ran.err
    assert stub(course_dir).read_bytes() == work


def test_a_unit_is_too_much(grade: Grade) -> None:
    ran = grade("reset", "01_a")
    assert (ran.status, ran.err) == (2, "01_a is a unit. Name one exercise of it.\n")
    ran = grade("reset", "lenght")
    assert (ran.status, "Did you mean length?" in ran.err) == (2, True)


def test_in_a_handout(
    handout: Path, tmp_path: Path, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Path(shutil.copytree(handout, tmp_path / "handout"))
    monkeypatch.chdir(course)
    path = course / "exercises/01_vectors/magnitude.py"
    first = path.read_bytes()
    path.write_text("def magnitude(v): return 1\n")
    assert "saved/01_vectors/magnitude_1.py" in grade("reset", "magnitude").out
    assert path.read_bytes() == first
    (course / "guide/01_vectors/magnitude.stub").unlink()
    ran = grade("reset", "magnitude")
    assert ran.status == 2
    assert "Take it from a fresh copy of the handout." in ran.err
