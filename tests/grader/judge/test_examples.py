"""A handout's judge: docstring examples stand where a suite stands elsewhere. In this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader import Course
from grader.authoring.release import release
from grader.authoring.sync import sync
from grader.report.model import ExerciseResult
from support import judging, needs
from support.courses import sums
from support.files import replaced
from support.judging import JudgeOf
from support.launchers import ThreadLauncher

Graded = Callable[..., ExerciseResult]

EXTRA = '''

def shout(text):
    """Aloud.

    Examples:
        >>> shout("a")
        A
        >>> bag("a")
        {'a'}
        >>> shout(3)
        Traceback (most recent call last):
        AttributeError: 'int' object has no attribute 'upper'
    """
    print(text.upper())


def bag(text):
    """Kept apart.

    Examples:
        >>> both = bag("a")
        >>> sorted(both)
        ['a']
    """
    return set(text)


def ones(n):
    """With PyTorch.

    Examples:
        >>> import torch
        >>> ones(2)
        tensor([1., 1.])
    """
    import torch

    return torch.ones(n)
'''


@pytest.fixture
def graded(
    course_dir: Path,
    judge_of: JudgeOf,
) -> Graded:
    """What a handout says of the solution with replacements."""
    text = sums.SOLUTION + EXTRA
    (course_dir / "solutions/01_a/sums.py").write_text(text, "utf-8")
    course = Course.load(course_dir)
    sync(course, write=True)
    release(course, course_dir.parent / "out")
    handout = Course.load(course_dir.parent / "out")
    assert handout.handout
    peer = judge_of(handout, ThreadLauncher("sums"))

    def grade(*changes: str) -> ExerciseResult:
        return judging.graded(peer, "sums", replaced(text, *changes))

    return grade


def told(result: ExerciseResult) -> dict[str, tuple[str, str]]:
    return {test.id: (test.outcome, test.message.partition("\n")[0]) for test in result.tests}


def test_examples_are_the_tests_of_a_handout(graded: Graded) -> None:
    result = graded()
    outcomes = {test.id: test.outcome for test in result.tests}
    last = "passed" if needs.TORCH else "skipped"
    assert outcomes == {
        "total": "passed", "scaled": "passed", "shout": "passed", "bag": "passed", "ones": last
    }  # fmt: skip
    assert (result.earned, result.diagnoses) == (0, ())
    assert result.tests[0].title == "The example of total."
    assert result.tests[2].title == "The examples of shout."


def test_examples_that_do_not_come_out(graded: Graded) -> None:
    found = told(graded(".sum())", ".mean())", "c * v", "list(c * v)", "text.upper())", "text)"))
    assert found["total"] == ("failed", "Wrong value: expected 3.0, got 1.5.")
    assert found["scaled"] == (
        "failed", "Wrong type: expected an array of shape (2,), got a list of 2."
    )  # fmt: skip
    assert found["shout"] == ("failed", "It prints 'a'.")
    assert found["bag"][0] == "passed"


def test_examples_that_raise_what_they_should_not(graded: Graded) -> None:
    found = told(graded("print(text.upper())", "print('A')", "set(text)", "frozenset(text)"))
    assert found["shout"][0] == "failed"
    assert "frozenset" in found["shout"][1]
    found = told(graded("return float(np", "raise KeyError(3)\n    return float(np"))
    assert found["total"] == ("error", "Your code raised KeyError: 3")
    found = told(graded("print(text.upper())", "print(text.upper() if text == 'a' else 'A')"))
    assert found["shout"] == ("failed", "Nothing was raised: expected AttributeError.")
