"""nbgrader's own commands mark a class: each mark, and what students read of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import pytest
from traitlets import TraitError

from grader.authoring.leaks import leaks
from grader.course.stubs import stub
from grader.handin.submission import Submission
from grader.notebook import warm
from grader.platforms.nbgrader.grade import Grade
from support.nbgrading import Handed, Teaching, handed_in, two
from support.places import ROOT

#: Those of the class that `make test` looks at, too.
FEW = (
    "right", "half", "stripped", "not_json", "scripts", "link", "forged_points",
    "forged_schema_new", "own_tests", "hostile_database",
)  # fmt: skip
Marked = tuple[Teaching, dict[str, Handed], str]

#: nbgrader's own commands, each some seconds.
pytestmark = pytest.mark.long


def mark(course: Path, root: Path, *few: str) -> Marked:
    """Have a class hand in, autograde it in one run, and write the feedback."""
    teaching = Teaching(course, root)
    teaching.run("generate_assignment", teaching.unit)
    everybody = handed_in(teaching)
    handed = {name: each for name, each in everybody.items() if not few or name in few}
    for student, each in handed.items():
        each.files(teaching.hand_in(student, each.content))
    said = teaching.run("autograde", teaching.unit, fails=True)  # some cannot be read
    teaching.run("generate_feedback", teaching.unit)
    return teaching, handed, said


def expected(teaching: Teaching, right: tuple[str, ...]) -> dict[str, float]:
    exercises = teaching.course.units[0].exercises
    return {e.id: float(e.points) if e.id in right else 0.0 for e in exercises}


class Page(HTMLParser):
    """What a browser would run or fetch of a page, beside what nbgrader's template brings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.harm: list[str] = []
        self.in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_script = tag == "script"
        for name, value in attrs:
            if name.startswith("on") or (value or "").startswith(("javascript:", "data:text")):
                self.harm.append(f"{tag} {name}={value}")
        if tag in ("iframe", "object", "embed"):
            self.harm.append(tag)

    def handle_data(self, data: str) -> None:
        if self.in_script and "alert" in data:
            self.harm.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False


def look(teaching: Teaching, handed: dict[str, Handed], said: str) -> None:
    """Each mark in the gradebook, and the page that goes with it."""
    marks = teaching.marks()
    for student, each in handed.items():
        if each.right is None:
            assert set(marks[student].values()) == {None}, student
            assert f"for student '{student}'" in said
            assert not (teaching.root / "autograded" / student / teaching.unit).exists()
            continue
        wanted = expected(teaching, each.right)
        assert marks[student] == wanted, student
        page = teaching.feedback(student)
        for exercise in teaching.course.units[0].exercises:
            got, full = (f"{float(p):g}" for p in (wanted[exercise.id], exercise.points))
            assert f"<strong>{got} of {full}</strong>" in page, (student, exercise.id)
            assert not [test for test in exercise.tests if test in page], student
        assert Page(page).harm == [], student
    assert "Traceback" not in said.split("another_json")[0].split("not_json")[0]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    """Some of the class, in a course of two exercises."""
    root = tmp_path_factory.mktemp("small")
    return mark(two(root / "course"), root / "teaching", *FEW)


def test_marks_and_pages(small: Marked) -> None:
    look(*small)


def test_a_page_says_what_was_wrong_and_that_nothing_was_run(small: Marked) -> None:
    teaching, _, _ = small
    page = teaching.feedback("half")
    assert "Twice two is four." in page  # the test's sentence
    assert "not begun" in page
    assert "stolen" in teaching.feedback("link")


def test_what_students_get_shows_nothing_that_is_hidden(small: Marked) -> None:
    teaching, _, _ = small
    assert list(leaks(teaching.course, teaching.root / "release" / teaching.unit)) == []
    for cell in teaching.released()["cells"]:
        if cell["metadata"]["nbgrader"]["solution"]:
            name = cell["metadata"]["nbgrader"]["grade_id"].removeprefix("code-")
            exercise = teaching.course.exercise(name)
            assert exercise is not None
            assert cell["source"] + "\n" == stub(teaching.course.solution(exercise).read_text())


def test_a_fault_stores_nothing_and_says_what_to_do(small: Marked) -> None:
    teaching, handed, _ = small
    teaching.hand_in("in_a_fault", handed["right"].content)
    course = Path(teaching.course.root)
    with renamed(course, course.with_name("moved")):
        said = teaching.run("autograde", teaching.unit, "--student=in_a_fault", fails=True)
    assert "there is no such course; nbgrader_config.py names where it lies." in said
    assert set(teaching.marks()["in_a_fault"].values()) == {None}
    assert not (teaching.root / "autograded" / "in_a_fault" / teaching.unit).exists()


def test_tests_that_need_pytorch_are_left_out_where_it_is_installed_too(tmp_path: Path) -> None:
    course = two(tmp_path / "course")
    suite = course / "tests" / "hidden" / "01_a" / "test_twice.py"
    text = suite.read_text("utf-8").replace(
        "def test_half(student)", "def test_half(student, torch)"
    )
    suite.write_text(text, "utf-8")
    step = Grade(course=str(course), without=["torch"])
    try:
        graded = step._grader().grade(Submission.from_path(course / "solutions"), ["twice"])
    finally:
        warm.close()
    assert [test.outcome for test in graded.exercises[0].tests] == ["passed", "skipped"]
    with pytest.raises(TraitError, match="torch"):
        Grade(without=["Torch"])


@contextmanager
def renamed(path: Path, other: Path) -> Iterator[None]:
    path.rename(other)
    yield
    other.rename(path)


def test_a_whole_class(tmp_path: Path) -> None:
    """Everybody, in the course of two exercises."""
    teaching, handed, said = mark(two(tmp_path / "course"), tmp_path / "teaching")
    assert len(handed) > 50
    look(teaching, handed, said)
    exported = teaching.exported()
    for student, each in handed.items():
        assert exported[student] == sum(expected(teaching, each.right or ()).values()), student


#: What formgrader's button asks of the server's process.
BUTTON = """
import json, sys
from nbgrader.apps import NbGraderAPI
from traitlets.config import PyFileConfigLoader
api = NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py", path=".").load_config())
answers = [api.autograde(sys.argv[1], student) for student in sys.argv[2:]]
from grader.notebook import warm
print(json.dumps([[answer["success"] for answer in answers], len(warm._kept)]))
"""


def test_formgrader_s_button(tmp_path: Path) -> None:
    """One process, one judge, one submission after the other; and nothing is left when it ends."""
    teaching = Teaching(two(tmp_path / "course"), tmp_path / "teaching")
    teaching.run("generate_assignment", teaching.unit)
    everybody = handed_in(teaching)
    students = ["right", "not_json", "half", "hostile_kill", "forged_points_right"]
    for student in students:
        teaching.hand_in(student, everybody[student].content)
    ran = subprocess.run(
        [sys.executable, "-c", BUTTON, teaching.unit, *students, "right"],
        cwd=teaching.root,
        env=teaching.env,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    answers, kept = json.loads(ran.stdout.splitlines()[-1])
    assert answers == [True, False, True, True, True, True]
    assert kept == 1
    for student in students:
        right = everybody[student].right
        if right is not None:
            assert teaching.marks()[student] == expected(teaching, right), student


def test_this_repository_s_own_course(tmp_path: Path) -> None:
    look(*mark(ROOT, tmp_path / "teaching", *FEW, "copied", "noisy", "untouched"))
