"""Comparing in the order a person debugs: each layer, each kind of value, each tolerance."""

from __future__ import annotations

import importlib
import importlib.util
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.judge.comparing.compare import Mismatch, assert_close, difference, tolerance
from support import needs

torch: Any = importlib.import_module("torch") if importlib.util.find_spec("torch") else None


def told(got: Any, expected: Any, **terms: Any) -> list[str]:
    """The layer, and the lines of a difference."""
    found = difference(got, expected, **terms)
    assert found is not None, "they are the same"
    return [found.layer, *str(found).splitlines()]


A = np.array


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (5.0, 5.0), (5, 5.0), (np.float64(5), 5.0), (A(5.0), 5.0), (A(5), 5.0), (5.0, A(5.0)),
        (np.float32(0.1), 0.1), (5, 5), (np.int8(5), 5), (True, True), (np.bool_(True), True),
        (1 + 2j, 1 + 2j), ("a", "a"), (np.str_("a"), "a"), (A("a"), "a"), (np.bytes_(b"a"), b"a"),
        ("a", np.str_("a")), (A(["a", "bc"]), A(["a", "bc"], "U9")), (A([b"a"]), A([b"a"])),
        (None, None), (b"a", b"a"), (math.nan, math.nan),
        (math.inf, math.inf), (1.0 + 1e-8, 1.0), (1e-10, 0.0), (3, 0.1 * 30), (2**200, 2**200),
        ([1.0, (2, "a")], [1.0, (2, "a")]), ((), ()), ({"a": A([1.0])}, {"a": A([1.0])}),
        ({"b": 1, "a": 2}, {"a": 2, "b": 1}), (A([]), A([])),
        (A([1.0, math.nan]), A([1, math.nan])),
        (A([1.0], np.float32), A([1.0])), (A([1], np.uint8), A([1])),
    ],
)  # fmt: skip
def test_what_is_the_same(got: Any, expected: Any) -> None:
    assert_close(got, expected)


@pytest.mark.parametrize(
    ("got", "expected", "layer", "headline"),
    [
        # type
        (None, 5.0, "type", "Wrong type: expected the number 5.0, got None."),
        ("5", 5.0, "type", "Wrong type: expected the number 5.0, got the text '5'."),
        (True, 1.0, "type", "Wrong type: expected the number 1.0, got the truth value True."),
        (1, True, "type", "Wrong type: expected the truth value True, got the integer 1."),
        (5.0, 5, "type", "Wrong type: expected the integer 5, got the number 5.0."),
        ([1.0], A([1.0]), "type", "Wrong type: expected an array of shape (1,), got a list of 1."),
        (1.0, A([1.0]), "type", "Wrong type: expected an array of shape (1,), got the number 1.0."),
        (A([1.0]), [1.0], "type", "Wrong type: expected a list of 1, got an array of shape (1,)."),
        ([1], (1,), "type", "Wrong type: expected a tuple of 1, got a list of 1."),
        (5, "5", "type", "Wrong type: expected the text '5', got the integer 5."),
        (5, {"a": 5}, "type", "Wrong type: expected a dict of 1, got the integer 5."),
        (0, None, "type", "Wrong type: expected None, got the integer 0."),
        # axes
        (A([1.0, 2.0]), 1.0, "axes",
         "Wrong number of axes: expected a single number, got an array of shape (2,)."),
        (A([[1.0], [2.0]]), A([1.0, 2.0]), "axes",
         "Wrong number of axes: expected an array of shape (2,), got an array of shape (2, 1)."),
        (A(1.0), A([1.0]), "axes",
         "Wrong number of axes: expected an array of shape (1,), got a single number."),
        # shape
        (A([1.0, 2.0]), A([1.0]), "shape", "Wrong shape: expected (1,), got (2,)."),
        ([1, 2], [1], "shape", "Wrong length: expected [1], got [1, 2]."),
        ({"b": 1}, {"a": 1}, "shape", "Wrong keys: expected ['a'], got ['b']."),
        # dtype
        (A([1]), A([1.0]), "dtype", "Wrong dtype: expected float64, got int64."),
        (A([True]), A([1]), "dtype", "Wrong dtype: expected int64, got bool."),
        (A([1j]), A([1.0]), "dtype", "Wrong dtype: expected float64, got complex128."),
        # finite
        (math.nan, 1.0, "finite", "Not a finite number: expected 1.0, got nan."),
        (A([1.0, math.inf]), A([1.0, 2.0]), "finite",
         "Not finite: at [1] expected 2.0, got inf."),
        # values
        (4.0, 5.0, "values", "Wrong value: expected 5.0, got 4.0."),
        (4, 5.0, "values", "Wrong value: expected 5.0, got 4."),
        (-math.inf, math.inf, "values", "Wrong value: expected inf, got -inf."),
        (1.0, math.nan, "values", "Wrong value: expected nan, got 1.0."),
        (False, True, "values", "Wrong value: expected True, got False."),
        ("b", "a", "values", "Wrong answer: expected 'a', got 'b'."),
        (A([1, 2]), A([1, 3]), "values", "Wrong values: at [1] expected 3, got 2."),
        (1 + 1e-6, 1.0, "values", "Wrong value: expected 1.0, got 1.000001."),
        (2**70, 2**71, "values",
         f"Wrong value: expected {2**71}, got {2**70}."),
        (10**400, 10**500, "values",
         "Wrong value: expected an integer of 1,661 bits, got an integer of 1,329 bits."),
        ([1, [2, 3]], [1, [2, 4]], "values", "item 1: item 1: wrong value: expected 4, got 3."),
        ({"a": "x"}, {"a": "y"}, "values", "'a': wrong answer: expected 'y', got 'x'."),
    ],
)  # fmt: skip
def test_the_first_layer_that_differs_is_told(
    got: Any, expected: Any, layer: str, headline: str
) -> None:
    assert told(got, expected)[:2] == [layer, headline]
    with pytest.raises(Mismatch) as met:
        assert_close(got, expected)
    assert str(met.value).splitlines()[0] == headline
    assert met.value.difference.layer == layer


def test_nothing_returned_asks_for_the_return() -> None:
    assert told(None, 1)[2] == "Does every path of the function end in a return?"


def test_one_item_is_told_with_the_whole_if_that_is_short() -> None:
    assert told((1, 2), (1, 3))[1:] == [
        "item 1: wrong value: expected 3, got 2.",
        "Expected (1, 3), got (1, 2).",
    ]
    long = ["x" * 30] * 3
    assert told([*long, 1], [*long, 2])[1:] == ["item 3: wrong value: expected 2, got 1."]
    assert told([1] * 30, [1] * 20)[1] == "Wrong length: expected 20 items, got 30."


def test_small_arrays_stand_side_by_side_with_marks() -> None:
    assert told(A([[1.0, 2.0], [3.0, 4.5]]), A([[1.0, 2.0], [3.0, 4.0]])) == [
        "values",
        "Wrong values: at [1, 1] expected 4.0, got 4.5.",
        "1 of 4 entries differ (marked >):",
        "expected    got",
        " 1.0  2.0    1.0  2.0",
        " 3.0 >4.0    3.0 >4.5",
    ]


def test_wide_arrays_stand_one_below_the_other() -> None:
    got, expected = np.full((1, 8), 0.123456789), np.full((1, 8), 0.123456788)
    lines = told(got, expected, rtol=0.0, atol=0.0)
    assert lines[3] == "expected"
    assert lines[5] == "got"
    assert lines[4].count(">0.123456788") == lines[6].count(">0.123456789") == 8


def test_large_arrays_name_the_five_worst_entries() -> None:
    expected = np.zeros((3, 9))
    got = expected.copy()
    for size, place in enumerate([(0, 1), (2, 8), (1, 1), (1, 2), (0, 0), (2, 2)], 1):
        got[place] = size
    got[0, 3] = math.nan
    lines = told(got, expected)
    assert lines[0] == "finite"
    assert lines[1] == "Not finite: at [0, 3] expected 0.0, got nan."
    assert lines[2] == (
        "7 of 27 entries differ; worst (expected→got) [0, 3] 0.0→nan, [2, 2] 0.0→6.0, "
        "[0, 0] 0.0→5.0, [1, 2] 0.0→4.0, [1, 1] 0.0→3.0."
    )
    assert len(lines) == 3
    assert told(np.ones((2, 2, 2)), np.zeros((2, 2, 2)))[2].startswith("8 of 8 entries differ; w")


def test_numbers_have_just_enough_digits() -> None:
    assert told(1 / 3 + 1e-6, 1 / 3)[1] == "Wrong value: expected 0.33333333, got 0.33333433."
    assert told(0.1 + 0.2, 0.3, rtol=0.0, atol=0.0)[1] == (
        "Wrong value: expected 0.3, got 0.30000000000000004."
    )
    assert told(np.float32(0.1), np.float32(0.2))[1] == "Wrong value: expected 0.2, got 0.1."
    assert told(1 + 2j, 1 + 3j)[1] == "Wrong value: expected 1+3j, got 1+2j."


def test_arrays_of_integers_that_no_dtype_holds() -> None:
    got, expected = A([2**70, 1]), A([2**70, 2])
    assert told(got, expected)[1] == "Wrong values: at [1] expected 2, got 1."
    many = np.full(20, 2**70)
    assert told(many, many + 1)[2] == "20 of 20 entries differ."


@pytest.mark.parametrize(
    ("got", "expected", "terms"),
    [
        ("float64", "float64", (1e-7, 1e-9)),
        ("float32", "float64", (1e-4, 1e-5)),
        ("float64", "float16", (1e-2, 1e-3)),
        ("complex64", "complex128", (1e-4, 1e-5)),
        ("int64", "int64", (0.0, 0.0)),
        ("int64", "float64", (8 * 2.0**-52, 8 * 2.0**-52)),
        ("longdouble", "longdouble", (1e-7, 1e-9)),
    ],
)
def test_tolerances_follow_the_less_precise(
    got: str, expected: str, terms: tuple[float, float]
) -> None:
    assert tolerance(np.zeros(1, got), np.zeros(1, expected)) == terms


def test_an_integer_may_not_be_rounded_into_place() -> None:
    assert difference(1000, np.float32(1000.01)) is not None
    assert difference(10**9 + 1, 1e9) is not None


def test_terms_that_are_asked_for() -> None:
    assert difference(1.1, 1.0, atol=0.2) is None
    assert difference(1.1, 1.0, rtol=0.2) is None
    assert difference([1.1, A([2.2])], [1.0, A([2.0])], rtol=0.2) is None
    assert difference(A([1.0]), A([1.0]), dtype="float64") is None
    assert told(A([1.0]), A([1.0]), dtype=np.float32)[1] == (
        "Wrong dtype: expected float32, got float64."
    )
    assert told({"a": A([1])}, {"a": A([1.0])}, dtype="float64")[1] == (
        "'a': wrong dtype: expected float64, got int64."
    )


def test_kinds_may_be_left_out() -> None:
    assert difference(5, 5.0, kinds=False) is None
    assert difference(True, 1, kinds=False) is None
    assert difference(A([1]), A([1.0]), kinds=False) is None
    assert told(4.0, 5, kinds=False)[1] == "Wrong value: expected 5, got 4.0."


@needs.torch
def test_tensors() -> None:
    one = torch.tensor([1.0, 2.0])
    assert_close(one, torch.tensor([1.0, 2.00001]))
    assert_close(one.double(), one)
    assert_close(torch.nn.Parameter(one), one)
    assert_close(torch.tensor([1.0], dtype=torch.bfloat16), torch.tensor([1.004]))
    assert_close(one, one, dtype=torch.float32)
    assert_close(tuple(one.shape), (2,))
    assert told(one.double(), one, dtype=torch.float32)[1] == (
        "Wrong dtype: expected float32, got float64."
    )
    assert told(A([1.0, 2.0]), one)[1] == (
        "Wrong type: expected a tensor of shape (2,), got an array of shape (2,)."
    )
    assert told(one, A([1.0, 2.0]))[1] == (
        "Wrong type: expected an array of shape (2,), got a tensor of shape (2,)."
    )
    assert told(one, one[None])[1] == (
        "Wrong number of axes: expected a tensor of shape (1, 2), got a tensor of shape (2,)."
    )
    assert told(one + 1, one)[1:] == [
        "Wrong values: at [0] expected 1.0, got 2.0.",
        "2 of 2 entries differ (marked >):",
        "expected    got",
        ">1.0 >2.0   >2.0 >3.0",
    ]
    assert told(one > 1, one)[1] == "Wrong dtype: expected float32, got bool."


numbers = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.bool_, np.complex128]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=9),
)


@given(numbers)
def test_fuzz_every_array_is_close_to_itself(array: Any) -> None:
    assert difference(array, array.copy()) is None


@given(numbers, numbers)
def test_fuzz_a_message_is_short(got: Any, expected: Any) -> None:
    found = difference(got, expected)
    if found is not None:
        lines = str(found).splitlines()
        assert len(lines) <= 2 + 2 * 8 + 2
        assert len(found.headline) <= 200
        assert found.layer in ("type", "axes", "shape", "dtype", "finite", "values")


@pytest.mark.parametrize(
    ("got", "expected", "terms", "lines"),
    [
        (A([1, 2]), A([1.0, 2.5]), {}, [
            "Wrong dtype: expected float64, got int64.",
            "Wrong values, too (marked >): at [1] expected 2.5, got 2.",
            "expected    got",
            " 1.0 >2.5    1 >2",
        ]),
        (A([1.0, 2.0], np.float32), A([1.0, 3.0]), {"dtype": np.float64}, [
            "Wrong dtype: expected float64, got float32.",
            "Wrong values, too (marked >): at [1] expected 3.0, got 2.0.",
            "expected    got",
            " 1.0 >3.0    1.0 >2.0",
        ]),
        (A(2.0, np.float32), A(math.inf), {"dtype": np.float64}, [
            "Wrong dtype: expected float64, got float32.",
            "Wrong value, too: expected inf, got 2.0.",
        ]),
        (A([[1]] * 9), A([[0.0]] * 9), {}, [
            "Wrong dtype: expected float64, got int64.",
            "Wrong values, too: at [0, 0] expected 0.0, got 1.",
        ]),
        (A([1]), A([1.0]), {}, ["Wrong dtype: expected float64, got int64."]),
    ],
)  # fmt: skip
def test_a_wrong_dtype_and_wrong_values_are_both_told(
    got: Any, expected: Any, terms: dict[str, Any], lines: list[str]
) -> None:
    found = difference(got, expected, **terms)
    assert found is not None
    assert (found.layer, str(found).splitlines()) == ("dtype", lines)


@pytest.mark.parametrize(
    ("got", "expected", "terms", "headline"),
    [
        (A(5.0), A(5), {}, "Wrong type: expected the integer 5, got the number 5.0."),
        (np.float32(0.1), 0.1, {"rtol": 0.0, "atol": 0.0},
         "Wrong value: expected 0.1, got 0.10000000149011612."),
        ({"0": 1}, {0: 1}, {}, "Wrong keys: expected [0], got ['0']."),
        (dict.fromkeys(range(30), 1), dict.fromkeys(range(1, 31), 1), {},
         "Wrong keys: [30] is missing, [0] is too many."),
        ("a" * 70 + "b" + "a" * 30, "a" * 70 + "c" + "a" * 30, {},
         f"Wrong answer: expected … '{'a' * 20}c{'a' * 19}' … at 70, "
         f"got … '{'a' * 20}b{'a' * 19}' … at 70."),
        (np.float32, np.dtype("float32"), {},
         "Wrong type: expected a Float32DType dtype('float32'), "
         "got a type <class 'numpy.float32'>."),
    ],
)  # fmt: skip
def test_what_looks_alike_is_told_apart(
    got: Any, expected: Any, terms: dict[str, Any], headline: str
) -> None:
    found = difference(got, expected, **terms)
    assert found is not None
    assert found.headline == headline


def test_a_whole_that_looks_the_same_is_left_out() -> None:
    found = difference([np.float64(0.1)], [0.1 + 1e-12], rtol=0.0, atol=0.0)
    assert found is not None
    assert (found.headline, found.detail) == (
        "item 0: wrong value: expected 0.100000000001, got 0.1.", "",
    )  # fmt: skip


@needs.torch
def test_tensors_without_axes_are_told_apart() -> None:
    five = torch.tensor(5.0)
    for got, expected, terms, headline in (
        (five, torch.tensor(5), {}, "Wrong type: expected the integer 5, got the number 5.0."),
        (five.double(), five, {"dtype": torch.float32},
         "Wrong dtype: expected float32, got float64."),
        (five.bfloat16()[None], torch.tensor([5]), {},
         "Wrong dtype: expected int64, got bfloat16."),
    ):  # fmt: skip
        found = difference(got, expected, **terms)
        assert found is not None
        assert found.headline == headline


@pytest.mark.parametrize(
    ("got", "expected", "lines"),
    [
        (A(["a", "b"]), A(["a", "c"]), ["values", "Wrong values: at [1] expected 'c', got 'b'."]),
        (A(["a"]), A(["a", "c"]), ["shape", "Wrong shape: expected (2,), got (1,)."]),
        (A([1, 2]), A(["a", "c"]), ["dtype", "Wrong dtype: expected text, got int64."]),
        (A(["1", "2"]), A([1, 2]), ["dtype", "Wrong dtype: expected int64, got text."]),
        (A([b"a"]), A(["a"]), ["dtype", "Wrong dtype: expected text, got bytes."]),
        (A("a"), 1.0, ["type", "Wrong type: expected the number 1.0, got the text 'a'."]),
        (np.str_("b"), "a", ["values", "Wrong answer: expected 'a', got 'b'."]),
        (np.str_("a"), b"a", ["type", "Wrong type: expected a bytes b'a', got the text 'a'."]),
    ],
)
@pytest.mark.parametrize("kinds", [True, False])
def test_text_is_told_apart(got: Any, expected: Any, lines: list[str], kinds: bool) -> None:
    assert told(got, expected, kinds=kinds)[:2] == lines


def test_many_texts_are_counted() -> None:
    got, expected = A(["a"] * 20), A(["a"] * 18 + ["b"] * 2)
    assert told(got, expected)[2] == "2 of 20 entries differ."
