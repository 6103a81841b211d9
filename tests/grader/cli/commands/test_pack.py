"""`grade pack`."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_what_is_packed_is_what_is_graded(
    grade: Grade, course_dir: Path, valid: Callable[..., Any]
) -> None:
    solve(course_dir)
    assert grade("pack").status == 0
    assert names(course_dir / "handin.zip") == ["handin.json", "exercises/01_a/length.py"]
    first = (course_dir / "handin.zip").read_bytes()
    ran = grade("run", "--submission", "handin.zip", "--json")
    assert ran.status == 0
    assert valid(ran.out)["earned"] == 2.5
    assert grade("pack").status == 0
    assert (course_dir / "handin.zip").read_bytes() == first, "nothing in it tells the time"


def test_data_files_that_are_named_are_packed_and_read(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "return 2 * v", "return float(open('two.txt').read()) * v")
    folder = stub(course_dir).parent
    (folder / "two.txt").write_text("2.0", "utf-8")
    (folder / "diary.txt").write_text("x", "utf-8")
    ran = grade("pack")
    assert ran.out.endswith("handin.zip: 2 files. Upload this one file.\n")
    files = ["handin.json", "exercises/01_a/length.py", "exercises/01_a/two.txt"]
    assert names(course_dir / "handin.zip") == files
    assert grade("run", "--submission", "handin.zip").status == 0
    (folder / "two.txt").unlink()
    ran = grade("length", "--plain")
    assert "two.txt is not there where this is graded" in ran.out


@pytest.mark.parametrize(
    "body",
    [
        "raise RuntimeError('later')",
        "return undefined",
        "raise NotImplementedError('soon')",
        "import os; os._exit(3)",
        "while True: pass",
    ],
)
def test_work_in_progress_is_packed(grade: Grade, course_dir: Path, body: str) -> None:
    text = stub(course_dir).read_text("utf-8").replace("raise NotImplementedError", body)
    stub(course_dir).write_text(text, "utf-8")
    ran = grade("pack")
    assert (ran.status, ran.err) == (0, "")
    assert "exercises/01_a/length.py" in names(course_dir / "handin.zip")


def test_what_cannot_be_loaded_is_not_packed(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "import numpy as np\n", "import numpy as np\nnp.nothing_of_the_kind\n")
    ran = grade("pack")
    assert ran.status == 1
    assert ran.err.startswith("exercises/01_a/length.py: Your file cannot be loaded: Attr")
    solve(course_dir, "return 2 * v", "return (2 * v")
    ran = grade("pack")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("exercises/01_a/length.py:")
    assert not (course_dir / "handin.zip").exists()


def test_what_cannot_be_loaded_is_known_by_no_words(grade: Grade, course_dir: Path) -> None:
    """A function may say it cannot be loaded; a helper at fault is told once, where it stands."""
    text = stub(course_dir).read_text("utf-8")
    said = "raise ValueError('Your file cannot be loaded')"
    stub(course_dir).write_text(text.replace("raise NotImplementedError", said), "utf-8")
    assert grade("pack").status == 0
    solve(course_dir, "import numpy as np\n", "import numpy as np\nimport helper\n")
    helper = course_dir / "exercises/01_a/helper.py"
    helper.write_text("two = 1 +\n")
    ran = grade("pack")
    assert (ran.status, ran.err.count("helper.py")) == (1, 1)
    assert ran.err.startswith("exercises/01_a/helper.py:1: ")
    assert "length.py" not in ran.err
    helper.write_text("1 / 0\n")
    ran = grade("pack")
    assert ran.status == 1
    assert ran.err.startswith("exercises/01_a/length.py: Your file cannot be loaded: ZeroDiv")


def test_a_stray_file_is_left_out_with_a_note(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "import numpy as np\n", "import numpy as np\nfrom helper import two\n")
    folder = course_dir / "exercises"
    (folder / "01_a/helper.py").write_text("two = 2\n")
    (folder / "scratch.py").write_text("print(1 +\n")
    (folder / "bytes.py").write_bytes(b"\xff\xfe")
    (folder / "old").mkdir()
    (folder / "old/length.py").write_text("def length(v):\n    return 1.0\n")
    ran = grade("pack")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[:-1] == [
        "exercises/bytes.py was not read: it is not UTF-8 text.",
        "exercises/scratch.py was left out: no exercise needs it.",
        "exercises/old/length.py was left out: no exercise needs it.",
    ]
    assert names(course_dir / "handin.zip")[1:] == [
        "exercises/01_a/helper.py",
        "exercises/01_a/length.py",
    ]


@pytest.fixture
def shop(workshop_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of two units, solved."""
    monkeypatch.chdir(workshop_copy)
    shutil.copytree("solutions", "exercises", dirs_exist_ok=True)
    return workshop_copy


def test_one_unit_is_packed_and_graded_alone(grade: Grade, shop: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(shop)
    ran = grade("pack", "exercises/b_objects")
    assert (ran.status, ran.err) == (0, "")
    path = shop / "handin_b_objects.zip"
    assert names(path) == [
        "handin.json",
        "exercises/b_objects/affine.py",
        "exercises/b_objects/tally.py",
    ]
    manifest = json.loads(zipfile.ZipFile(path).read("handin.json"))
    assert (manifest["course"], manifest["unit"], manifest["format"]) == (
        "Workshop",
        "b_objects",
        1,
    )
    assert len(manifest["suite"]) == 64
    report = json.loads(grade("run", "--submission", str(path), "--json").out)
    assert [e["id"] for e in report["exercises"]] == ["tally", "affine"]
    assert report["notes"] == [
        "It was packed as b_objects, so only the exercises of this unit were graded."
    ]
    named = json.loads(grade("run", "temperature", "--submission", str(path), "--json").out)
    assert [e["id"] for e in named["exercises"]] == ["temperature"]
    ran = grade("pack", "b_object")
    assert (ran.status, ran.err) == (2, "There is no unit b_object. Did you mean b_objects?\n")
    assert "The units are a_numbers, b_objects." in grade("pack", "zzz").err
