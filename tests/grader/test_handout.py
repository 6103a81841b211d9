"""A handout is graded: its examples stand where a suite stands elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import Course, Grader, Submission
from grader.sandbox.processes.caller import Base
from support.places import ROOT


@pytest.fixture(scope="module")
def grader(handout: Path) -> Iterator[Grader]:
    with Grader(Course.load(handout)) as grader:
        yield grader


def test_right_work_has_right_examples(own_course: Course, grader: Grader) -> None:
    report = grader.grade(Submission.from_path(ROOT / "solutions", "ada"))
    wrong = [t for e in report.exercises for t in e.tests if t.outcome not in ("passed", "skipped")]
    assert wrong == []
    assert report.possible == 0


def test_stubs_are_not_attempted(grader: Grader, handout: Path) -> None:
    report = grader.grade(Submission.from_path(handout / "exercises"))
    assert {e.outcome for e in report.exercises} <= {"not_attempted", "skipped"}


def test_a_wrong_answer_is_shown_beside_the_example(grader: Grader, own_course: Course) -> None:
    exercise = next(e for e in own_course.exercises if e.id == "magnitude")
    text = own_course.solution(exercise).read_text("utf-8").replace("np.sqrt(", "(")
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
        (
            f"    return open({str(ROOT / 'README.md')!r}).read()",
            "error",
            "README.md is not there where",
        ),
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


def test_no_text_of_a_handout_speaks_of_the_repository(handout: Path) -> None:
    """A student has a folder, and perhaps no repository: "this" one is somebody else's."""
    texts = [p for p in handout.rglob("*") if p.suffix in (".md", ".py", ".json", ".yaml", ".txt")]
    assert len(texts) > 70
    for path in texts:
        words = " ".join(path.read_text("utf-8").split()).lower()
        for claim in ("this repository", " the repository", "clone of"):
            assert claim not in words, path
