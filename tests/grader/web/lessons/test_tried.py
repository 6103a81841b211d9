"""What a page may ask of a student's code, and what it may not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.course.outline import Course
from grader.grading.talk import Asked
from grader.web.lessons.tried import Functions, Refused
from support.places import ROOT


@pytest.fixture(scope="module")
def course() -> Course:
    return Course.load(ROOT)


def asked(course: Course, unit: int, *calls: Any) -> list[Asked]:
    body = json.dumps({"calls": [{"function": f, "arguments": a} for f, a in calls]})
    return Functions(course).asked(course.units[unit], body.encode())


def test_a_function_belongs_to_the_lesson_or_to_the_nearest_before(course: Course) -> None:
    functions, units = Functions(course), course.units
    assert functions.exercise(units[1], "pre_activation") == "neuron"
    assert functions.exercise(units[3], "pre_activation") == "matvec"
    assert functions.of(units[0], "vector") == ["magnitude", "unit_vector", "add", "error"]
    assert functions.of(units[3], "warp") == ["matvec_rows", "matvec_columns", "affine"]
    assert functions.of(units[3], "matmul") == ["matvec_rows", "matvec_columns"]
    assert functions.of(units[5], "forward") == ["layer", "relu", "sigmoid"]


def test_numbers_arrays_and_shapes_may_be_asked(course: Course) -> None:
    found = asked(course, 7, ("matmul", [[[1, 2.5]], [[3], [4]]]),
                  ("broadcast_shape", [{"tuple": [4, 3]}, {"tuple": []}]),
                  ("pre_activation", [[1, 2], [3, 4], -1]))  # fmt: skip
    assert [call.exercise for call in found] == ["matmul", "broadcasting", "matvec"]
    assert found[0].arguments == ([[1, 2.5]], [[3], [4]])


@pytest.mark.parametrize(
    "call",
    [
        ("eval", ["1"]), ("__class__", []), ("magnitude.__globals__", []), ("matrix_access", []),
        ("magnitude", [[0.0] * 13]), ("magnitude", [[[[1]]]]), ("magnitude", [["x"]]),
        ("magnitude", [[None]]), ("magnitude", [[True]]), ("magnitude", ["text"]),
        ("magnitude", [{"tuple": [10**9]}]), ("magnitude", [{"tuple": [1], "x": 1}]),
        ("magnitude", [{}]), ("magnitude", [1e300]), ("magnitude", [[1]] * 5),
        ("magnitude", [10**400]), ("magnitude", [[-(10**400)]]), ("magnitude", [1e13]),
        ("magnitude", [{"tuple": [True]}]), ("magnitude", [[[1] * 12] * 13]),
    ],
)  # fmt: skip
def test_nothing_else_may(course: Course, call: Any) -> None:
    with pytest.raises(Refused):
        asked(course, 0, call)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"calls": []}', b'{"calls": 1}', b'{"calls": [{"function": "magnitude"}]}',
     b'{"calls": [{"function": "magnitude", "arguments": [NaN]}]}', b"[" * 100_000,
     b'{"calls": [{"function": "magnitude", "arguments": [' + b"[" * 5000 + b"]" * 5000 + b"]}]}",
     b'{"calls": [{"function": "magnitude", "arguments": [], "exercise": "x"}]}'],
)  # fmt: skip
def test_a_body_that_is_no_calls_is_refused(course: Course, body: bytes) -> None:
    with pytest.raises(Refused):
        Functions(course).asked(course.units[0], body)


def test_there_is_a_most_of_calls(course: Course) -> None:
    assert len(asked(course, 0, *[("magnitude", [[3, 4]])] * 100)) == 100
    with pytest.raises(Refused, match="101 calls"):
        asked(course, 0, *[("magnitude", [[3, 4]])] * 101)
