"""Naming wrong ideas: a judge and its worker in this process, on both small courses."""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader import Course
from grader.judge.diagnosis import agreement
from grader.judge.diagnosis.contents import Told
from grader.report.model import ExerciseResult
from grader.sandbox.wire.nodes import HandleNode
from support import needs
from support.courses import sums
from support.files import replaced
from support.judging import JudgeOf, graded
from support.launchers import ThreadLauncher

KELVIN = "return celsius - _ZERO"
EXTREMES = "return min(readings), max(readings)"
TABLE = "return {place: to_kelvin(celsius) for place, celsius in readings.items()}"


def names(result: ExerciseResult) -> list[str]:
    return [found.misconception for found in result.diagnoses]


@pytest.fixture
def judged(workshop: Path, judge_of: JudgeOf) -> Callable[..., ExerciseResult]:
    """Judge a solution of the workshop with replacements: `judged("rolling", old, new, …)`."""
    course = Course.load(workshop)
    peer = judge_of(course, ThreadLauncher(*(e.id for e in course.exercises)))

    def judge(name: str, *changes: str) -> ExerciseResult:
        exercise = course.exercise(name)
        assert exercise is not None
        text = course.solution(exercise).read_text("utf-8")
        return graded(peer, name, replaced(text, *changes))

    return judge


def test_ideas_are_named_with_the_tests_they_explain(
    judged: Callable[..., ExerciseResult],
) -> None:
    assert names(judged("temperature")) == []
    result = judged("temperature", KELVIN, "return celsius + 273")
    assert names(result) == ["RoundsTheZero"]
    assert result.diagnoses[0].tests == ("test_water", "test_table")
    assert result.diagnoses[0].hint == "Where exactly is absolute zero?"

    borders = "celsius < 10", "celsius <= 10", "celsius < 25", "celsius <= 25"
    both = judged("temperature", KELVIN, "return celsius + 273", *borders)
    assert names(both) == ["RoundsTheZero", "IncludesTheBorder"]
    assert names(judged("temperature", *borders[:2])) == [], (
        "right about 25 as it is wrong about 10"
    )

    raises = judged("temperature", "celsius < _ZERO", "False")
    assert names(raises) == ["NeverRefuses"]

    in_place = "readings.sort(); return readings[0], readings[-1]"
    assert names(judged("temperature", EXTREMES, in_place)) == ["SortsInPlace"]

    assert names(judged("temperature", TABLE, "return dict(readings)")) == ["ForgetsTheTable"]
    assert names(judged("temperature", TABLE, "return {}")) == []
    assert names(judged("temperature", TABLE, "return [1]")) == []
    assert names(judged("temperature", EXTREMES, "return [max(readings), min(readings)]")) == []
    assert names(judged("temperature", "def table", "def tabel")) == []


def test_a_caller_waits_for_what_it_calls(judged: Callable[..., ExerciseResult]) -> None:
    result = judged("temperature", KELVIN, "return celsius + 273")
    by_id = {test.id: test.message.splitlines() for test in result.tests}
    assert by_id["test_table"][1] == "Because `to_kelvin` is not right yet."
    assert not any("Because" in line for line in by_id["test_water"])
    of_its_own = judged("temperature", TABLE, "return dict(readings)")
    assert not any("Because" in test.message for test in of_its_own.tests)
    unnamed = judged("temperature", KELVIN, "return celsius * 273", TABLE, "return dict(readings)")
    assert names(unnamed) == ["ForgetsTheTable"], "it does not call what is wrong"


def test_arrays_and_lists(judged: Callable[..., ExerciseResult]) -> None:
    means = "x[i : i + k].mean()"
    assert names(judged("rolling", means, "x[i : i + k].sum()")) == ["SumsTheWindow"]
    assert names(judged("rolling", means, "float(x[i : i + k].sum()) * 1.01")) == []
    assert names(judged("rolling", "range(i + 1, n)", "range(n) if i != j")) == ["CountsBothWays"]
    turned = "return np.asarray(x[None, :] - x[:, None], np.float32)"
    assert names(judged("rolling", "return x[:, None] - x[None, :]", turned)) == ["OtherWayRound"]
    assert names(judged("rolling", "return x[:, None] - x[None, :]", "return x")) == []


def test_objects_and_what_they_keep(judged: Callable[..., ExerciseResult]) -> None:
    total = "return sum(self._counts.values())"
    assert names(judged("tally", total, "return len(self._counts)")) == ["CountsKinds"]
    one_for_all = judged("tally", "        self._counts: dict[str, int] = {}", "        pass",
                         "    def __init__", "    _counts = {}\n\n    def __init__")  # fmt: skip
    assert names(one_for_all) == ["SharedByAll"]
    counts = "self._counts[item] = self._counts.get(item, 0) + times"
    wrong = judged("tally", counts, "self._counts[item] = times")
    assert names(wrong) == [], "`count` contradicts what `most_common` looks like"


@needs.torch
def test_tensors_and_gradients(judged: Callable[..., ExerciseResult]) -> None:
    affine = "return x @ W.T + b"
    assert names(judged("affine", affine, "return x @ W.T")) == ["ForgetsTheBias"]
    assert names(judged("affine", affine, "return x @ W + b")) == ["DoesNotTranspose"]
    assert names(judged("affine", affine, "return x.detach() @ W.T + b")) == ["DetachesTheInput"]
    assert names(judged("affine", affine, "return (x @ W.T).numpy()")) == []


def test_two_ideas_that_fit_are_none(course_dir: Path, judge_of: JudgeOf) -> None:
    ideas = course_dir / "misconceptions" / "01_a" / "sums.py"
    text = ideas.read_text("utf-8")
    again = text.replace("TakesTheMean", "Other")
    for second, named in ((again, ["TakesTheMean"]), (again.replace("Is a sum", "Is it"), [])):
        ideas.write_text(text + second, "utf-8")
        peer = judge_of(Course.load(course_dir), ThreadLauncher("sums"))
        found = names(graded(peer, "sums", sums.SOLUTION.replace(".sum())", ".mean())")))
        assert found == named, "two that say the same are one"


def test_a_course_without_misconceptions(course_dir: Path, judge_of: JudgeOf) -> None:
    (course_dir / "misconceptions" / "01_a" / "sums.py").unlink()
    peer = judge_of(Course.load(course_dir), ThreadLauncher("sums"))
    assert names(graded(peer, "sums", sums.SOLUTION.replace(".sum())", ".mean())"))) == []


def test_huge_calls_are_not_kept_for_the_diagnosis(
    course_dir: Path,
    judge_of: JudgeOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from grader.judge import references

    monkeypatch.setattr(references, "_KEPT_BYTES", 10)
    peer = judge_of(Course.load(course_dir), ThreadLauncher("sums"))
    result = graded(peer, "sums", sums.SOLUTION.replace(".sum())", ".mean())"))
    assert [test.outcome for test in result.tests][:2] == ["failed", "failed"]
    assert names(result) == []


# --- agreement -----------------------------------------------------------------------------------

A = np.array


@pytest.mark.parametrize(
    ("student", "right", "wrong", "same"),
    [
        (1.0, 2.0, 1.0, True), (1.0, 2.0, 1.0 + 1e-8, True), (1.0, 2.0, 1.00001, False),
        (5.0, 5.0, 5.0 + 1e-8, True), (math.nan, 1.0, math.nan, True), (1, 2.0, 1.0, True),
        (A(1.0), 2.0, 1.0, True), (A([1.0]), A([2.0]), A([1.0]), True),
        (A([1.0]), A([2.0]), [1.0], False), (A([1.0]), A([2.0]), 1.0, False),
        (A([1.0], np.float32), A([2.0]), A([1.0005]), True), (True, False, 1, False),
        (A([1.0, math.nan]), A([2.0, 0.0]), A([1.0, math.nan]), True),
        (A([1j]), A([2j]), A([1j]), True), (2**80, 1, 2**80, True), (2**80, 1, 2**81, False),
        ("a", "b", "a", True), ("a", "b", "c", False), ("1", 2, 1, False), (None, 1, None, True),
        ([1.0, "a"], [2.0, "a"], [1.0, "a"], True), ([1.0], [2.0], (1.0,), False),
        ([1.0], 7, [1.0], True), ({"a": 1.0}, {"a": 2.0}, {"a": 1.0}, True),
        ({"a": 1.0}, 7, {"b": 1.0}, False), ({"a": 1.0}, 7, [1.0], False),
        (HandleNode(1, "set"), None, HandleNode(2, "set"), True),
        (HandleNode(1, "set"), None, HandleNode(2, "dict"), False),
        (HandleNode(1, "set"), None, 5, False), (5, None, HandleNode(2, "int"), False),
    ],
)  # fmt: skip
def test_two_answers_agree_beside_the_right_one(
    student: Any, right: Any, wrong: Any, same: bool
) -> None:
    assert agreement.same(student, right, wrong) is same


@pytest.mark.parametrize(
    ("student", "right", "wrong", "same"),
    [
        (1e-12, 0.0, 1e-12, True), (1e-12, 0.0, 1.1e-12, False), (1e-12, 0.0, 0.0, False),
        (3.0, 3.0, 3.0 + 1e-14, True), (A([1e-12]), A([0.0]), A([0.0]), False),
        (A([1.0], np.float32), A([1.0]), A([1.0 + 1e-8]), True),
        ([1e-12], [0.0], [0.0], False), ({"a": 1e-12}, {"a": 0.0}, {"a": 0.0}, False),
    ],
)  # fmt: skip
def test_a_strict_test_forgives_roundings_alone(
    student: Any, right: Any, wrong: Any, same: bool
) -> None:
    assert agreement.same(student, right, wrong, strict=True) is same
    assert agreement.same(student, right, student, strict=True)


def test_narrow_integers_are_found() -> None:
    assert agreement.is_narrow((A([1.0]), [A([1], np.uint8)]))
    assert agreement.is_narrow({"a": np.int32(1)})
    for value in (A([1]), A([1.0], np.float16), A([True]), 1, "a", np.int64(1)):
        assert not agreement.is_narrow(value)


def test_manners_that_an_idea_has_not_speak_against_it() -> None:
    """Who warns on the way does not hold an idea that never warns."""
    right, warned = Told(A([1.0])), Told(A([1.0]), warnings=frozenset({"overflow"}))
    lost, accepted = (
        agreement.Standing(accepted=passed, right=True, idea_right=True) for passed in (False, True)
    )
    assert agreement.sign(warned, right, right, lost) == ("other", "manner")
    assert agreement.sign(warned, right, right, accepted) == ("silent", "manner")
    assert agreement.sign(warned, right, warned, lost) == ("explained", "manner")
    assert agreement.sign(right, right, warned, lost) == ("against", "manner")


@needs.torch
def test_a_tensor_is_no_array() -> None:
    torch: Any = importlib.import_module("torch")
    assert agreement.same(torch.ones(2), torch.zeros(2), torch.ones(2))
    assert not agreement.same(torch.ones(2), torch.zeros(2), np.ones(2))


@pytest.mark.parametrize(
    ("student", "right", "wrong", "same"),
    [
        (-math.inf, None, 0.0, False),
        (-math.inf, 2.0, 0.0, False),
        (math.inf, 2.0, math.inf, True),
        (math.inf, 2.0, -math.inf, False),
        (5.0, math.inf, 7.0, False),
        (5.0, math.inf, 5.0, True),
        (math.nan, 0.0, math.inf, False),
    ],
)
def test_infinite_numbers_agree_with_themselves_alone(
    student: float, right: float | None, wrong: float, same: bool
) -> None:
    def told(value: float | None, kind: Any) -> Told:
        return Told(None, "ValueError") if value is None else Told(kind(value))

    for kind in (float, np.float64, lambda value: np.array([1.0, value])):
        answers = told(student, kind), told(right, kind), told(wrong, kind)
        assert agreement.agrees(*answers) is same


# --- replay --------------------------------------------------------------------------------------
