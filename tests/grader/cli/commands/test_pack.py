"""`grade pack`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.sandbox.processes.caller import Base
from support.commands import Grade
from support.courses.length import solve, stub
from support.places import ROOT


def test_a_file_that_cannot_be_written_is_named(grade: Grade, course_dir: Path) -> None:
    solve(course_dir)
    ran = grade("pack", "--output", "nowhere/work.zip")
    assert ran.status == 2
    assert ran.err == "nowhere/.work.zip.tmp: No such file or directory\n"
    ran = grade("pack", "--output", "exercises")
    assert ran.status == 2
    assert ran.err.startswith("exercises is a folder; name a file")


def test_pack_without_pytorch(
    handout: Path, tmp_path: Path, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.grading import engine

    course = tmp_path / "course"
    shutil.copytree(handout, course)
    solved = (ROOT / "solutions/01_vectors/magnitude.py").read_text("utf-8")
    (course / "exercises/01_vectors/magnitude.py").write_text(solved, "utf-8")
    half = (ROOT / "solutions/02_dot_product/angle.py").read_text("utf-8")
    half = half.replace(
        "return _unit(a).dot(_unit(b)).clamp(-1.0, 1.0).acos()", "raise NotImplementedError"
    )
    (course / "exercises/02_dot_product/angle.py").write_text(half, "utf-8")
    (course / "exercises/03_matrices/transpose.py").unlink()
    monkeypatch.chdir(course)
    monkeypatch.setattr(engine, "Base", lambda: Base(torch=False))
    ran = grade("angle")
    assert "angle: its examples pass; the PyTorch half was not tried." in ran.out
    assert "Why it works" not in ran.out
    assert "(as far as tried)" in grade("list").out
    ran = grade("pack")
    assert ran.status == 0, ran.err
    named = ran.out.partition("\n")[0]
    assert named.startswith("Not begun, and worth nothing as they are: vector_basics, unit_vector")
    assert " angle_torch in angle," in named
    assert "transpose" in named, "a file that is gone is missing, too"
    assert (course / "handin.zip").exists()


def test_functions_that_are_not_begun_are_named(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "return 2 * v", "raise NotImplementedError")
    ran = grade("pack")
    assert ran.status == 0, ran.err
    named = "Not begun, and worth nothing as they are: double in length.\n"
    assert ran.out.startswith(named)
    gone = stub(course_dir).read_text("utf-8").partition("def double")[0]
    stub(course_dir).write_text(gone, "utf-8")
    assert grade("pack").out.startswith(named), "a function that is gone is missing, too"
    solve(course_dir)
    assert "Not begun" not in grade("pack").out
