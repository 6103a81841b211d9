"""`grade run` and `grade list`, as a student meets them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.report.model import report_schema
from support.commands import Grade

pytestmark = pytest.mark.usefixtures("without_torch")


def stub_of(course_dir: Path) -> Path:
    return course_dir / "exercises" / "01_a" / "length.py"


def solve(course_dir: Path, old: str = "", new: str = "") -> None:
    """Fill the stub with the solution, optionally with a change."""
    text = (course_dir / "solutions" / "01_a" / "length.py").read_text("utf-8")
    stub_of(course_dir).write_text(text.replace(old, new) if old else text, "utf-8")


def test_nothing_begun_is_not_yet_right(grade: Grade) -> None:
    ran = grade()
    assert ran.status == 1
    assert "not begun" in ran.out
    assert "0 of 2.5 points" in ran.out
    assert "Next: exercises/01_a/length.py" in ran.out


def test_all_right_exits_with_zero(grade: Grade, course_dir: Path) -> None:
    solve(course_dir)
    ran = grade("run", "length")
    assert ran.status == 0
    assert "2.5 of 2.5 points" in ran.out
    assert "All of it is right" in ran.out


def test_a_wrong_idea_is_named(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "np.sqrt((v**2).sum())", "v.sum()")
    ran = grade("length")
    assert ran.status == 1
    assert "Wrong value: expected 5.0, got -1.0." in ran.out
    assert "Call: length([3., -4.])" in ran.out
    assert "A length is never negative." in ran.out
    assert "1 of 2.5" in ran.out


def test_no_line_is_wider_than_the_terminal(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "np.sqrt((v**2).sum())", "v.sum()")
    for option in ((), ("--plain",)):
        assert max(map(len, grade("run", *option).out.splitlines())) <= 80


def test_plain_is_ascii_without_escapes(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "2 * v", "2 * v[:2]")
    out = grade("run", "--plain").out
    assert out.isascii()
    assert "\x1b" not in out
    assert "Wrong shape: expected (3,), got (2,)." in out


def test_json_is_one_report_that_follows_its_schema(grade: Grade, course_dir: Path) -> None:
    solve(course_dir, "np.sqrt((v**2).sum())", "v.sum()")
    ran = grade("run", "--json")
    report = json.loads(ran.out)
    jsonschema.validate(report, report_schema())
    assert (report["format"], report["earned"], report["possible"]) == (1, 1, 2.5)
    assert report["exercises"][0]["diagnoses"][0]["misconception"] == "SumsTheComponents"
    assert ran.status == 1


def test_one_module_is_found_by_its_functions(grade: Grade, course_dir: Path) -> None:
    solve(course_dir)
    other = course_dir.parent / "handed_in.py"
    other.write_text(stub_of(course_dir).read_text("utf-8"), "utf-8")
    ran = grade("run", "--submission", str(other), "--isolation", "none")
    assert ran.status == 0
    assert "read as length.py" in " ".join(ran.out.split())


def test_a_flat_folder_is_a_submission(grade: Grade, course_dir: Path) -> None:
    solve(course_dir)
    folder = course_dir.parent / "ada"
    folder.mkdir()
    stub_of(course_dir).rename(folder / "length.py")
    assert grade("run", "--submission", str(folder), "--isolation", "none").status == 0


def test_a_typo_is_answered_with_the_nearest_name(grade: Grade) -> None:
    ran = grade("lenght")
    assert ran.status == 2
    assert "Did you mean length?" in ran.err


def test_a_mistyped_command(grade: Grade) -> None:
    assert "Did you mean watch?" in grade("wacth").err


@pytest.mark.parametrize("names", [[], ["notes.txt"], ["other.py"]])
def test_a_folder_without_an_exercise_in_it(
    grade: Grade, course_dir: Path, names: list[str]
) -> None:
    folder = course_dir.parent / "ada"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("def other(): pass\n", "utf-8")
    ran = grade("run", "--submission", str(folder), "--isolation", "none")
    assert ran.status == 1
    assert "is it the right folder?" in " ".join(ran.out.split())


def test_a_module_of_no_exercise(grade: Grade, course_dir: Path) -> None:
    other = course_dir.parent / "other.py"
    other.write_text("def other(): pass\n", "utf-8")
    ran = grade("run", "--submission", str(other), "--isolation", "none")
    assert ran.status == 2
    assert "other.py: neither the name" in ran.err
    assert "e.g. length.py" in ran.err


def test_a_zip_is_to_be_unpacked(grade: Grade, course_dir: Path) -> None:
    (course_dir.parent / "ada.zip").write_bytes(b"PK")
    ran = grade("run", "--submission", str(course_dir.parent / "ada.zip"))
    assert ran.status == 2
    assert "(unpack it first)" in ran.err


def test_a_file_that_cannot_be_written_is_named(grade: Grade, course_dir: Path) -> None:
    solve(course_dir)
    ran = grade("pack", "--output", "nowhere/work.zip")
    assert ran.status == 2
    assert ran.err == "nowhere/.work.zip.tmp: No such file or directory\n"
    ran = grade("pack", "--output", "exercises")
    assert ran.status == 2
    assert ran.err.startswith("exercises is a folder; name a file")


def test_a_mistake_of_ours_is_no_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from grader import cli
    from grader.cli import app

    def broken(**_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(app, "app", broken)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 3
    assert "KeyError: 'ours'\n\nPlease report this" in capsys.readouterr().err


def test_a_folder_that_cannot_be_read_is_a_note(
    course_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an ordinary user meets it: what is in it cannot even be asked about."""
    from grader import Submission

    real = os.stat

    def stat(path: Any, *args: Any, **options: Any) -> Any:
        if "01_a/" in os.fspath(path):
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **options)

    def scandir(path: Any) -> Any:
        if os.fspath(path).endswith("01_a"):
            raise PermissionError(13, "Permission denied")
        return real_scandir(path)

    real_scandir = os.scandir
    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(os, "scandir", scandir)
    found = Submission.from_path(course_dir / "exercises")
    assert found.notes == ("01_a/ was not read: Permission denied.",)


def test_a_submission_that_is_not_there(grade: Grade) -> None:
    ran = grade("run", "--submission", "nowhere")
    assert ran.status == 2
    assert "nowhere: there is no such file or folder" in ran.err


def test_an_unknown_isolation_level(grade: Grade) -> None:
    ran = grade("run", "--isolation", "some")
    assert ran.status == 2
    assert "expected full or none" in ran.err


def test_the_wrong_folder_says_where_it_looked(
    grade: Grade, course_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course_dir.parent)
    ran = grade("list")
    assert ran.status == 2
    assert "course.yaml" in ran.err
    assert str(course_dir.parent) in ran.err


def test_list_shows_the_course(grade: Grade) -> None:
    ran = grade("list")
    assert ran.status == 0
    assert "How long is a vector?" in ran.out
    assert "0 of 1 exercises done, 0 of 2.5 points" in ran.out


def test_a_broken_suite_is_a_fault_of_the_course(grade: Grade, course_dir: Path) -> None:
    suite = course_dir / "tests" / "hidden" / "01_a" / "test_length.py"
    suite.write_text(suite.read_text("utf-8").replace("import numpy", "import nunpy"), "utf-8")
    ran = grade("run")
    assert ran.status == 2
    assert "tests/hidden/01_a/test_length.py:2: ModuleNotFoundError" in ran.err
    assert "Traceback" not in ran.err


def test_a_test_that_breaks_on_the_reference_is_a_grader_fault(
    grade: Grade, course_dir: Path
) -> None:
    suite = course_dir / "tests" / "hidden" / "01_a" / "test_length.py"
    broken = suite.read_text("utf-8").replace("v + v)", "v + v + undefined)")
    suite.write_text(broken, "utf-8")
    solve(course_dir)
    ran = grade("run")
    assert ran.status == 3
    assert "1.5 of 1.5 points" in ran.out
    assert "This is not your mistake" in ran.out


def test_version_and_help_do_not_load_numpy(grade: Grade) -> None:
    assert "wxb" in grade("--version").out
    assert "EXERCISE" in grade("run", "--help").out
