"""Messages for pytest.approx, pytest.raises, numpy.testing and torch.testing.

The asserts of this file are rewritten by pytest, as those of a hidden suite are.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
from typing import Any

import numpy as np
import numpy.testing as npt
import pytest

from grader.judge.comparing.compare import assert_close
from grader.judge.comparing.libraries import library_difference
from support import needs
from support.failing import student, told

torch: Any = importlib.import_module("torch") if importlib.util.find_spec("torch") else None

A = np.array


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
    assert told(one, [3.0]) == ["Expected ValueError, but it returned 3.0."]
    assert told(one, [A([1.0, 2.0])]) == ["Expected ValueError, but it returned [1., 2.]."]
    assert told(one, [np.zeros((4, 5))]) == [
        "Expected ValueError, but it returned an array of shape (4, 5)."
    ]
    assert told(one, [None]) == ["Expected ValueError, but it returned None."]
    assert told(several) == ["Nothing was raised; expected ValueError or LinAlgError."]
    assert told(other_words) == ["Expected ValueError with a message like 'shapes', got 'no'."]


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
