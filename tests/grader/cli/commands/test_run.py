"""`grade run`, as a student meets it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from grader.report.model import report_schema
from support.commands import Grade
from support.courses import length
from support.courses.length import solve, stub


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
    assert "Call: length(np.array([3.0, -4.0]))" in ran.out
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
    other.write_text(stub(course_dir).read_text("utf-8"), "utf-8")
    ran = grade("run", "--submission", str(other), "--isolation", "none")
    assert ran.status == 0
    assert "read as length.py" in " ".join(ran.out.split())


def test_a_flat_folder_is_a_submission(grade: Grade, course_dir: Path) -> None:
    solve(course_dir)
    folder = course_dir.parent / "ada"
    folder.mkdir()
    stub(course_dir).rename(folder / "length.py")
    assert grade("run", "--submission", str(folder), "--isolation", "none").status == 0


def test_a_typo_is_answered_with_the_nearest_name(grade: Grade) -> None:
    ran = grade("lenght")
    assert ran.status == 2
    assert "Did you mean length?" in ran.err


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


def test_what_is_no_zip_is_one_sentence(grade: Grade, course_dir: Path) -> None:
    (course_dir.parent / "ada.zip").write_bytes(b"PK")
    ran = grade("run", "--submission", str(course_dir.parent / "ada.zip"))
    assert ran.status == 2
    assert ran.err.endswith("ada.zip: it is no zip, or it is damaged\n")


def test_a_submission_that_is_not_there(grade: Grade) -> None:
    ran = grade("run", "--submission", "nowhere")
    assert ran.status == 2
    assert "nowhere: there is no such file or folder" in ran.err


def test_an_unknown_isolation_level(grade: Grade) -> None:
    ran = grade("run", "--isolation", "some")
    assert ran.status == 2
    assert "expected full or none" in ran.err


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


def test_the_third_time_a_hint_is_offered(grade: Grade, course_dir: Path) -> None:
    for attempt in range(3):
        solve(course_dir, "2 * v", f"v * {attempt + 3}")
        out = grade().out
        offered = "A hint: `grade hint length`" in out
        assert offered == (attempt == 2)


def test_a_submission_of_somebody_else_is_not_progress(grade: Grade, course_dir: Path) -> None:
    work = course_dir.parent / "length.py"
    work.write_text(length.SOLUTION)
    assert grade("run", "--submission", str(work), "--isolation", "none").status == 0
    assert not (course_dir / ".wxb").exists()


def test_the_first_pass_says_why_it_works(grade: Grade, course_dir: Path) -> None:
    solve(course_dir)
    assert "Why it works: Pythagoras, once for each axis." in grade("--plain").out
    assert "Why it works" not in grade("--plain").out


def test_after_a_pass_comes_the_next_exercise(grade: Grade, course_dir: Path) -> None:
    for name in ("solutions/01_a/{}.py", "tests/hidden/01_a/test_{}.py"):
        text = (course_dir / name.format("length")).read_text()
        (course_dir / name.format("width")).write_text(text)
    entry = (
        "      - id: width\n        title: How wide?\n"
        "        tests: {test_three_four_five: 1, test_double: 1}\n"
    )
    file = course_dir / "course.yaml"
    file.write_text(file.read_text() + entry)
    assert grade("sync").status == 0
    solve(course_dir)
    ran = grade("length")
    assert ran.status == 0
    assert ran.out.endswith("Next: exercises/01_a/width.py\nThen:  grade width\n")
    assert "Well done" not in ran.out
    assert "Why it works" in ran.out
    assert "\n " not in ran.out.replace("\n  ", ""), "no spaces at the ends of lines"


def test_right_is_said_of_what_was_tried(grade: Grade, course_dir: Path) -> None:
    suite = course_dir / "tests/hidden/01_a/test_length.py"
    text = suite.read_text("utf-8").replace("import numpy", "import pytest\nimport numpy")
    lines = text.partition("def test_double")
    skip = "pytest.skip('there is no display')\n    v = rng"
    suite.write_text("".join(lines[:2]) + lines[2].replace("v = rng", skip), "utf-8")
    solve(course_dir)
    ran = grade("length")
    told = " ".join(ran.out.split())
    assert ran.status == 0
    assert "length: its tests pass; 1 test of it was not tried." in told
    assert "1 as far as tried" in told
    for claim in ("is right", "Why it works", "All of it"):
        assert claim not in told
    assert "(as far as tried)" in grade("list").out
    suite.write_text(suite.read_text("utf-8").replace('"""A 3', 'pytest.skip("no")\n    """A 3'))
    ran = grade("length")
    assert ran.status == 1, "nothing was tried"
    assert "All of it" not in ran.out


def test_an_instructor_sees_everything_and_a_student_what_the_course_lets_them(
    grade: Grade, course_dir: Path
) -> None:
    text = (course_dir / "course.yaml").read_text("utf-8")
    hidden = text.replace("hidden: everything", "hidden: title")
    (course_dir / "course.yaml").write_text(hidden, "utf-8")
    solve(course_dir, "np.sqrt((v**2).sum())", "v.sum()")
    said, idea = "expected 5.0, got -1.0", "A length is never negative."
    for option in ((), ("--as", "instructor")):
        out = grade("run", *option).out
        assert said in out
        assert idea in out
    ran = grade("run", "--as", "student")
    assert ran.status == 1
    assert said not in ran.out
    assert idea not in ran.out
    assert "1 of 2.5" in ran.out
    for viewer, is_told in (("instructor", True), ("student", False)):
        out = grade("run", "--json", "--as", viewer).out
        report = json.loads(out)
        jsonschema.validate(report, report_schema())
        assert (report["viewer"], said in out, idea in out) == (viewer, is_told, is_told)
        assert report["earned"] == 1
    assert grade("run", "--as", "dean").err.strip() == ("--as dean: expected instructor or student")
