"""What a student has reached: remembered, safe to delete, never in the way."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from grader import Course
from grader.study.progress import Progress
from support.commands import Grade

pytestmark = pytest.mark.usefixtures("without_torch")

RIGHT = (
    "import numpy as np\n\ndef length(v):\n    return float(np.sqrt((v**2).sum()))\n\n"
    "def double(v):\n    return 2 * v\n"
)


def stub(course_dir: Path) -> Path:
    return course_dir / "exercises" / "01_a" / "length.py"


def test_states_from_new_to_changed(grade: Grade, course_dir: Path) -> None:
    assert "- length" in " ".join(grade("list", "--plain").out.split())
    stub(course_dir).write_text(RIGHT.replace("2 * v", "v"))
    assert "(begun)" in grade("list", "--plain").out
    grade()
    listed = grade("list", "--plain").out
    assert "1.5 of 2.5" in listed
    assert "Next: exercises/01_a/length.py" in listed
    stub(course_dir).write_text(RIGHT)
    grade()
    listed = grade("list", "--plain").out
    assert "ok" in listed
    assert "1 of 1 exercises done, 2.5 of 2.5 points" in listed
    assert "All of it is right" in listed
    stub(course_dir).write_text(RIGHT + "\n# more\n")
    assert "(changed since)" in " ".join(grade("list", "--plain").out.split())


def test_hints_one_by_one(grade: Grade, course_dir: Path) -> None:
    first = grade("hint", "length").out
    assert "Hint 1, the goal: One number for a vector" in first
    assert "2 more: `grade hint length` again." in first
    grade("hint", "length")
    assert "Hint 2" in grade("hint", "length", "--again").out
    last = grade("hint", "length").out
    assert "Hint 3, a line with blanks: np.sqrt((____ ** 2).sum())" in last
    assert "There are no further hints" in last
    assert grade("hint", "lenght").status == 2
    assert "Did you mean length?" in grade("hint", "lenght").err


def test_the_recognised_idea_is_the_third_hint(grade: Grade, course_dir: Path) -> None:
    stub(course_dir).write_text(RIGHT.replace("np.sqrt((v**2).sum())", "v.sum()"))
    grade()
    told = [grade("hint", "length").out for _ in range(4)][-1]
    assert "Hint 3, your answer: A length is never negative." in told
    assert "Hint 4, a line with blanks" in told


def test_the_third_time_a_hint_is_offered(grade: Grade, course_dir: Path) -> None:
    for attempt in range(3):
        stub(course_dir).write_text(RIGHT.replace("2 * v", f"v * {attempt + 3}"))
        out = grade().out
        offered = "A hint: `grade hint length`" in out
        assert offered == (attempt == 2)


def test_the_file_is_safe_to_delete_to_break_and_to_lock(grade: Grade, course_dir: Path) -> None:
    file = course_dir / ".wxb" / "progress.json"
    grade("hint", "length")
    assert json.loads(file.read_text())["exercises"]["length"]["opened"] == ["goal"]
    for broken in ("", "{", "[]", '{"exercises": 3}', '{"format": 2, "exercises": {}}', "\x00"):
        file.write_text(broken)
        assert "Hint 1, the goal" in grade("hint", "length").out
    file.unlink()
    assert grade("list").status == 0
    assert [path.name for path in file.parent.iterdir()] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(grade: Grade, course_dir: Path) -> None:
    course_dir.chmod(0o500)
    try:
        assert "Hint 1" in grade("hint", "length").out
    finally:
        course_dir.chmod(0o700)


def test_a_submission_of_somebody_else_is_not_progress(grade: Grade, course_dir: Path) -> None:
    work = course_dir.parent / "length.py"
    work.write_text(RIGHT)
    assert grade("run", "--submission", str(work), "--isolation", "none").status == 0
    assert not (course_dir / ".wxb").exists()


def test_the_order_of_what_is_next(course_dir: Path) -> None:
    course = Course.load(course_dir)
    (exercise,) = course.exercises
    progress = Progress(course)
    assert progress.next() == exercise
    assert progress.next(after="length") == exercise
    assert progress.state(exercise) == "new"
    stub(course_dir).unlink()
    assert progress.state(exercise) == "new"


# --- the shell ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [("grade le", "length"), ("grade hint le", "length"), ("grade run 01", "01_a"),
     ("grade wa", "watch"), ("grade pack --without l", "length")],
)  # fmt: skip
def test_completion(
    course_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    expected: str,
) -> None:
    from grader.cli.app import app

    monkeypatch.chdir(course_dir / "exercises")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    monkeypatch.setenv("_GRADE_COMPLETE", "complete_bash")
    with pytest.raises(SystemExit):
        app([], prog_name="grade")
    assert expected in capsys.readouterr().out.split()


def test_completion_without_a_course_is_silent(tmp_path: Path, monkeypatch: Any) -> None:
    from grader.cli.options import complete_exercise

    monkeypatch.chdir(tmp_path)
    assert complete_exercise("le") == []


def test_light_commands_load_no_heavy_library(course_dir: Path) -> None:
    import subprocess
    import sys

    script = (
        "import sys\nfrom grader.cli.app import app\n"
        "try:\n    app(sys.argv[1:], prog_name='grade')\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'torch', 'pytest', 'IPython'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    for command in (["--help"], ["list"], ["hint", "length"], ["run", "--help"], ["--version"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *command], cwd=course_dir, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


def test_the_first_pass_says_why_it_works(grade: Grade, course_dir: Path) -> None:
    stub(course_dir).write_text(RIGHT)
    assert "Why it works: Pythagoras, once for each axis." in grade("--plain").out
    assert "Why it works" not in grade("--plain").out


def test_hint_begins_with_what_is_to_do(grade: Grade, course_dir: Path) -> None:
    assert "length  How long" in grade("hint").out
    stub(course_dir).write_text(RIGHT)
    grade()
    ran = grade("hint")
    assert ran.status == 2
    assert "Every exercise is done." in ran.err


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
    stub(course_dir).write_text(RIGHT)
    ran = grade("length")
    assert ran.status == 0
    assert ran.out.endswith("Next: exercises/01_a/width.py\nThen:  grade width\n")
    assert "Well done" not in ran.out
    assert "Why it works" in ran.out
    assert "\n " not in ran.out.replace("\n  ", ""), "no spaces at the ends of lines"
