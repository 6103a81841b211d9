"""The handout: complete for a student, and nothing hidden in it, archives included."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import Course, CourseError, Grader, Submission, UsageError
from grader.authoring.leaks import leaks
from grader.authoring.release import release
from grader.course.guide import load_guide
from grader.sandbox.processes.caller import Base

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def course() -> Course:
    return Course.load(ROOT)


@pytest.fixture(scope="module")
def handout(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("handout") / "out"
    release(course, out)
    return out


def test_what_is_in_it(course: Course, handout: Path) -> None:
    names = {path.name for path in handout.iterdir()}
    assert names >= {
        "README.md", "course.yaml", "requirements.txt", "exercises", "guide", "wheels",
        ".devcontainer", ".vscode", ".gitignore",
    }  # fmt: skip
    assert not names & {"solutions", "misconceptions", "tests", "grader"}
    for exercise in course.exercises:
        stub = handout / "exercises" / exercise.unit / f"{exercise.id}.py"
        assert stub.read_text() == course.stub(exercise).read_text()
        assert (handout / "exercises" / exercise.unit / "README.md").is_file()
    json.loads((handout / ".devcontainer/devcontainer.json").read_text())
    json.loads((handout / ".vscode/settings.json").read_text())


def test_links_of_its_lessons_lead_somewhere(handout: Path) -> None:
    import re

    for lesson in handout.glob("exercises/*/README.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", lesson.read_text("utf-8")):
            assert "://" in link or (lesson.parent / link).exists(), f"{lesson}: {link}"


def test_it_is_a_course_of_its_own(course: Course, handout: Path) -> None:
    taught = Course.load(handout)
    assert taught.handout
    assert taught.points == course.points
    assert [e.id for e in taught.exercises] == [e.id for e in course.exercises]
    for mine, theirs in zip(taught.exercises, course.exercises, strict=True):
        assert mine.forbidden == theirs.forbidden
        assert mine.points == theirs.points
        whole, shown = load_guide(course, theirs), load_guide(taught, mine)
        assert (whole.tiers, whole.why) == (shown.tiers, shown.why)
        assert set(mine.tests) == set(shown.examples) != set()


def test_nothing_hidden_is_in_it(course: Course, handout: Path) -> None:
    assert leaks(course, handout) == []


def test_every_kind_of_leak_is_found(course: Course, handout: Path, tmp_path: Path) -> None:
    exercise = next(iter(course.exercises))
    planted = {
        "solution.txt": course.solution(exercise),
        "suite.md": course.suite(exercise),
        "ideas.py": course.misconceptions(exercise),
    }
    for name, source in planted.items():
        (tmp_path / name).write_text(source.read_text("utf-8"), "utf-8")
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.write(source, "deep/down.py")
        with tarfile.open(tmp_path / f"{name}.tar.gz", "w:gz") as tar:
            tar.add(tmp_path / f"{name}.zip", "inner.zip")
    (tmp_path / "reformatted.py").write_text(
        course.solution(exercise).read_text("utf-8").replace("    ", "\t").replace("(", "( "),
        "utf-8",
    )
    found = {str(fault.path).partition("/")[0] for fault in leaks(course, tmp_path)}
    assert found == {path.name for path in tmp_path.iterdir()}


def test_a_leak_is_told_with_its_line(course: Course, tmp_path: Path) -> None:
    exercise = next(e for e in course.exercises if e.id == "magnitude")
    hint = course.misconceptions(exercise).read_text("utf-8").split('"""')[3]
    (tmp_path / "notes.md").write_text(f"one\ntwo\n{hint}\n", "utf-8")
    (fault,) = leaks(course, tmp_path)
    assert str(fault.path) == "notes.md"
    assert fault.line in (3, 4, 5)
    assert "a wrong idea about magnitude" in fault.what


def test_the_wheel_is_this_grader(handout: Path, tmp_path: Path) -> None:
    (wheel,) = (handout / "wheels").iterdir()
    assert f"./wheels/{wheel.name}" in (handout / "requirements.txt").read_text()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
        record = archive.read(next(n for n in archive.namelist() if n.endswith("RECORD"))).decode()
        assert len(record.splitlines()) == len(archive.namelist())
    done = subprocess.run(
        [sys.executable, "-c", "import grader; print(grader.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(tmp_path) in done.stdout


def test_a_second_release_replaces_the_first_and_keeps_its_history(
    course: Course, handout: Path
) -> None:
    (handout / ".git").mkdir()
    (handout / ".git" / "HEAD").write_text("ref")
    (handout / "exercises" / "stale.py").write_text("")
    first = {path for path in handout.rglob("*") if path.is_file()}
    release(course, handout)
    second = {path for path in handout.rglob("*") if path.is_file()}
    assert first - second == {handout / "exercises" / "stale.py"}


@pytest.mark.parametrize("where", ["", "solutions/x", "tests", "exercises/new"])
def test_it_is_not_built_into_the_course(course: Course, where: str) -> None:
    with pytest.raises(UsageError, match="another folder"):
        release(course, ROOT / where)


def test_it_is_not_built_over_other_things(course: Course, handout: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("")
    with pytest.raises(UsageError, match="not empty"):
        release(course, tmp_path)
    with pytest.raises(UsageError, match="is a file"):
        release(course, tmp_path / "thesis.tex")
    with pytest.raises(UsageError, match="handout already"):
        release(Course.load(handout), tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


# --- grading in a handout -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def grader(handout: Path) -> Iterator[Grader]:
    with Grader(Course.load(handout)) as grader:
        yield grader


def test_right_work_has_right_examples(course: Course, grader: Grader) -> None:
    report = grader.grade(Submission.from_path(ROOT / "solutions", "ada"))
    wrong = [t for e in report.exercises for t in e.tests if t.outcome not in ("passed", "skipped")]
    assert wrong == []
    assert report.possible == 0


def test_stubs_are_not_attempted(grader: Grader, handout: Path) -> None:
    report = grader.grade(Submission.from_path(handout / "exercises"))
    assert {e.outcome for e in report.exercises} <= {"not_attempted", "skipped"}


def test_a_wrong_answer_is_shown_beside_the_example(grader: Grader, course: Course) -> None:
    exercise = next(e for e in course.exercises if e.id == "magnitude")
    text = course.solution(exercise).read_text("utf-8").replace("np.sqrt(", "(")
    (result,) = grader.grade(Submission.from_sources({"magnitude.py": text}, single=True)).exercises
    first = result.tests[0]
    assert (first.id, first.outcome) == ("magnitude", "failed")
    assert first.message.splitlines() == [
        "Wrong value: expected 5.0, got 25.0.",
        "Call: magnitude(np.array([3.0, -4.0]))",
    ]
    assert result.diagnoses == ()


@pytest.mark.parametrize(
    ("body", "outcome", "told"),
    [
        ("    raise ValueError('no')", "error", "Your code raised ValueError: no"),
        ("    while True: pass", "timeout", "No answer within 2 s."),
        ("    import os; os._exit(3)", "crashed", "exit status 3"),
        ("    return np.linalg.norm(v)", "forbidden", "without numpy.linalg.norm"),
        (f"    return open({str(ROOT / 'README.md')!r}).read()", "error", "PermissionError"),
    ],
)
def test_the_border_stands_in_a_handout_too(
    grader: Grader, body: str, outcome: str, told: str
) -> None:
    text = f"import numpy as np\n\n\ndef magnitude(v):\n{body}\n"
    (result,) = grader.grade(Submission.from_sources({"magnitude.py": text}, single=True)).exercises
    assert result.tests[0].outcome == outcome
    assert told in result.tests[0].message


def test_without_pytorch_nothing_is_wrong_that_needs_it(handout: Path, tmp_path: Path) -> None:
    """A stub that imports it, and a student's module that does, are not run; the rest is."""
    folder = tmp_path / "work"
    shutil.copytree(handout / "exercises", folder)
    path = folder / "01_vectors" / "unit_vector.py"
    path.write_text("import torch\n" + path.read_text("utf-8"), "utf-8")
    with Grader(Course.load(handout), base=Base(torch=False)) as grader:
        report = grader.grade(Submission.from_path(folder))
    outcomes = {e.id: e.outcome for e in report.exercises}
    assert outcomes.pop("linear_torch") == outcomes.pop("unit_vector") == "skipped"
    assert set(outcomes.values()) == {"not_attempted"}
    tests = next(e for e in report.exercises if e.id == "unit_vector").tests
    assert tests[0].message == (
        "Not run: PyTorch is not installed, and unit_vector.py imports it at its top."
    )


def test_pack_without_pytorch(
    handout: Path, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.cli.app import app
    from grader.grading import engine

    course = tmp_path / "course"
    shutil.copytree(handout, course)
    solved = (ROOT / "solutions/01_vectors/magnitude.py").read_text("utf-8")
    (course / "exercises/01_vectors/magnitude.py").write_text(solved, "utf-8")
    (course / "exercises/03_matrices/transpose.py").unlink()
    monkeypatch.chdir(course)
    monkeypatch.setattr(engine, "Base", lambda: Base(torch=False))
    with pytest.raises(SystemExit) as stop:
        app(["pack"], prog_name="grade")
    printed = capsys.readouterr()
    assert not stop.value.code, printed.err
    named = printed.out.partition("\n")[0]
    assert named.startswith("Not begun, and worth nothing as they are: vector_basics, unit_vector")
    assert "transpose" in named, "a file that is gone is missing, too"
    assert (course / "handin.zip").exists()


def test_a_handout_gives_no_points_by_test(handout: Path, tmp_path: Path) -> None:
    text = (handout / "course.yaml").read_text()
    (tmp_path / "course.yaml").write_text(text.replace("points: '3.00'", "tests: {test_a: 1}", 1))
    with pytest.raises(CourseError, match=r"course.yaml:\d+: points is missing"):
        Course.load(tmp_path)


def test_the_command(course: Course, tmp_path: Path, capsys: Any, monkeypatch: Any) -> None:
    from grader.cli.app import app

    def grade(*args: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as stop:
            app(list(args), prog_name="grade")
        return int(stop.value.code or 0), capsys.readouterr().out

    monkeypatch.chdir(ROOT)
    status, out = grade("release", str(tmp_path / "out"))
    assert status == 0
    assert "nothing hidden is in it" in out
    monkeypatch.chdir(tmp_path / "out")
    status, out = grade("magnitude", "--plain")
    assert status == 1
    assert "The hidden tests run after you hand in: `grade pack`." in out
    status, out = grade("list", "--plain")
    assert f"for {course.points.normalize():f} points in all" in out
    before = (tmp_path / "out" / "course.yaml").read_text()
    for author in (["sync"], ["check"], ["new", "01_vectors/area"], ["release", "../again"]):
        assert grade(*author)[0] == 2
    assert (tmp_path / "out" / "course.yaml").read_text() == before
    assert not (tmp_path / "out" / "solutions").exists()
    grade("hint", "magnitude")
