"""`grade annotate`: which file a verdict is put at, and what is said of what is no report."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from support import needs
from support.commands import Grade, grade_in
from support.courses import length
from support.runner import carried_out

pytestmark = needs.lock

WRONG = ("(v**2).sum()", "v.sum()")


@pytest.fixture
def grade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    """In a repository with a course, in which `length` is wrong."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(length.write(tmp_path / "course"))
    length.solve(Path.cwd(), *WRONG)
    return grade_in(capsys)


def judged(grade: Grade, *words: str) -> str:
    Path("report.json").write_text(grade("run", "--json", *words).out, "utf-8")
    return "report.json"


def test_paths_count_from_the_repository(grade: Grade) -> None:
    ran = grade("annotate", judged(grade))
    assert ran.status == 1
    [first, *_] = carried_out(ran.out)
    assert first.properties["file"] == "course/exercises/01_a/length.py"
    assert first.properties["line"] == "19"


@pytest.mark.parametrize("name", ["work.ipynb", "work.zip", "../../length.py"])
def test_other_submissions(grade: Grade, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = length.stub(Path.cwd()).read_text("utf-8")
    if name == "../../length.py":  # outside of the repository
        monkeypatch.setenv("GITHUB_WORKSPACE", str(Path("exercises").resolve()))
        shutil.copy(length.stub(Path.cwd()), "length.py")
        name = "length.py"
    elif name.endswith(".zip"):
        shutil.make_archive("work", "zip", "exercises")
    else:
        cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": source}
        cell["execution_count"] = None
        book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        Path(name).write_text(json.dumps(book), "utf-8")
    report = judged(grade, "--submission", name, "--course", ".")
    ran = grade("annotate", report, "--submission", name, "--course", ".")
    [error, *_] = carried_out(ran.out)
    assert error.name == "error"
    assert "line" not in error.properties
    file = error.properties.get("file", "")
    assert file == ("course/work.ipynb" if name == "work.ipynb" else "")


def test_the_summary_is_added_to_what_is_there(grade: Grade) -> None:
    summary = Path("summary.md")
    summary.write_text("# Before", "utf-8")
    report = judged(grade)
    for _ in range(2):
        grade("annotate", report, "--summary", str(summary))
    text = summary.read_text("utf-8")
    assert text.startswith("# Before\n## Tiny\n")
    assert text.count("### length") == 2
    os.truncate(summary, (1 << 20) - 3)  # what there is room for no more
    grade("annotate", report, "--summary", str(summary))
    assert summary.stat().st_size <= 1 << 20


@pytest.mark.parametrize("text", ["", "{}", "[1]", "\x00", '{"format": 2}'])
def test_what_is_no_report(grade: Grade, text: str) -> None:
    Path("report.json").write_text(text, "utf-8")
    ran = grade("annotate", "report.json")
    assert ran.status == 2
    assert "`grade run --json > report.json`" in ran.err


def test_everything_is_for_the_instructor(grade: Grade) -> None:
    text = Path("course.yaml").read_text("utf-8")
    Path("course.yaml").write_text(text.replace("everything", "nothing"), "utf-8")
    report = judged(grade)
    assert "expected 5.0" not in grade("annotate", report).out
    assert "expected 5.0" in grade("annotate", report, "--as", "instructor").out


def test_a_folder_is_graded_first(grade: Grade, tmp_path: Path) -> None:
    ran = grade("annotate", str(tmp_path))
    assert ran.status == 2
    assert (
        f"is a folder. Grade it, then show the report: `grade run --submission {tmp_path}"
        in ran.err
    )
