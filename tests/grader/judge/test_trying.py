"""Functions that are asked and not marked: answers as plain numbers, errors in words, hints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import Course, Submission
from grader.course.handout import is_handout
from grader.grading.engine import Grader
from grader.grading.talk import Asked, Said, Tried
from support.courses import pictured

SUM = "np.array([(row * x).sum() for row in W])"
SHEAR = [[1.0, 1.0], [0.0, 1.0]]
Ask = Callable[..., Tried]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks `matvec_rows`, in whose answer something was put in the place of the right one."""
    root = pictured.write(tmp_path_factory.mktemp("tried") / "course")
    course = Course.load(root)
    assert not is_handout(root)
    with Grader(course, torch=False) as grader:

        def run(instead: str = SUM, function: str = "matvec_rows", count: int = 1) -> Tried:
            pictured.solve(root, "matvec", SUM, instead)
            submission = Submission.from_path(root / "exercises", own=True)
            calls = [Asked("matvec", function, (SHEAR, [1.0, 2.0 + n])) for n in range(count)]
            return grader.attempt(submission, calls)

        yield run


def test_a_right_answer_comes_as_numbers_and_without_a_hint(ask: Ask) -> None:
    assert ask(count=2) == Tried((Said([3.0, 2.0]), Said([4.0, 3.0])))


def test_a_wrong_idea_is_named(ask: Ask) -> None:
    found = ask("W.T @ x")
    assert found.answers == (Said([1.0, 3.0]),)
    assert found.hint.startswith("You took columns where rows were meant.")


@pytest.mark.parametrize(
    ("instead", "value"),
    [("np.float32(2.5)", 2.5), ("[1, (2, 3)]", [1, [2, 3]]), ("np.zeros((1, 2, 0))", [[[], []]]),
     ("np.array([1, 2], dtype=np.int8)", [1, 2]), ("True", True), ("np.True_", True)],
)  # fmt: skip
def test_values_of_every_kind_are_plain(ask: Ask, instead: str, value: object) -> None:
    assert ask(instead).answers == (Said(value),)


@pytest.mark.parametrize(
    ("instead", "told"),
    [
        ("W[5]", "IndexError: index 5 is out of bounds for axis 0 with size 2"),
        ("print('x')", "returned nothing"),
        ("np.array([np.nan])", "returned nan or inf"),
        ("float('inf')", "returned nan or inf"),
        ("10**400", "returned a number too large to be drawn"),
        ("[1.0, -(10**400)]", "returned a number too large to be drawn"),
        ("'text'", "returned str, where numbers are expected"),
        ("np.array(['a'])", "returned ndarray, where numbers are expected"),
        ("1j", "returned complex, where numbers are expected"),
        ("{1, 2}", "returned something that is no array of numbers"),
        ("np.zeros(10_001)", "returned more than 10000 numbers"),
        ("[0 for _ in iter(int, 1)]", "No answer within 1 s. Is there a loop that never ends?"),
    ],
)
def test_what_is_no_answer_is_told_in_words(ask: Ask, instead: str, told: str) -> None:
    assert [said.error for said in ask(instead).answers] == [told]


def test_what_is_not_there_and_what_is_not_written_say_so(ask: Ask) -> None:
    assert ask(function="nope").answers[0].error == "matvec.py defines no nope"
    pictured_stub = ask("_unwritten(W)")
    assert "NameError" in pictured_stub.answers[0].error


def test_after_all_that_a_right_answer_comes(ask: Ask) -> None:
    assert ask().answers == (Said([3.0, 2.0]),)


def test_an_untouched_stub_is_not_written_yet(tmp_path: Path) -> None:
    course = Course.load(pictured.write(tmp_path / "course"))
    submission = Submission.from_path(tmp_path / "course" / "exercises", own=True)
    with Grader(course, torch=False) as grader:
        found = grader.attempt(submission, [Asked("magnitude", "magnitude", ([3.0, 4.0],))])
    assert found == Tried((Said(error="not written yet"),))


def test_of_ideas_that_a_few_calls_do_not_tell_apart_the_one_of_the_verdict_is_told(
    tmp_path: Path,
) -> None:
    root = pictured.write(tmp_path / "course")
    ideas = root / "misconceptions" / "02_maps" / "matvec.py"
    twin = ideas.read_text("utf-8").partition("class ")[2].replace("You took", "You mixed")
    name = twin.partition(":")[0]
    with ideas.open("a", encoding="utf-8") as file:
        file.write(f"\n\nclass Other{twin}")
    pictured.solve(root, "matvec", SUM, "W.T @ x")
    submission = Submission.from_path(root / "exercises", own=True)
    calls = [Asked("matvec", "matvec_rows", (SHEAR, [1.0, 2.0]))]
    with Grader(Course.load(root), torch=False) as grader:
        assert grader.attempt(submission, calls).hint == ""
        assert grader.attempt(submission, calls, [name]).hint.startswith("You took")
        assert grader.attempt(submission, calls, [f"Other{name}"]).hint.startswith("You mixed")
        assert grader.attempt(submission, calls, ["SomethingElse"]).hint == ""
