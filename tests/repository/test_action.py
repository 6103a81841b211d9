"""action.yml, run as GitHub runs it, on right, wrong and hostile repositories of students."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from grader import Course
from grader.authoring.release import release
from support import needs
from support.courses import length
from support.files import write
from support.places import ROOT
from support.runner import Command, Step, carried_out, run_action

pytestmark = needs.lock

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
#: Whether this installation writes JUnit XML.
JUNIT = (ROOT / "grader" / "platforms" / "reports" / "junit.py").is_file()
#: What a student may try to say to the runner.
SHOUT = "::error::owned\\n##[add-path]/owned\\r::stop-commands::owned\\n::set-env name=A::owned"
HOSTILE = f'''import sys
import numpy as np

TEXT = "{SHOUT}"
print(TEXT)
print(TEXT, file=sys.stderr, flush=True)


def length(v):
    print("\\x1b[2J```\\n# owned\\n<script>")
    raise ValueError(TEXT)


def double(v):
    return 2 * v
'''
#: A module of a student's whose name is one of Python's or of wxb's own.
SHADOW = f'print("{SHOUT}")\nraise SystemExit(0)\n'
SHADOWED = ("venv", "pip", "secrets", "json", "typer", "msgspec", "grader", "sitecustomize")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instructor's, with hidden tests whose messages students do not see."""
    root = length.write(tmp_path_factory.mktemp("course"))
    text = (root / "course.yaml").read_text("utf-8")
    (root / "course.yaml").write_text(text.replace("hidden: everything", "hidden: title"), "utf-8")
    return root


@pytest.fixture(scope="module")
def released(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("released") / "handout"
    release(Course.load(course), out)
    return out


@pytest.fixture
def repository(released: Path, tmp_path: Path) -> Path:
    """A student's repository, as the checkout lies there."""
    return Path(shutil.copytree(released, tmp_path / "repository"))


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    """RUNNER_TEMP, as it is when wxb was installed: that needs a package index."""
    temp = tmp_path / "runner temp"
    scripts = temp / "wxb" / "bin"
    scripts.mkdir(parents=True)
    for name in ("python", "grade"):
        path = scripts / name
        path.write_text(f'#!/bin/sh\nexec "{Path(sys.executable).with_name(name)}" "$@"\n')
        path.chmod(0o755)
    return temp


def graded(workspace: Path, temp: Path, **inputs: str) -> list[Step]:
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return run_action(ROOT, workspace, temp, given, skip=("install",))


def commands(steps: Sequence[Step]) -> list[Command]:
    found = [command for step in steps for command in carried_out(step.text)]
    stops = [command.data for command in found if command.name == "stop-commands"]
    resumed = [command.name for command in found if command.name in stops]
    assert stops == resumed  # each is taken back by its own token
    found = [each for each in found if each.name not in ("stop-commands", *stops)]
    return [each for each in found if JUNIT or "JUnit" not in each.data]


def test_what_is_right_passes(repository: Path, temp: Path) -> None:
    length.solve(repository)
    steps = graded(repository, temp)
    assert [step.status for step in steps] == [0], steps[-1].text
    assert commands(steps) == []
    assert "1 of 1 exercise right" in (temp / "summary.md").read_text("utf-8")
    assert Path(steps[0].outputs["report"]).stat().st_size
    if JUNIT:
        assert "<testcase" in Path(steps[0].outputs["junit"]).read_text("utf-8")


def test_what_is_wrong_is_told_at_its_line(repository: Path, temp: Path) -> None:
    length.solve(repository, "(v**2).sum()", "v.sum()")
    steps = graded(repository, temp)
    assert steps[-1].status == 1
    [error] = commands(steps)
    line = next(
        number
        for number, text in enumerate(length.stub(repository).read_text("utf-8").splitlines(), 1)
        if text.startswith("def length")
    )
    assert error.properties == {
        "file": "exercises/01_a/length.py",
        "line": str(line),
        "title": "length: wrong, 1 of 2 examples",
    }
    assert "expected 5.0" in error.data
    assert "expected 5.0" in (temp / "summary.md").read_text("utf-8")


@pytest.mark.long
def test_a_job_need_not_fail(repository: Path, temp: Path) -> None:
    length.solve(repository, "(v**2).sum()", "v.sum()")
    steps = graded(repository, temp, fail_on="never")
    assert steps[-1].status == 0
    assert [command.name for command in commands(steps)] == ["error"]


@pytest.mark.long
def test_what_is_not_begun_fails_nothing(repository: Path, temp: Path) -> None:
    steps = graded(repository, temp)
    assert steps[-1].status == 0
    assert commands(steps) == []
    assert "Nothing is begun yet." in steps[-1].text


def test_no_text_of_a_student_is_a_command(repository: Path, temp: Path) -> None:
    length.stub(repository).write_text(HOSTILE, "utf-8")
    write(repository, {f"{name}.py": SHADOW for name in SHADOWED})
    write(repository, {f"exercises/01_a/{name}.py": SHADOW for name in SHADOWED})
    (repository / "exercises" / "01_a" / "::error::owned\n::error::owned.py").write_text("a = 1\n")
    text = (repository / "course.yaml").read_text("utf-8")
    title = "How long is a vector?"
    owned = f'"{SHOUT.encode().decode("unicode_escape").encode("unicode_escape").decode()}"'
    (repository / "course.yaml").write_text(text.replace(title, owned), "utf-8")
    steps = graded(repository, temp, exercises="length")
    assert steps[-1].status == 1, steps[-1].text
    [error] = commands(steps)
    assert (error.name, error.properties["line"]) == ("error", "11")
    assert error.properties["title"].startswith("length: error")
    assert "ValueError: ::error::owned" in error.data  # as text, where it belongs
    summary = (temp / "summary.md").read_text("utf-8")
    assert "\n# owned" not in re.sub(r"(?ms)^(`{3,})text$.*?^\1$", "", summary)


@pytest.mark.long
def test_a_course_that_a_student_broke_is_told_as_text(repository: Path, temp: Path) -> None:
    text = (repository / "course.yaml").read_text("utf-8")
    (repository / "course.yaml").write_text(f"{text}\n'::error::owned': 1\n", "utf-8")
    steps = graded(repository, temp)
    assert [step.status for step in steps] == [2]
    [error] = commands(steps)
    assert error.data == "Nothing could be graded; this step's log says why."
    assert "owned" in steps[0].text


@pytest.mark.long
def test_inputs_are_no_part_of_a_script(repository: Path, temp: Path) -> None:
    steps = graded(repository, temp, exercises='"; touch owned; $(touch owned) `touch owned`')
    assert steps[-1].status == 2
    assert not list(repository.rglob("owned"))


def test_hidden_tests_run_where_the_course_is(
    course: Path, temp: Path, repository: Path, tmp_path: Path
) -> None:
    length.solve(repository, "(v**2).sum()", "v.sum()")
    workspace = tmp_path / "instructor"
    shutil.copytree(course, workspace / "course")
    shutil.copytree(repository, workspace / "class" / "doe")
    steps = graded(workspace, temp, course="course", submission="class/doe")
    assert steps[-1].status == 1, steps[-1].text
    [error] = commands(steps)
    assert error.properties["file"] == "class/doe/exercises/01_a/length.py"
    assert "A 3-4-5 right triangle" in error.data
    outputs = [Path(path).read_text("utf-8") for path in steps[0].outputs.values()]
    shown = "".join([steps[0].text, (temp / "summary.md").read_text("utf-8"), *outputs])
    for hidden in ("SumsTheComponents", "never negative", "expected 5.0"):
        assert hidden not in shown
    assert "test_three_four_five" not in shown.replace(outputs[0], "")


def test_hidden_tests_need_a_submission(repository: Path, temp: Path) -> None:
    steps = graded(repository, temp, course=".")
    assert [step.status for step in steps] == [2]
    assert "say what is judged" in commands(steps)[0].data


@pytest.mark.parametrize("where", [".", "./exercises/..", "a"])
def test_a_course_is_no_part_of_what_is_judged(repository: Path, temp: Path, where: str) -> None:
    steps = graded(repository, temp, course=where, submission=str(repository))
    assert [step.status for step in steps] == [2]
    assert "check them out side by side" in commands(steps)[0].data


def test_inputs_reach_scripts_as_variables_alone() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    names = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text("utf-8")))
    assert names == ACTION["inputs"].keys()


#: A build backend that needs no package index, in the place of wxb's own.
BACKEND = """
import zipfile

def build_wheel(folder, *_):
    name = "tiny-1-py3-none-any.whl"
    about = "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\nProvides-Extra: torch\\n"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as file:
        file.writestr("tiny.py", "def main():\\n    print('tiny')\\n")
        file.writestr("tiny-1.dist-info/METADATA", about)
        file.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        script = "[console_scripts]\\ngrade = tiny:main\\n"
        file.writestr("tiny-1.dist-info/entry_points.txt", script)
        file.writestr("tiny-1.dist-info/RECORD", "")
    return name
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "tiny"
version = "1"
"""


@pytest.mark.long
@pytest.mark.parametrize("torch", ["false", "true"])
def test_install(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch, torch: str
) -> None:
    """The first step, with a small package in wxb's place; no module of a student's is run."""
    write(repository, {f"{name}.py": SHADOW for name in SHADOWED})
    action = write(tmp_path / "action", {"backend.py": BACKEND, "pyproject.toml": PROJECT})
    shutil.copy(ROOT / "action.yml", action)
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    [step] = run_action(action, repository, temp, {"torch": torch}, skip=("grade",))
    assert step.status == 0, step.text
    assert commands([step]) == []
    assert (temp / "wxb" / "bin" / "grade").is_file()
