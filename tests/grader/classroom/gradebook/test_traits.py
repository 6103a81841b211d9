"""How far a hand-in came, and in what wrong answers are alike."""

from __future__ import annotations

import msgspec
import pytest

from grader.classroom.gradebook.traits import layer_of, signature_of
from grader.report.model import Outcome
from support.gradebooks import LENGTH, blank, result


@pytest.mark.parametrize(
    ("message", "layer"),
    [
        ("Wrong type: expected an array of shape (2,), got None.", "type"),
        ("Wrong number of axes: expected 1, got 2.", "axes"),
        ("Wrong shape: expected (2,), got (3,).", "shape"),
        ("item 0: wrong length: expected 2 items, got 3.", "shape"),
        ("Wrong keys: expected ['a'], got ['b'].", "shape"),
        ("Wrong dtype: expected float32, got float64.", "dtype"),
        ("Not a finite number: expected 1.0, got nan.", "finite"),
        ("Not finite at [0]: expected 1.0, got inf.", "finite"),
        ("Wrong value: expected 5.0, got 7.0.", "values"),
        ("Wrong values at [0, 1]: expected 1.0, got 2.0.", "values"),
        ("Wrong answer: expected 'a', got 'b'.", "values"),
        ("The v changed during the call: the caller still needs it as it was.", "property"),
        ("Is it the same?\nWrong shape: no headline.", "property"),
    ],
)
def test_the_layer_is_that_of_the_first_test_that_was_lost(message: str, layer: str) -> None:
    found = result(LENGTH, test_two="failed", message=message)
    assert layer_of(found) == layer


@pytest.mark.parametrize(
    ("outcomes", "layer"),
    [
        ({}, "passed"),
        ({"test_one": "not_attempted", "test_two": "error"}, "error"),
        ({"test_one": "not_attempted"}, "not_begun"),
        ({"test_one": "timeout"}, "limits"),
        ({"test_one": "forbidden"}, "limits"),
        ({"test_one": "skipped", "test_two": "skipped"}, "untried"),
        ({"test_one": "skipped", "test_two": "passed"}, "passed"),
    ],
)
def test_the_layer_of_other_ends(outcomes: dict[str, Outcome], layer: str) -> None:
    assert layer_of(result(LENGTH, outcomes)) == layer


def test_what_cannot_be_loaded_was_not_run() -> None:
    found = result(LENGTH, test_one="error", test_two="error")
    assert layer_of(msgspec.structs.replace(found, loaded=False)) == "not_run"


def test_the_headlines_are_those_of_comparisons() -> None:
    """The sentences that are read here are the ones that are written there."""
    import numpy as np

    from grader.judge.comparing.compare import difference

    pairs = [
        (None, np.ones(2), "type"),
        (np.ones((2, 1)), np.ones(2), "axes"),
        (np.ones(3), np.ones(2), "shape"),
        ([1.0], [1.0, 2.0], "shape"),
        ({"a": 1}, {"b": 1}, "shape"),
        (np.ones(2, np.float32), np.ones(2), "dtype"),
        (np.array([np.nan, 1.0]), np.ones(2), "finite"),
        (float("nan"), 1.0, "finite"),
        (np.zeros(2), np.ones(2), "values"),
        (2.0, 1.0, "values"),
        ("a", "b", "values"),
        ([np.zeros(2)], [np.ones(2)], "values"),
        ([np.zeros(3)], [np.ones(2)], "shape"),
    ]
    for got, expected, layer in pairs:
        found = difference(got, expected, dtype=None if layer != "dtype" else np.float64)
        assert found is not None, (got, expected)
        told = result(LENGTH, test_one="failed", message=found.headline)
        assert layer_of(told) == layer == found.layer.replace("keys", "shape"), found


def test_answers_that_are_wrong_alike_have_one_signature() -> None:
    def of(message: str, **others: Outcome) -> str:
        return signature_of(result(LENGTH, message=message, **others))

    one = of("NameError: x (a.py, line 3)", test_one="error")
    assert one == of("NameError: x (a.py, line 14)", test_one="error")
    assert one != of("NameError: y (a.py, line 3)", test_one="error")
    assert one != of("NameError: x (a.py, line 3)", test_two="error")
    assert of("Wrong value: expected 5.0, got 7.0.", test_one="failed") != of(
        "Wrong value: expected 5.0, got 8.0.", test_one="failed"
    )
    assert signature_of(result(LENGTH)) == ""
    assert signature_of(blank(LENGTH)) != ""
