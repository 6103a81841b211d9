"""Messages for plain asserts, pytest.approx, numpy.testing and torch.testing.

The asserts of this file are rewritten by pytest, as those of a hidden suite are.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest
from _pytest.assertion import util as rewriting

from grader.judge.comparing.compare import Difference, assert_close
from grader.judge.comparing.libraries import compared, failure, library_difference
from support import needs

torch: Any = importlib.import_module("torch") if importlib.util.find_spec("torch") else None

A = np.array


def told(test: Callable[[], None], answers: Sequence[object] = ()) -> list[str]:
    """The lines for what a test raises, put together as a judge does."""
    found: list[Difference] = []

    def explain(op: str, left: object, right: object) -> None:
        difference = compared(op, left, right, answers)
        if difference is not None:
            found.append(difference)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rewriting, "_reprcompare", explain)
        with pytest.raises((AssertionError, TypeError, ValueError, pytest.fail.Exception)) as met:
            test()
    lines, table = failure(met.value, found, answers)
    assert len(lines.splitlines()) <= 3
    return [*lines.splitlines(), *table.splitlines()]


class Student:
    """Like the proxy: its functions say what they are."""

    def __repr__(self) -> str:
        return "student"

    def half(self, x: float) -> float:
        return x / 2


student = Student()


# --- plain asserts -----------------------------------------------------------------------------


def test_equality_of_anything_is_told_like_assert_close() -> None:
    def numbers() -> None:
        assert student.half(3.0) == 2

    def lists() -> None:
        assert [1, 2] == [1, 3]

    def arrays() -> None:
        assert (A([1.0, 2.0]) == A([1.0, 3.0])).all()

    assert told(numbers) == ["Wrong value: expected 2, got 1.5."]
    assert told(lists)[0] == "item 1: wrong value: expected 3, got 2."
    assert told(arrays) == [
        "Wrong values: at [1] expected 3.0, got 2.0.",
        "1 of 2 entries differ (marked >):",
        "expected    got",
        " 1.0 >3.0    1.0 >2.0",
    ]


def test_the_answer_is_known_on_either_side() -> None:
    answer = (1, 2)

    expected = (1, 3)

    def turned() -> None:
        assert expected == answer

    assert told(turned, [answer])[1] == "Expected (1, 3), got (1, 2)."
    assert told(turned)[1] == "Expected (1, 2), got (1, 3)."


def test_a_sentence_of_the_author_comes_first() -> None:
    def alone() -> None:
        assert student.half(3.0) == 2, "half of three"

    def failing() -> None:
        pytest.fail("this is not it")

    def empty() -> None:
        raise AssertionError

    assert told(alone) == ["half of three", "Wrong value: expected 2, got 1.5."]
    assert told(failing) == ["this is not it"]
    assert told(empty) == ["An assertion does not hold."]


def test_other_comparisons_are_shown_with_their_values() -> None:
    def less() -> None:
        assert abs(student.half(3.0) - 5) < 1e-9

    def differ() -> None:
        assert student.half(4.0) != 2.0

    def inside() -> None:
        assert "x" in ["a", "100 %s {y}"]

    def either() -> None:
        assert student.half(4.0) == 1.0 or student.half(4.0) == 3.0

    def neither() -> None:
        assert not (student.half(4.0) == 1.0 or student.half(4.0) == 2.0)  # noqa: PT018

    assert told(less) == ["This must hold: 3.5 < 1e-09", "where 3.5 = abs((1.5 - 5))"]
    assert told(differ) == ["This must hold: 2.0 != 2.0"]
    assert told(inside) == ["This must hold: 'x' in ['a', '100 %s {y}']"]
    assert told(either)[0] == "This must hold: (2.0 == 1.0 or 2.0 == 3.0)"
    assert told(neither)[0].startswith("This must hold: not (2.0 == 1.0 or 2.0 == 2.0")


def test_calls_are_shown_by_their_names() -> None:
    def close() -> None:
        assert np.allclose(A([1.0, 2.0]), [1.0, 3.0])

    def kind() -> None:
        assert isinstance(student.half(3.0), int)

    def truth() -> None:
        assert student.half(0.0)

    def untrue() -> None:
        assert not student.half(1.0)

    def method() -> None:
        assert "abc".startswith("b")

    assert told(close) == ["This must hold: np.allclose(array([1., 2.]), [1.0, 3.0])"]
    assert told(kind) == ["This must hold: isinstance(1.5, int)"]
    assert told(truth) == ["This must hold: student.half(0.0), but it is 0.0"]
    assert told(untrue) == ["This must hold: not student.half(1.0), but it is 0.5"]
    assert told(method) == ["This must hold: 'abc'.startswith('b')"]


def test_none_and_truth_by_identity() -> None:
    def absent() -> None:
        gradient = None
        assert gradient is not None

    def present() -> None:
        five: object = 5
        assert five is None

    def numpy_truth() -> None:
        assert np.bool_(True) is True

    def not_the_same() -> None:
        other = object()
        assert other is student

    assert told(absent) == ["Wrong answer: got None where there must be something."]
    assert told(present) == ["Wrong type: expected None, got the integer 5."]
    assert told(numpy_truth) == ["Wrong type: expected True itself, got the truth value True."]
    assert told(not_the_same) == ["This must hold: <object> is student"]


def test_what_equality_cannot_explain_is_shown_as_it_is() -> None:
    class Never:
        def __eq__(self, other: object) -> bool:
            return False

        __hash__ = None  # type: ignore[assignment]

        def __repr__(self) -> str:
            return "Never"

    never = Never()

    def odd() -> None:
        assert never == never

    assert told(odd) == ["Wrong answer: expected Never, got Never."]

    class Worse(Never):
        def __ne__(self, other: object) -> bool:
            raise RuntimeError("no")

    def worse() -> None:
        assert Worse() == Worse()

    assert told(worse)[0] == "This must hold: Never == Never"


# --- pytest.approx and pytest.raises ---------------------------------------------------------


@pytest.mark.parametrize(
    ("got", "expected", "headline"),
    [
        (1.1, pytest.approx(1.0), "Wrong value: expected 1.0, got 1.1."),
        (3, pytest.approx(1), "Wrong value: expected 1, got 3."),
        (2.0, pytest.approx(1.0, abs=0.1), "Wrong value: expected 1.0, got 2.0."),
        ([1.0, 2.0], pytest.approx([1.0, 3.0]), "item 1: wrong value: expected 3.0, got 2.0."),
        ({"a": 1.0}, pytest.approx({"a": 2.0}), "'a': wrong value: expected 2.0, got 1.0."),
        ({"a": 1.0}, {"a": pytest.approx(2.0)}, "'a': wrong value: expected 2.0, got 1.0."),
        ((1.0, "b"), (pytest.approx(1.0), "c"), "item 1: wrong answer: expected 'c', got 'b'."),
        (A([1.0, 2.0]), pytest.approx(A([1.0, 3.0])),
         "Wrong values: at [1] expected 3.0, got 2.0."),
        (None, pytest.approx(1.0), "Wrong type: expected the number 1.0, got None."),
        (math.nan, pytest.approx(1.0), "Not a finite number: expected 1.0, got nan."),
    ],
)  # fmt: skip
def test_approx_shows_what_it_stands_for(got: Any, expected: Any, headline: str) -> None:
    def test() -> None:
        assert got == expected

    def turned() -> None:
        assert expected == got

    assert told(test)[0] == headline
    if not isinstance(expected, dict | tuple):
        assert told(turned)[0] == headline


def test_a_value_within_the_tolerance_of_an_approx_beside_it_is_not_blamed() -> None:
    def test() -> None:
        assert [pytest.approx(1.0), pytest.approx(3.0)] == [1.0 + 1e-7, 2.0]

    assert told(test)[0] == "item 1: wrong value: expected 3.0, got 2.0."


def test_nothing_raised() -> None:
    def one() -> None:
        with pytest.raises(ValueError, match="x"):
            student.half(1.0)

    def several() -> None:
        with pytest.raises((ValueError, np.linalg.LinAlgError)):
            student.half(1.0)

    def other_words() -> None:
        with pytest.raises(ValueError, match="shapes"):
            raise ValueError("no")

    assert told(one) == ["Nothing was raised; expected ValueError."]
    assert told(several) == ["Nothing was raised; expected ValueError or LinAlgError."]
    assert "did not match" in told(other_words)[0]


# --- numpy.testing ---------------------------------------------------------------------------

WRONG = {
    "allclose": (
        lambda: npt.assert_allclose(A([1.0, 2.0]), A([1.0, 2.1])),
        "Wrong values: at [1] expected 2.1, got 2.0.",
    ),
    "allclose of an integer array": (
        lambda: npt.assert_allclose(A([1, 2]), A([1.0, 2.5])),
        "Wrong values: at [1] expected 2.5, got 2.",
    ),
    "allclose of a list": (
        lambda: npt.assert_allclose([1.0, 2.0], [1.0, 2.1]),
        "Wrong values: at [1] expected 2.1, got 2.0.",
    ),
    "allclose of a list and an array": (
        lambda: npt.assert_allclose([1.0, 2.0], A([1.0, 2.1])),
        "Wrong values: at [1] expected 2.1, got 2.0.",
    ),
    "allclose with one number for all": (
        lambda: npt.assert_allclose(A([1.0, 0.0]), 1.0),
        "Wrong values: at [1] expected 1.0, got 0.0.",
    ),
    "allclose of nothing": (
        lambda: npt.assert_allclose(None, A([1.0])),
        "Wrong type: expected an array of shape (1,), got None.",
    ),
    "array_equal": (
        lambda: npt.assert_array_equal(A([1.0 + 1e-12]), A([1.0])),
        "Wrong values: at [0] expected 1.0, got 1.000000000001.",
    ),
    "array_equal of shapes": (
        lambda: npt.assert_array_equal(A([[1.0]]), A([1.0, 2.0])),
        "Wrong number of axes: expected an array of shape (2,), got an array of shape (1, 1).",
    ),
    "array_equal of words": (
        lambda: npt.assert_array_equal(["a", "b"], A(["a", "c"])),
        "item 1: wrong answer: expected 'c', got 'b'.",
    ),
    "almost_equal": (
        lambda: npt.assert_almost_equal(1.01, 1.0, decimal=3),
        "Wrong value: expected 1.0, got 1.01.",
    ),
    "array_almost_equal": (
        lambda: npt.assert_array_almost_equal(A([1.0]), A([1.01])),
        "Wrong values: at [0] expected 1.01, got 1.0.",
    ),
    "array_almost_equal of nothing": (
        lambda: npt.assert_array_almost_equal(None, A([1.01])),
        "Wrong type: expected an array of shape (1,), got None.",
    ),
    "equal lists": (
        lambda: npt.assert_equal([(1, 2), [3]], [[1, 2], (4,)]),
        "item 1: item 0: wrong value: expected 4, got 3.",
    ),
    "equal dictionaries": (
        lambda: npt.assert_equal({"a": 1}, {"a": 2}), "'a': wrong value: expected 2, got 1.",
    ),
    "equal words": (
        lambda: npt.assert_equal("a", "b"), "Wrong answer: expected 'b', got 'a'."
    ),
    "a list of lists of different lengths": (
        lambda: npt.assert_equal([[1.0], [2.0, 3.0]], A([1.0, 2.0])),
        "Wrong type: expected an array of shape (2,), got a list of 2.",
    ),
    "a list for a number": (
        lambda: npt.assert_equal([1.0, 2.0], 3.0),
        "Wrong value",
    ),
    "lists of different lengths": (
        lambda: npt.assert_equal([[1, 2], [3]], [[1, 2], [4, 5]]),
        "item 1: wrong length: expected [4, 5], got [3].",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_numpy_testing_is_told_like_assert_close(name: str) -> None:
    test, headline = WRONG[name]
    assert told(test)[0].startswith(headline)


def test_the_answer_may_stand_second_in_numpy_testing() -> None:
    answer = A([1.0, 2.0])
    lines = told(lambda: npt.assert_allclose(A([1.0, 3.0]), answer), [answer])
    assert lines[0] == "Wrong values: at [1] expected 3.0, got 2.0."


def test_other_functions_of_numpy_testing_keep_their_own_words() -> None:
    lines = told(lambda: npt.assert_array_less(A([1.0, 2.0]), A([2.0, 2.0])))
    assert lines[0].startswith("Arrays are not strictly ordered")
    assert library_difference(ValueError("raised nowhere")) is None


def test_what_is_not_different_to_us_keeps_the_words_of_numpy() -> None:
    lines = told(lambda: npt.assert_array_equal(A([1.0]), A([1.0], np.float32), strict=True))
    assert lines[0].startswith("Arrays are not equal")


@needs.torch
def test_torch_testing_is_told_like_assert_close() -> None:
    close = torch.testing.assert_close
    one = torch.tensor([1.0, 2.0])
    assert told(lambda: close(one, one + 1))[0] == "Wrong values: at [0] expected 2.0, got 1.0."
    assert told(lambda: close(one.double(), one))[0] == (
        "Wrong dtype: expected float32, got float64."
    )
    assert told(lambda: close(one, one + 0.1, rtol=0.0, atol=0.01))[0] == (
        "Wrong values: at [0] expected 1.1, got 1.0."
    )
    assert told(lambda: close(one.double(), one.double() + 1e-6))[0] == (
        "Wrong values: at [0] expected 1.000001, got 1.0."
    )
    assert told(lambda: close(one[None], one))[0] == (
        "Wrong number of axes: expected a tensor of shape (2,), got a tensor of shape (1, 2)."
    )
    assert told(lambda: close([1.0, 2.0], one))[0] == (
        "Wrong type: expected a tensor of shape (2,), got a list of 2."
    )
    with pytest.warns(FutureWarning, match="deprecated"):  # by PyTorch; suites still use it
        lines = told(lambda: torch.testing.assert_allclose(one, one + 1))
    assert lines[0] == "Wrong values: at [0] expected 2.0, got 1.0."


@needs.torch
def test_tensors_in_plain_asserts_are_on_one_line() -> None:
    def equal() -> None:
        assert torch.equal(torch.zeros(2, 2), torch.ones(2, 2))

    (line,) = told(equal)
    assert line.startswith("This must hold: torch.equal(tensor([[0., 0.], [0., 0.]])")


def test_assert_close_tells_its_own_difference() -> None:
    assert told(lambda: assert_close(1.0, 2.0)) == ["Wrong value: expected 2.0, got 1.0."]
