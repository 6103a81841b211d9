"""From the call in a message to a visualizer with its inputs."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest

from grader.web.lessons.inputs import address, pictures


@pytest.mark.parametrize(
    ("call", "visualizer", "mode", "state"),
    [
        ("magnitude(np.array([3.0, -4.0]))", "vector", "length", {"a": [3.0, -4.0]}),
        ("add(np.array([1, 2]), [3, 4])", "vector", "add", {"a": [1, 2], "b": [3, 4]}),
        ("angle(np.array([1., 0.]), b=np.array([0., 2.], dtype=np.float32))", "dot", "dot",
         {"a": [1.0, 0.0], "b": [0.0, 2.0]}),
        ("matvec_rows(np.array([[1., 1.], [0., 1.]]), np.array([1., 2.]))", "warp", "warp",
         {"W": [[1.0, 1.0], [0.0, 1.0]], "x": [1.0, 2.0]}),
        ("matvec_rows(np.array([[1, 2, 3]]), np.array([4, 5, 6]))", "matmul", "rows",
         {"A": [[1, 2, 3]], "x": [4, 5, 6]}),
        ("contribution(np.array([[1, 2]]), np.array([3, 4]), 1)", "matmul", "columns",
         {"A": [[1, 2]], "x": [3, 4]}),
        ("unit_vector(np.array([1.0, 2.0, 2.0]))", "vector", "unit", {"a": [1.0, 2.0, 2.0]}),
        ("magnitude_torch(torch.tensor([3.0, 4.0]))", "vector", "length", {"a": [3.0, 4.0]}),
        ("projection(np.array([1, 2]), np.array([3, 0]))", "dot", "dot",
         {"a": [1, 2], "b": [3, 0]}),
        ("pre_activation(np.array([1, 2]), np.array([3, 4]), b=-0.5)", "dot", "neuron",
         {"w": [1, 2], "X": [[3, 4]], "bias": -0.5}),
        ("pre_activation(np.array([[1, 2], [3, 4]]), np.array([5, 6]), 1)", "matmul", "rows",
         {"A": [[1, 2], [3, 4]], "x": [5, 6]}),
        ("update(np.array([1, 2]), np.array([3, 4]), 0.5)", "dot", "neuron",
         {"w": [1, 2], "X": [[3, 4]], "eta": 0.5}),
        ("compare_orders(np.array([[1, 1], [0, 1]]), np.array([[0, -1], [1, 0]]))", "warp",
         "compose", {"A": [[1, 1], [0, 1]], "W": [[0, -1], [1, 0]]}),
        ("contiguous_strides((2, 3))", "reshape", "transpose", {"shape": [2, 3]}),
        ("broadcast_shape((4, 3), (3,))", "broadcast", "shapes", {"left": [4, 3], "right": [3]}),
        ("transpose(np.array([[1, 2, 3], [4, 5, 6]]))", "reshape", "transpose", {"shape": [2, 3]}),
    ],
)  # fmt: skip
def test_a_call_that_fits_is_shown(
    call: str, visualizer: str, mode: str, state: dict[str, object]
) -> None:
    (found,) = pictures(f"Wrong value: expected 5, got 7.\nCall: {call}\nmore")
    assert (found.call, found.visualizer, found.mode, found.state) == (
        call,
        visualizer,
        mode,
        state,
    )


@pytest.mark.parametrize(
    "call",
    [
        "magnitude(np.array([1.0, 2, 3, 4]))", "magnitude(np.array([nan, 1.0]))", "magnitude()",
        "contiguous_strides((2, 3), 8)", "contiguous_strides((2, 3, 4))", "update([1, 2], [3, 4])",
        "magnitude(np.ones(2))", "magnitude(__import__('os').system('x'))", "magnitude([1, [2]])",
        "magnitude(np.array([1, …]))", "other(np.array([1, 2]))", "magnitude(np.array([True, 1]))",
        "matmul(np.array([[1, 2], [3]]), np.array([[1]]))", "x.magnitude(np.array([1, 2]))",
        "matvec_rows(np.array([[1, 2]]), 5)", "magnitude(" + "(" * 500 + ")" * 500 + ")",
    ],
)  # fmt: skip
def test_what_fits_no_picture_is_left_out(call: str) -> None:
    assert pictures(f"Call: {call}") == []


def test_the_address_holds_the_state_as_the_page_reads_it() -> None:
    fragment = address("warp2", {"W": [[1, 2], [3, 4]], "mode": "warp"})
    held = parse_qs(fragment.removeprefix("#"))
    assert json.loads(held["warp2"][0]) == {"W": [[1, 2], [3, 4]], "mode": "warp"}
