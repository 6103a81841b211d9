"""Two answers have one content only where nothing that is compared tells them apart."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
import torch

from grader.judge.diagnosis.contents import Told, content_of


def _told(value: Any, error: str = "", warnings: tuple[str, ...] = ()) -> Told:
    return Told(value, error, (), frozenset(warnings))


_VALUES: list[Any] = [
    *(None, True, 1, 1.0, -0.0, 0.0, 1j, "1", b"1", float("inf")),
    *([], (), {}, [1], (1,), [[1]], [1, 1], {"a": 1}, {"a": 2}, {"b": 1}, [1, [2]], [[1], 2]),
    *(np.float32(1), np.float64(1), np.int64(1), np.array(1.0)),
    *(np.zeros(2), np.zeros(4), np.zeros((2, 2)), np.zeros((4, 1)), np.array([0.0, -0.0])),
    *(np.zeros(2, np.float32), np.zeros(2, ">f8"), np.zeros(2, bool)),
    *(torch.zeros(2), torch.zeros(2, dtype=torch.float64), torch.zeros(2, requires_grad=True)),
    *(torch.ones(2), torch.zeros(1, 2)),
]


def test_what_differs_has_another_content() -> None:
    contents = [content_of(_told(value)) for value in _VALUES]
    assert None not in contents
    same = [
        (a, b)
        for (a, one), (b, two) in combinations(zip(_VALUES, contents, strict=True), 2)
        if one == two
    ]
    assert same == []


def test_what_is_made_twice_has_one_content() -> None:
    for make in (
        lambda: np.arange(3.0),
        lambda: torch.arange(3.0),
        lambda: [1, {"a": (2.0, None)}],
    ):
        assert content_of(_told(make())) == content_of(_told(make()))


def test_errors_warnings_and_changed_arguments_belong_to_it() -> None:
    answers = [
        _told(None),
        _told(None, "ValueError"),
        _told(None, "TypeError"),
        _told(None, warnings=("overflow",)),
        Told(None, "", (np.zeros(2),), frozenset()),
        Told(None, "", (np.ones(2),), frozenset()),
    ]
    assert len({content_of(told) for told in answers}) == len(answers)


@pytest.mark.parametrize(
    "value",
    [
        np.array([object()]),
        np.zeros(1 << 14),
        object(),
        torch.zeros(2, dtype=torch.bfloat16),
        torch.zeros(2, 2).to_sparse(),
        10**5000,
    ],
    ids=["objects", "large", "any object", "bfloat16", "sparse", "long"],
)
def test_what_has_no_digest_has_no_content(value: Any) -> None:
    assert content_of(_told(value)) is None


def test_a_list_in_itself_has_no_content() -> None:
    value: list[Any] = []
    value.append(value)
    assert content_of(_told(value)) is None
