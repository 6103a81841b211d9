"""`grade export FORMAT` for one report, one submission, one student, or a whole class."""

from __future__ import annotations

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from support import needs
from support.commands import Grade, grade_in
from support.courses import double
from support.files import change, write

WORK = {
    "double.py": "def double(x):\n    return x + 1\n",
    "half.py": "def half(x):\n    return x / 2\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course, with somebody's work beside it."""
    root = double.write(tmp_path / "course")
    write(tmp_path / "work", WORK)
    monkeypatch.chdir(root)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    return root


@pytest.fixture
def grade(here: Path, capsys: pytest.CaptureFixture[str]) -> Grade:
    return grade_in(capsys)


def names(text: str) -> list[str | None]:
    return [case.get("name") for case in ElementTree.fromstring(text).iter("testcase")]


@needs.lock
def test_a_submission_is_judged_and_a_report_is_read_to_the_same(
    grade: Grade, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    direct = grade("export", "junit", "../work")
    assert (direct.status, direct.err) == (0, "")
    assert names(direct.out) == ["test_of_two", "test_of_any"] * 2
    told = grade("run", "--submission", "../work", "--json").out
    (here / "r.json").write_text(told, "utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(told.encode())))
    outs = [
        grade("export", "gradescope", *args).out
        for args in (("r.json",), ("--report", "r.json"), ("-",))
    ]
    assert len(set(outs)) == 1
    assert json.loads(outs[0])["score"] == 1.5
    ran = grade("export", "junit", "--submission", "../work/half.py", "--out", "half.xml")
    assert (ran.status, ran.out, "Written: half.xml" in ran.err) == (0, "", True)
    assert names((here / "half.xml").read_text("utf-8")) == ["test_of_two", "test_of_any"]
    ran = grade("export", "junit", "r.json", "--only", "double")
    assert names(ran.out) == ["test_of_two", "test_of_any"]


@pytest.mark.parametrize("outcome", ["skipped", "passed"])
def test_a_score_is_scaled_only_for_what_was_not_tried(
    grade: Grade, here: Path, outcome: str
) -> None:
    from grader.report.model import encode_report
    from support.exported import exercise, outcome_of, report_of

    tests = [outcome_of("test_of_two", "T.", "passed", "1"),  # course.yaml says 1.5 by now
             outcome_of("test_of_any", "U.", outcome, "1")]  # type: ignore[arg-type] # fmt: skip
    report = report_of(exercise("double", "01_a", "passed", *tests))
    text = encode_report(report).decode().replace("Vectors <& more>", "Tiny")
    (here / "r.json").write_text(text, "utf-8")
    found = json.loads(grade("export", "gradescope", "r.json").out)
    assert found["score"] == 2
    assert any("does not count" in t["output"] for t in found["tests"]) == (outcome == "skipped")


@needs.lock
def test_the_courses_feedback_is_obeyed(grade: Grade, here: Path) -> None:
    (here / "r.json").write_text(grade("run", "--submission", "../work", "--json").out, "utf-8")
    change(here / "course.yaml", "{hidden: everything}", "{hidden: nothing}")
    assert names(grade("export", "junit", "r.json").out) == ["double", "half"]
    assert "expected 4.0" in grade("export", "junit", "r.json", "--as", "instructor").out


def test_a_report_of_another_course_needs_its_own(grade: Grade, here: Path) -> None:
    from grader.report.model import encode_report
    from support.exported import FULL

    (here / "r.json").write_bytes(encode_report(FULL))
    ran = grade("export", "junit", "r.json")
    assert (ran.status, "name the report's own course with --course" in ran.err) == (2, True)


def test_a_students_report_needs_no_course(
    grade: Grade, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.course.outline import Feedback
    from grader.report.model import encode_report
    from grader.report.view import for_student
    from support.exported import FULL, SECRETS

    (tmp_path / "r.json").write_bytes(encode_report(for_student(FULL, Feedback("title"))))
    monkeypatch.chdir(tmp_path)
    ran = grade("export", "gradescope", "r.json")
    assert ran.status == 0
    assert [secret for secret in SECRETS if secret in ran.out] == []
    assert "after_due_date" in ran.out


@pytest.mark.parametrize("kind", ["skipped", "grader_fault"])
def test_what_could_not_be_judged_is_told(grade: Grade, here: Path, kind: str) -> None:
    from grader.report.model import encode_report
    from support.exported import exercise, outcome_of, report_of

    one = outcome_of("test_of_two", "T.", kind, "1", "ours")  # type: ignore[arg-type]
    report = report_of(exercise("double", "01_a", "skipped", one))
    text = encode_report(report).decode().replace("Vectors <& more>", "Tiny")
    (here / "r.json").write_text(text, "utf-8")
    ran = grade("export", "junit", "r.json")
    assert ran.status == (3 if kind == "grader_fault" else 0)
    assert ("a person has to look" in ran.err) == (kind == "grader_fault")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("junit",), "Whose? Give a report"),
        (("junit", "none.json"), "there is no such file or folder"),
        (("junit", "course.yaml"), "course.yaml is no report"),
        (("junit", "../work", "--report", "r.json"), "One thing is exported at a time"),
        (("junit", "../work", "--student", "doe"), "--student takes marks from the gradebook"),
        (("junit", "../work", "--late", "wxb"), "a report does not say when"),
        (("junit", "../work", "--template", "x"), "--template says nothing to junit"),
        (("junit", "../work", "--as", "boss"), "--as boss: expected student or instructor"),
        (("csv", "../work"), "SOURCE says nothing to csv"),
        (("csv", "--student", "doe"), "--student says nothing to csv"),
        (
            ("xunit",),
            "There is no export 'xunit'; there are: csv, canvas, moodle, json, nbgrader, junit",
        ),
        (("classroom50", "--student", "doe"), "doe"),
    ],
)
def test_mistakes_are_told(grade: Grade, args: tuple[str, ...], words: str) -> None:
    ran = grade("export", *args)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


def test_nothing_is_written_over_that_is_no_export(grade: Grade, here: Path) -> None:
    for name, data in (
        ("r.json", b"{}"),
        ("handin.zip", b"PK\3\4x"),
        ("g.db", b"SQLite format 3\0"),
    ):
        (here / name).write_bytes(data)
    for args, words in (
        (("r.json", "--out", "r.json"), "it is what is exported"),
        (("r.json", "--out", "./g.db"), "it is a database or an archive"),
        (("r.json", "--out", "handin.zip"), "it is a database or an archive"),
        (("../work/half.py", "--out", "../work/half.py"), "it is what is exported"),
        (("r.json", "--out", "."), "it is a folder"),
    ):
        ran = grade("export", "junit", *args)
        assert (ran.status, words in ran.err) == (2, True), ran.err
    assert (here / "g.db").read_bytes() == b"SQLite format 3\0"


# --- from the gradebook -------------------------------------------------------------------------


def test_one_student_with_lateness_taken_once(in_class: Grade) -> None:
    ours = in_class("export", "gradescope", "--student", "doe")
    assert ours.status == 0
    assert "Lateness: course.yaml's is in the numbers" in ours.err
    found = json.loads(ours.out)
    assert round(sum(test.get("score", 0) for test in found["tests"]), 6) == found["score"]
    theirs = json.loads(in_class("export", "gradescope", "--student", "doe", "--late", "lms").out)
    assert theirs["score"] > found["score"]
    assert (found["extra_data"]["wxb"]["late"], theirs["extra_data"]["wxb"]["late"]) == (
        "wxb", "lms",
    )  # fmt: skip
    assert not any("late" in test["output"] for test in theirs["tests"])


def test_a_file_for_each_student(in_class: Grade, class_dir: Path) -> None:
    ran = in_class("export", "junit", "--out", "files")
    assert (ran.status, ran.out) == (0, "")
    assert "Written: 2 files in files" in ran.err
    assert sorted(path.name for path in (class_dir / "files").iterdir()) == ["doe.xml", "roe.xml"]
    again = in_class("export", "junit", "--out", "files", "--only", "01_a")
    assert again.status == 0
    other = in_class("export", "gradescope", "--out", "files")
    assert (other.status, "name an empty folder" in other.err) == (2, True)


def test_the_gradebook_stays(in_class: Grade, tmp_path: Path) -> None:
    [book] = (tmp_path / "data").rglob("gradebook.db")
    ran = in_class("export", "junit", "--student", "doe", "--out", str(book))
    assert (ran.status, "name another file" in ran.err) == (2, True)
    assert book.read_bytes().startswith(b"SQLite")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--student", "nobody"), "nobody"),
        (("--student", "doe", "--only", "02_b"), "has nothing in the gradebook"),
        (("--student", "doe", "--only", "length"), "name a unit"),
        (("--out", "course.yaml"), "it is a file; name a folder"),
        (("--out", "."), "name an empty folder"),
    ],
)
def test_mistakes_about_a_class(in_class: Grade, args: tuple[str, ...], words: str) -> None:
    ran = in_class("export", "junit", *args)
    assert ran.status == 2
    assert words in ran.err
