"""The pages about other systems: an instructor's commands do what they say, as they are written."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.course.outline import Course
from grader.platforms.bundle import copy_part
from support import needs
from support.commands import Ran, grade_in
from support.exported import RUNNER
from support.files import write
from support.lms import MAGNITUDE, Submitter, clone, gradescope_export
from support.places import ROOT

pytestmark = needs.lock
WORK = {"magnitude.py": MAGNITUDE}
COMMITTED = 1_801_470_000


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text("utf-8")


def commands(name: str) -> list[list[str]]:
    """The first block of a page, which is what an instructor types."""
    [block] = re.findall(r"(?ms)\A# [^\n]+\n\n[^\n]+\n\n```console\n(.*?)^```", page(name))
    lines = block.splitlines()
    assert len(lines) == 5
    assert all(line.startswith("$ grade ") for line in lines)
    return [shlex.split(line.removeprefix("$ grade ")) for line in lines]


def copy_course(folder: Path) -> None:
    """What the pages name of this course: its first unit, and the last exercise."""
    course = Course.load(ROOT)
    ids = [e.id for e in course.exercises if e.unit == "01_vectors" or e.id == "digits"]
    copy_part(course, folder, ids)


Type = Callable[[str], list[Ran]]


@pytest.fixture
def typed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    without_torch: None,
) -> Type:
    """Type a page's commands one after another, in the test's folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data folder"))
    monkeypatch.delenv("WXB_GRADEBOOK", raising=False)
    grade = grade_in(capsys)

    def ran(name: str) -> list[Ran]:
        found = []
        for words in commands(name):
            if words[0] == "batch":
                words += ["--without", "torch"]  # it would take long, and says the same
            found.append(grade(*words))
            told = found[-1]
            # 1: not everything is right, which is no mistake of what was typed.
            assert told.status in ((0, 1) if words[0] in ("run", "batch") else (0,)), told.err
        return found

    return ran


def test_gradescope(tmp_path: Path, typed: Type) -> None:
    copy_course(tmp_path)
    with zipfile.ZipFile(tmp_path / "handin.zip", "w") as archive:
        archive.writestr("magnitude.py", MAGNITUDE)
    folder = gradescope_export(
        tmp_path / "export",
        [([Submitter("Jane Doe", "S1", "jane@example.org")], WORK, "2027-02-01 10:00:00 +0100")],
    )
    shutil.make_archive(str(tmp_path / "gradescope-export"), "zip", folder)
    built, _, _, collected, judged = typed("gradescope")
    assert re.search(r"autograder.zip: [3-9] exercises, with PyTorch", built.out)
    results = json.loads((tmp_path / "results.json").read_bytes())
    assert results["score"] > 0
    assert collected.status == 0
    assert "1 of 1 hand-in" in judged.out


def test_prairielearn(tmp_path: Path, typed: Type) -> None:
    copy_course(tmp_path)
    (tmp_path / "magnitude.py").write_bytes(MAGNITUDE)
    first, *_, everything = typed("prairielearn")
    assert "questions in questions/wxb" in first.out
    assert (tmp_path / "pl-course/questions/wxb/01_vectors/magnitude/info.json").is_file()
    assert list((tmp_path / "pl-course/questions/wxb").rglob("digits.py"))
    results = json.loads((tmp_path / "results.json").read_bytes())
    assert 0 < results["score"] < 1
    assert json.loads(everything.out)["gradable"] is True


def test_classroom50(tmp_path: Path, typed: Type) -> None:
    copy_course(tmp_path / "course")
    clone(tmp_path / "clones" / "la-vectors-jdoe", WORK, COMMITTED)
    clone(tmp_path / "clones" / "la-vectors-roe", {"magnitude.py": b"x = 1\n"}, COMMITTED)
    *_, marks = typed("classroom50")
    assert "2 students" in marks.out
    assert len(re.findall(r"(?m) ([\d.]+) of [\d.]+$", marks.out)) == 2
    result = _autograded(tmp_path)
    assert result["owner"] == "jdoe"
    [magnitude] = [test for test in result["tests"] if test["test-name"] == "magnitude"]
    assert magnitude["passed"] is True
    assert result["score"] == magnitude["score"] > 0


def _autograded(folder: Path) -> dict[str, Any]:
    """What the page's autograder.py writes in a student's repository.

    pip is a stand-in: there is no package index here, and wxb is there already.
    """
    [script] = re.findall(r"(?ms)^```python\n(.*?)^```", page("classroom50"))
    here = folder / "handout"
    solution = ROOT / "solutions" / "01_vectors" / "magnitude.py"
    shutil.copy(solution, here / "exercises" / "01_vectors")
    asked = "import sys\nopen('pip.txt', 'w').write(' '.join(sys.argv[1:]))\n"
    write(folder / "stand-in", {"pip.py": asked, "autograder.py": script})
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder / "stand-in"), **RUNNER}
    subprocess.run(
        [sys.executable, folder / "stand-in" / "autograder.py"],
        cwd=here, env=environment, check=True, timeout=280, capture_output=True,
    )  # fmt: skip
    assert (here / "pip.txt").read_text("utf-8") == "install -q -r requirements.txt"
    found: dict[str, Any] = json.loads((here / "result.json").read_bytes())
    return found
