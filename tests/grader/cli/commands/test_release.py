"""`grade release`, and what is then to do in the handout."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import Course
from support.commands import Grade
from support.places import ROOT


def test_release_says_how_to_go_there(grade: Grade) -> None:
    assert "cd '../out of here' && grade watch" in grade("release", "../out of here").out


def test_the_command(
    own_course: Course, tmp_path: Path, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    ran = grade("release", str(tmp_path / "out"))
    assert ran.status == 0
    assert "nothing hidden is in it" in ran.out
    monkeypatch.chdir(tmp_path / "out")
    ran = grade("magnitude", "--plain")
    assert ran.status == 1
    assert "The hidden tests run after you hand in: `grade pack`." in ran.out
    assert f"for {own_course.points.normalize():f} points in all" in grade("list", "--plain").out
    before = (tmp_path / "out" / "course.yaml").read_text()
    for author in (["sync"], ["check"], ["new", "01_vectors/area"], ["release", "../again"]):
        assert grade(*author).status == 2
    assert (tmp_path / "out" / "course.yaml").read_text() == before
    assert not (tmp_path / "out" / "solutions").exists()
    grade("hint", "magnitude")
