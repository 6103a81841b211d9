"""What NumPy says of vectors, matrices and shapes, for the arithmetic of the visualizers."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np

Case = dict[str, Any]
Array = np.ndarray[Any, Any]

_TARGETS = [(6,), (3, 2), (2, 3), (12,), (4, 3), (2, 2, 3), (24,), (6, 1), (4, 6), (8, 3)]


def cases() -> list[Case]:
    """Calls of the functions in grader/web/lessons/widgets/src, each with NumPy's answer."""
    rng = np.random.default_rng(2)
    return [_plain(case) for case in [*_vectors(rng), *_matrices(rng), *_shapes(), *_printed()]]


def _case(module: str, name: str, args: list[Any], expected: Any, *path: str) -> Case:
    return {"module": module, "name": name, "args": args, "expected": expected, "path": list(path)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return _plain(value.tolist())
    return "inf" if value == math.inf else value


def _vectors(rng: np.random.Generator) -> list[Case]:
    found = []
    pairs: list[Array] = [np.round(rng.normal(size=(2, n)) * 3, 3) for n in (2, 2, 2, 3, 5)]
    pairs.append(np.array([[3e-200, 4e-200], [1e200, 1e200]]))
    for pair in pairs:
        a: Array = pair[0]
        b: Array = pair[1]
        tiny = np.abs(a).max() < 1e-100
        both = [a, b]
        # NumPy squares first: the length is worked out from numbers that it can square.
        size = 1e-200 if tiny else 1.0
        length = np.linalg.norm(a / size) * size
        found += [
            _case("vectors", "norm", [a], length),
            _case("vectors", "sumNorm", [a], np.abs(a).sum()),
            _case("vectors", "maxNorm", [a], np.abs(a).max()),
            _case("vectors", "unit", [a], a / length),
        ]
        if tiny:
            continue
        cosine = a @ b / (np.linalg.norm(a) * np.linalg.norm(b))
        found += [
            _case("vectors", "add", both, a + b),
            _case("vectors", "subtract", both, a - b),
            _case("vectors", "scale", [-1.5, a], -1.5 * a),
            _case("vectors", "dot", both, a @ b),
            _case("vectors", "cosine", both, cosine),
            _case("vectors", "angle", both, np.arccos(cosine)),
            _case("vectors", "project", both, a @ b / (b @ b) * b),
            _case("vectors", "update", [a, b, 0.1], a + 0.1 * b),
        ]
        if len(a) == 2:
            z = complex(*a)
            turned = z * np.exp(0.7j)
            found += [
                _case("vectors", "heading", [a], np.angle(z)),
                _case("vectors", "turn", [a, 0.7], [turned.real, turned.imag]),
            ]
    return found


def _matrices(rng: np.random.Generator) -> list[Case]:
    found = []
    kinds: list[Any] = [
        np.eye(2),
        np.zeros((2, 2)),
        [[1, 2], [2, 4]],
        [[0, -1], [1, 0]],
        [[1, 1], [0, 1]],
    ]
    squares: list[Array] = [*map(np.array, kinds), *np.round(rng.normal(size=(6, 2, 2)) * 2, 3)]
    for A in squares:
        values = np.linalg.svd(A, compute_uv=False)
        singular = values[1] <= 1e-12 * values[0] or values[0] == 0
        found += [
            _case("matrices", "determinant", [A], A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0]),
            _case("matrices", "singular", [A], values, "values"),
            _case("matrices", "condition", [A], math.inf if singular else values[0] / values[1]),
            _case("matrices", "rank", [A], np.linalg.matrix_rank(A)),
            _case("matrices", "between", [A, 0.3], 0.7 * np.eye(2) + 0.3 * A),
        ]
        eigen = np.linalg.eigvals(A)
        if np.abs(eigen.imag).max() > 1e-6:
            found.append(_case("matrices", "eigen", [A], []))
        elif abs(eigen[0] - eigen[1]) > 1e-6:
            large, small = sorted(eigen.real, reverse=True)
            found.append(_case("matrices", "eigen", [A], large, "0", "value"))
            found.append(_case("matrices", "eigen", [A], small, "1", "value"))
    for m, k, n in [(1, 1, 1), (2, 3, 2), (4, 3, 2), (6, 6, 6), (1, 4, 1), (3, 1, 3)]:
        A, B = rng.integers(-5, 6, (m, k)), rng.integers(-5, 6, (k, n))
        found += [
            _case("matrices", "matmul", [A, B], A @ B),
            _case("matrices", "transpose", [A], A.T),
            _case("matrices", "matvec", [A, B[:, 0]], A @ B[:, 0]),
            _case("matrices", "addRow", [A, A[0]], A + A[0]),
            _case("matrices", "matmul", [A, np.ones((k + 1, 2))], None),
        ]
        for reading in ("dot", "columns", "samples", "outer"):
            frames = _frames(reading, m, k, n)
            found.append(_case("matrices", "frames", [reading, m, k, n], frames))
            found.append(_case("matrices", "partial", [A, B, frames, len(frames)], A @ B, "sums"))
    for z in (-800.0, -2.0, 0.0, 0.5, 30.0):
        found.append(_case("matrices", "sigmoid", [z], 0.5 * (1 + np.tanh(z / 2))))
        found.append(_case("matrices", "relu", [z], max(z, 0.0)))
    first, up, last = (
        np.array(A) for A in ([[1, 2], [0, 1]], [[1, 0], [0.5, 1]], [[1, -1], [0, 1]])
    )
    found.append(_case("matrices", "shears", [[2, 0.5, -1]], last @ up @ first))
    return found


def _frames(reading: str, m: int, k: int, n: int) -> list[dict[str, Any]]:
    rows, columns = list(range(m)), list(range(n))
    groups = {
        "dot": [([i], [j]) for i in rows for j in columns],
        "columns": [(rows, [j]) for j in columns],
        "samples": [([i], columns) for i in rows],
        "outer": [(rows, columns)],
    }[reading]
    return [{"rows": r, "columns": c, "inner": p} for r, c in groups for p in range(k)]


def _shapes() -> list[Case]:
    found = []
    small: list[tuple[int, ...]] = [(), (1,), (3,), (4, 3), (4, 1), (1, 3), (2, 1, 3), (4,)]
    for left, right in itertools.product(small, small):
        try:
            result: Any = np.broadcast_shapes(left, right)
        except ValueError:
            result = None
        found.append(_case("shapes", "broadcast", [left, right], result, "result"))
    for shape in [(6,), (2, 3), (3, 4), (2, 3, 4), (1, 6), (6, 1)]:
        array = np.arange(math.prod(shape), dtype=np.int8).reshape(shape)
        found.append(_case("shapes", "stridesOf", [shape], array.strides))
        flipped = array.T
        found.append(_case("shapes", "walk", [flipped.shape, flipped.strides], flipped.ravel()))
        both = [flipped.shape, flipped.strides]
        found.append(_case("shapes", "contiguous", both, _same_order(flipped)))
        for target in _TARGETS:
            if math.prod(target) != array.size:
                continue
            try:
                view = np.reshape(flipped, target, copy=False)
                walked = view.ravel()
            except ValueError:
                found.append(_case("shapes", "viewStrides", [*both, target], None))
                continue
            # Axes of size 1 have any stride: what the strides read is compared.
            assert np.array_equal(walked, flipped.ravel())
            if 1 not in target:
                found.append(_case("shapes", "viewStrides", [*both, target], view.strides))
    for open_shape in [(-1,), (2, -1), (-1, 4), (2, 3), (5, 2), (-1, -1)]:
        try:
            solved: Any = np.zeros(6).reshape(open_shape).shape
        except ValueError:
            solved = None
        found.append(_case("shapes", "solve", [open_shape, 6], solved))
    return found


def _same_order(array: Array) -> bool:
    return bool(np.array_equal(array.ravel(), np.arange(array.size)))


def _printed() -> list[Case]:
    """float32 with the fewest digits that give it back, as NumPy prints it."""
    numbers = [0.1, 0.6, 1 / 3, 5.0, -2.236068, 12.75, 0.7071067811865476]
    numbers += [i / 7 for i in range(1, 15)]
    return [
        _case("vector", "shortest", [x], np.format_float_positional(np.float32(x), trim="-"))
        for x in numbers
    ]
