"""Who is at fault where a suite cannot use an answer: the reference decides, if it had its time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader import Course
from grader.grading import talk
from grader.judge.references import References
from grader.judge.verdict import Verdict
from grader.report.model import ExerciseResult
from support.courses import sums
from support.judging import JudgeOf, answer, graded, outcomes

ITEM = SimpleNamespace(name="test_sum")


class Asked:
    """A reference whose runs end as they are said to: an outcome, and if they were disturbed."""

    def __init__(self, tmp_path: Path, *ends: tuple[str, bool]) -> None:
        course = Course.load(sums.write(tmp_path / "course"))
        self.exercise: Any = course.exercise("sums")
        self.ends, self.closed = list(ends), 0
        tests: Any = SimpleNamespace(course=course, variation=0)
        self.references = References(tests, self._session, self._run)

    def _session(self, *args: Any) -> Any:
        self.session = SimpleNamespace(disturbed=False, close=self._close)
        return self.session

    def _close(self) -> None:
        self.closed += 1

    def _run(self, *args: Any) -> Verdict:
        outcome, self.session.disturbed = self.ends.pop(0)
        return Verdict(outcome)  # type: ignore[arg-type]

    def sound(self) -> bool | None:
        (found,) = self.references.of(self.exercise, [ITEM])
        return found.sound


LATE, KILLED = ("timeout", False), ("crashed", True)


@pytest.mark.parametrize(("outcome", "sound"), [("passed", True), ("failed", False)])
def test_what_it_comes_to_is_asked_once(tmp_path: Path, outcome: str, sound: bool) -> None:
    asked = Asked(tmp_path, (outcome, False))
    assert [asked.sound(), asked.sound()] == [sound, sound]
    assert asked.closed == 1


@pytest.mark.parametrize("end", [LATE, KILLED])
def test_a_machine_that_is_busy_has_a_second_chance_and_is_not_remembered(
    tmp_path: Path, end: tuple[str, bool]
) -> None:
    """What was not told for want of time is no fault of the suite's."""
    asked = Asked(tmp_path, end, end, end, ("passed", False))
    assert asked.sound() is None
    assert asked.sound() is True
    assert asked.sound() is True
    assert asked.ends == []


# --- in a judge ----------------------------------------------------------------------------------

HEAD = "def test_scaled(student):\n"
IN_A_FIXTURE = """@pytest.fixture
def twice(student):
    {fixture}


def test_scaled(student, twice):
    {test}
"""


@pytest.fixture
def judged(course_dir: Path, judge_of: JudgeOf) -> Callable[..., ExerciseResult]:
    """The result of a module, where the third test of the suite is another."""

    def judge(text: str, test: str) -> ExerciseResult:
        suite = course_dir / "tests" / "hidden" / "01_a" / "test_sums.py"
        written = suite.read_text("utf-8")
        assert HEAD in written
        suite.write_text(written.replace(HEAD, f"{test}\n\ndef _was(student):\n"), "utf-8")
        peer = judge_of(Course.load(course_dir))
        answer(peer, talk.Taken)
        return graded(peer, "sums", text)

    return judge


FIXTURES = {
    "raises": ("raise RuntimeError('mine')", "error", "Your code raised RuntimeError: mine"),
    "gives none": ("return None", "failed", "The test could not use the answer: TypeError"),
    "gives the wrong one": ("return v", "failed", ""),
}


@pytest.mark.parametrize("how", FIXTURES)
def test_what_a_student_breaks_in_a_fixture_is_their_loss(
    judged: Callable[..., ExerciseResult], how: str
) -> None:
    body, outcome, told = FIXTURES[how]
    fixture = """got = student.scaled(np.array([1.0, 2.0]))
    assert got[1] == 4.0
    return got"""
    test = IN_A_FIXTURE.format(fixture=fixture, test="assert len(twice) == 2")
    result = judged(sums.SOLUTION.replace("return c * v", body), test)
    assert result.tests[2].outcome == outcome
    assert result.tests[2].message.startswith(told)
    assert result.tests[2].possible == 1


def test_a_fixture_that_breaks_for_everybody_is_the_suites(
    judged: Callable[..., ExerciseResult],
) -> None:
    test = IN_A_FIXTURE.format(
        fixture="assert student.scaled(np.array([1.0]))[0] == 5.0", test="pass"
    )
    result = judged(sums.SOLUTION, test)
    assert result.tests[2].outcome == "grader_fault"
    assert result.outcome == "grader_fault"


SKIPS = """def test_scaled(student):
    if student.scaled(np.array([1.0]))[0] != 2.0:
        pytest.skip("this needs twice the vector")
"""


def test_a_test_that_an_answer_has_skipped_is_lost(
    judged: Callable[..., ExerciseResult],
) -> None:
    result = judged(sums.SOLUTION.replace("return c * v", "return v"), SKIPS)
    assert result.tests[2].outcome == "failed"
    assert result.tests[2].message == (
        "The test could not go on with the answer: this needs twice the vector.\n"
        "Call: scaled(np.array([1.0]))"
    )


def test_an_end_that_has_no_words_costs_its_own_test(
    course_dir: Path, judge_of: JudgeOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reference passes: whatever it is about the answer, it is not the suite's fault."""
    from grader.judge import marking

    verdict = marking.verdict

    def speechless(ending: Any, transcript: Any, stopped: Any) -> Verdict:
        if ending.error is not None:
            raise ValueError("Exceeds the limit (4300 digits)")
        return verdict(ending, transcript, stopped)

    monkeypatch.setattr(marking, "verdict", speechless)
    peer = judge_of(Course.load(course_dir))
    answer(peer, talk.Taken)
    result = graded(peer, "sums", sums.SOLUTION.replace("return c * v", "return v"))
    assert outcomes(result) == ["passed", "passed", "failed", "passed"]
    assert result.tests[2].message.startswith("What the test found could not be put into words: V")


def test_a_test_that_is_skipped_for_everybody_is_not(
    judged: Callable[..., ExerciseResult],
) -> None:
    skips = SKIPS.replace("!= 2.0", "!= 5.0")
    assert outcomes(judged(sums.SOLUTION, skips))[2] == "skipped"
