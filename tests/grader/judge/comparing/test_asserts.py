"""Plain asserts in words. Those of this file are rewritten by pytest, as a hidden suite's are."""

from __future__ import annotations

import numpy as np
import pytest

from support.failing import student, told

A = np.array


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

    assert told(less) == [
        "Wrong value: abs(student.half(3.0) - 5) must be less than 1e-09, but it is 3.5."
    ]
    assert told(differ) == [
        "Wrong value: student.half(4.0) must be something other than 2.0, but it is 2.0."
    ]
    assert told(inside) == ["Wrong answer: expected something with 'x', got ['a', '100 %s {y}']."]
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


def test_a_rule_is_said_in_words_whichever_side_is_fixed() -> None:
    share = A([-0.5, 0.25])

    def least() -> None:
        assert share.min() < -0.9

    def turned() -> None:
        assert 0.33 < np.mean(share) < 0.67

    def other_end() -> None:
        assert -1 <= share.max() <= 0.125

    def size() -> None:
        assert np.abs(share).max() <= 0.25

    def spread() -> None:
        assert np.mean(np.abs(share) < 0.5) > 0.6

    def different() -> None:
        assert np.unique(share).size > 2

    def own() -> None:
        assert abs(share[0] - share[1]) < 0.1

    def two_names() -> None:
        few, many = 3, 2
        assert few <= many

    def without() -> None:
        text = "axb"
        assert "x" not in text

    def long() -> None:
        assert sum(abs(number) for number in [*share.tolist(), *share.tolist()]) > 100.0

    assert told(least) == [
        "Wrong value: the smallest entry must be less than -0.9, but it is -0.5."
    ]
    assert told(turned) == ["Wrong value: the mean must be more than 0.33, but it is -0.125."]
    assert told(other_end) == [
        "Wrong value: the largest entry must be at most 0.125, but it is 0.25."
    ]
    assert told(size) == [
        "Wrong value: the largest entry without its sign must be at most 0.25, but it is 0.5."
    ]
    assert told(spread) == [
        "Wrong value: the share of entries in the range must be more than 0.6, but it is 0.5."
    ]
    assert told(different) == [
        "Wrong value: the number of different entries must be more than 2, but it is 2."
    ]
    assert told(own) == ["Wrong value: expected less than 0.1, got 0.75."]
    assert told(two_names) == ["Wrong value: expected at most 2, got 3."]
    assert told(without) == ["Wrong answer: expected something without 'x', got 'axb'."]
    assert told(long) == ["Wrong value: the sum must be more than 100.0, but it is 1.5."]


def test_kinds_and_likeness_are_said_in_words() -> None:
    got = A([1.0, 2.0])

    def kind() -> None:
        assert isinstance(got, list | tuple)

    def kinds() -> None:
        assert isinstance(got, (int, float))

    def alike() -> None:
        assert np.allclose(got, [1.0, 3.0])

    def close() -> None:
        assert np.allclose(got, [1.0, 2.0 + 1e-9], atol=0.0, rtol=0.0)

    assert told(kind) == ["Wrong type: expected list or tuple, got an array of shape (2,)."]
    assert told(kinds) == ["Wrong type: expected int or float, got an array of shape (2,)."]
    assert told(alike)[0] == "Wrong values: at [1] expected 3.0, got 2.0."
    assert told(close)[0].startswith("This must hold: np.allclose(array([1., 2.]), [1.0, 2.0")


def test_numbers_of_numpy_are_shown_as_numbers() -> None:
    half = np.float64(0.5)

    def truth() -> None:
        assert not half

    def either() -> None:
        assert half == 1 or half == 2

    assert told(truth) == ["This must hold: not 0.5"]
    assert told(either)[0] == "This must hold: (0.5 == 1 or 0.5 == 2)"
