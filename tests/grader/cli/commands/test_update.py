"""`grade update`: a newer handout over the one that is worked in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.commands import Grade


def test_a_newer_handout_is_taken_over(
    handout: Path, tmp_path: Path, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Path(shutil.copytree(handout, tmp_path / "work"))
    new = Path(shutil.copytree(handout, tmp_path / "new"))
    monkeypatch.chdir(old)
    work = old / "exercises/01_vectors/magnitude.py"
    work.write_text("def magnitude(v): return 1\n")
    lesson = new / "exercises/01_vectors/README.md"
    lesson.write_text("# newer\n")
    ran = grade("update", "../new")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(
        "exercises/01_vectors/magnitude.py was written in, so it stays as it is.\n"
    )
    assert work.read_text() == "def magnitude(v): return 1\n"
    assert (old / "exercises/01_vectors/README.md").read_text() == "# newer\n"


def test_what_it_refuses(
    handout: Path, grade: Grade, course_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "is no handout" in grade("update", str(handout)).err
    monkeypatch.chdir(handout)
    assert "holds no handout" in grade("update", str(course_dir)).err
    assert "unpack the newer one elsewhere" in grade("update", ".").err
