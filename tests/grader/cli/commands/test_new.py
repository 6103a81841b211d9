"""`grade new`: an exercise is begun, and what is to be written is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Grade


def test_new_begins_an_exercise_and_says_what_is_missing(grade: Grade, course_dir: Path) -> None:
    ran = grade("new", "01_a/area")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("solutions/01_a/area.py: to write: lines 1, 3, 7, 8, 9,")
    assert lines[3] == "tests/accepts/01_a/area/another_way.py: to write: line 1"
    assert lines[4].startswith("course.yaml: to write: line")
    assert lines[-1].startswith("Then `grade sync` and `grade check area`")
    assert (course_dir / "exercises/01_a/area.py").is_file()
    assert "Traceback" not in ran.err
    again = grade("new", "01_a/area")
    assert (again.status, again.err) == (2, "Tiny has an exercise area already\n")
    assert grade("new", "area").status == 2


def test_new_names_a_unit_that_nobody_has(grade: Grade) -> None:
    assert grade("new", "length2").err == (
        "length2: expected UNIT/EXERCISE, as in 01_vectors/magnitude, or course PATH\n"
    )
    assert "01_aa is a new unit, the last one in course.yaml. Did you mean 01_a?" in (
        grade("new", "01_aa/width").out
    )


def test_new_course_proves_itself(
    grade: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = grade("new", "course", "sums of-all")
    assert ran.status == 0, ran.err
    assert "exercises/01_numbers/average.py: written from the solution" in ran.out
    monkeypatch.chdir("sums of-all")
    for option in ((), ("--contract",), ("--mutants",)):
        assert grade("check", *option).status == 0
    assert grade("sync", "--check").status == 0
    out = grade("run", "--plain").out
    assert out.startswith("Sums of all\n")
    assert "0 of 2" in out
    assert grade("new", "01_numbers/total").status == 0, "and it can grow"
    monkeypatch.chdir(tmp_path)
    again = grade("new", "course", "sums of-all")
    told = "sums of-all is there already; name a folder that is new or empty\n"
    assert (again.status, again.err) == (2, told)
    assert grade("new", "course").err.startswith("Where? Name a folder")
    assert grade("new", "01_a/area", "there").status == 2
