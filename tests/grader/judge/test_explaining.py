"""Marks stand, whatever comes of looking for an explanation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader import Course
from grader.errors import ProcessGone
from grader.grading import talk
from grader.judge import explaining
from grader.judge.diagnosis.memory import Memory
from grader.judge.diagnosis.replay import Run
from grader.judge.explaining import Explaining
from grader.judge.sitting import Marked
from grader.judge.transcript import Transcript
from support.courses import sums
from support.judging import JudgeOf, answer, graded, outcomes

EXERCISE: Any = SimpleNamespace(id="sums")
MARKED = Marked(EXERCISE, [], [Run("test_sum", 0, True, ())], True)
MEAN = sums.SOLUTION.replace(".sum())", ".mean())")


def explained(references: Callable[..., list[Any]] = lambda *args: []) -> Any:
    """What is found of an exercise of which nothing is left to ask."""
    found = Explaining(
        SimpleNamespace(),  # type: ignore[arg-type]
        references,
        lambda exercise: (None, [None]),  # type: ignore[arg-type, return-value]
        Memory(),
    )
    transcript = Transcript()
    transcript.session = SimpleNamespace(settle=lambda *args: None)  # type: ignore[assignment]
    return found.of(MARKED, "", transcript)


@pytest.mark.parametrize("error", [None, MemoryError(), RecursionError(), ValueError("10**6000")])
def test_what_an_answer_is_too_much_for_explains_nothing(
    monkeypatch: pytest.MonkeyPatch, error: Exception | None
) -> None:
    def diagnose(*args: Any) -> None:
        if error is not None:
            raise error
        while True:
            pass

    monkeypatch.setattr(explaining, "_REPLAY_SECONDS", 0.05)
    monkeypatch.setattr(explaining, "diagnose", diagnose)
    assert explained() == ([], {})


def test_a_process_that_is_gone_is_told() -> None:
    """With another judge there may be an explanation."""

    def gone(*args: Any) -> list[Any]:
        raise ProcessGone("no zygote")

    with pytest.raises(ProcessGone):
        explained(gone)


def test_marks_without_an_explanation(
    course_dir: Path, judge_of: JudgeOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def diagnose(*args: Any) -> None:
        raise RecursionError

    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    assert graded(peer, "sums", MEAN).diagnoses
    monkeypatch.setattr(explaining, "diagnose", diagnose)
    result = graded(peer, "sums", MEAN.replace("mean()", "sum() * 2"))
    assert outcomes(result) == ["failed", "failed", "passed", "passed"]
    assert result.diagnoses == ()


def test_the_same_answers_are_explained_once(
    course_dir: Path, judge_of: JudgeOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands in the text; other answers to further questions are other answers."""
    asked = []
    diagnose = explaining.diagnose

    def counted(*args: Any) -> Any:
        asked.append(args)
        return diagnose(*args)

    monkeypatch.setattr(explaining, "diagnose", counted)
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    twice = sums.SOLUTION.replace(".sum())", ".sum() * 2)")
    first = graded(peer, "sums", twice)
    second = graded(peer, "sums", "# mine\n" + twice.replace("np.asarray(v).sum()", "sum(v)"))
    assert outcomes(second) == outcomes(first) == ["failed", "failed", "passed", "passed"]
    assert len(asked) == 1
    later = "0.0 if len(v) == 4 else float("  # which is asked when the test has failed already
    third = graded(peer, "sums", twice.replace("float(", later))
    assert outcomes(third) == outcomes(first)
    assert len(asked) == 2
