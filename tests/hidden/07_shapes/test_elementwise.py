"""Combining arrays entry by entry, and which outputs depend on which input."""

import itertools

import numpy as np
import pytest

from grader import assert_close, awkward

SHAPES = ((3,), (2, 3), (3, 3), (4, 1), (2, 3, 2))
EDGES = (*SHAPES, (), (0, 3))
UNEQUAL = (
    ((2, 3), (3, 2)),
    ((2, 3), (3,)),
    ((3, 3), (3,)),
    ((3,), (3, 1)),
    ((4, 2), (4, 1)),
    ((1, 2), (4, 2)),
    ((4, 2), (1,)),
    ((2, 3), (6,)),
    ((2, 3), (1, 2, 3)),
)
# Functions in which no output listens to a neighbour; every step of them rounds in one way.
LOCAL = (
    "lambda Z: 2 * Z - 1",
    "lambda Z: np.where(Z > 0, Z, 0.0)",
    "lambda Z: Z * Z + Z",
    "lambda Z: Z / (1 + abs(Z))",
    "lambda Z: Z",
)
MIXING = (
    "lambda Z: Z @ np.array([[1.0, 2.0, -1.0], [0.0, 1.0, 3.0], [2.0, 0.0, 1.0]])",
    "lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)",
    "lambda Z: Z - Z.mean(axis=0)",
    "lambda Z: np.cumsum(Z, axis=1)",  # the last column reaches only itself
    "lambda Z: Z * Z[0, 0]",
    "lambda Z: Z + Z[0, 2]",
    "lambda Z: np.cumsum(Z[::-1], axis=0)[::-1]",  # and here the first row
    "lambda Z: Z + Z[1, 2]",
    "lambda Z: Z[::-1]",  # one output for each input, in another place
    "lambda Z: np.roll(Z, 1, axis=1)",
    "lambda Z: Z * Z.shape[0] + Z.sum()",
)
RESHAPING = (
    "lambda Z: Z.T",
    "lambda Z: Z.reshape(-1)",
    "lambda Z: Z.sum(axis=0)",
    "lambda Z: Z[:, :2]",
    "lambda Z: Z[None]",
    "lambda Z: np.zeros(())",
)


def entry_by_entry(operation, A, B):
    """The definition: one operation for each place."""
    result = np.zeros(A.shape)
    for place in itertools.product(*map(range, A.shape)):
        result[place] = operation(float(A[place]), float(B[place]))
    return result


def only(shape, *places):
    """An array of truth values that is True at these places alone."""
    result = np.zeros(shape, dtype=bool)
    for place in places:
        result[place] = True
    return result


def same_entries(got, expected):
    """Compare values and shape; integers may have stayed integers."""
    assert_close(got, expected, dtype=getattr(got, "dtype", None))


def test_entries_are_added(student, rng):
    """The sum adds the entries at the same place, for any number of axes."""
    A, B = np.array([[1.0, -2.0], [0.5, 4.0]]), np.array([[10.0, 0.25], [-3.5, 4.0]])
    assert_close(student.elementwise_sum(A, B), np.array([[11.0, -1.75], [-3.0, 8.0]]))
    same_entries(
        student.elementwise_sum(np.array([[3, -4, 1]]), np.array([[2, 0, 7]])),
        np.array([[5.0, -4.0, 8.0]]),
    )
    for shape in EDGES:
        A, B = (awkward(np.asarray(v)) for v in rng.normal(scale=10.0, size=(2, *shape)))
        expected = entry_by_entry(lambda a, b: a + b, A, B)
        assert_close(student.elementwise_sum(A, B), expected)
        single = student.elementwise_sum(A.astype(np.float32), B.astype(np.float32))
        assert_close(single, expected, rtol=1e-4, atol=1e-4)


def test_entries_are_multiplied(student, rng):
    """The product multiplies the entries at the same place; it is not the matrix product."""
    A, B = np.array([[1.0, -2.0], [0.5, 4.0]]), np.array([[10.0, 0.25], [-4.0, 0.5]])
    assert_close(student.elementwise_product(A, B), np.array([[10.0, -0.5], [-2.0, 2.0]]))
    same_entries(
        student.elementwise_product(np.array([3, -4, 1]), np.array([2, 0, 7])),
        np.array([6.0, 0.0, 7.0]),
    )
    for shape in EDGES:
        A, B = rng.normal(scale=10.0, size=(2, *shape))
        dtype, close = np.float64, {}
        if shape == (3, 3):
            dtype, close = np.float32, {"rtol": 1e-5, "atol": 1e-5}
        A, B = (awkward(np.asarray(v, dtype=dtype)) for v in (A, B))
        expected = entry_by_entry(lambda a, b: a * b, A, B)
        assert_close(student.elementwise_product(A, B), expected, **close)


def test_shapes_must_be_equal(student):
    """Arrays of different shapes have no element-wise sum or product here: raise ValueError."""
    for a, b in UNEQUAL:
        for function in (student.elementwise_sum, student.elementwise_product):
            for first, second in ((a, b), (b, a)):
                with pytest.raises(ValueError):
                    function(np.ones(first), np.ones(second))


def test_local_function_changes_one_output(student, rng):
    """An element-wise function changes the output at the changed place, or none, but no other."""
    double = student.source("lambda Z: 2 * Z")
    X = np.array([[1, -1, 3], [4, 5, -6]])
    assert_close(student.changed_outputs(double, X, (1, 2)), only((2, 3), (1, 2)))
    assert_close(student.changed_outputs(double, X, (1, 0), 0.25), only((2, 3), (1, 0)))
    relu = student.source("lambda Z: np.maximum(0, Z)")
    assert_close(student.changed_outputs(relu, X, (0, 0)), only((2, 3), (0, 0)))
    assert_close(student.changed_outputs(relu, X, (0, 1)), only((2, 3)))  # silent before and after
    assert_close(student.changed_outputs(relu, X, (0, 1), 2.5), only((2, 3), (0, 1)))
    assert_close(student.changed_outputs(relu, X, (0, 0), -0.5), only((2, 3), (0, 0)))
    pixels = np.array([[100, -3]], dtype=np.int8)  # as floats, 100 * 100 does not wrap round
    square = student.source("lambda Z: Z * Z")
    assert_close(student.changed_outputs(square, pixels, (0, 1)), only((1, 2), (0, 1)))
    pixels = np.array([[0, 16]], dtype=np.uint8)  # 16 * 16 and 32 * 32 are not both 0
    assert_close(student.changed_outputs(square, pixels, (0, 1), 16.0), only((1, 2), (0, 1)))
    assert_close(student.changed_outputs(square, np.array(3.0), ()), np.array(True))
    large = np.array([[1e6, -3.0]])  # close is not equal
    assert_close(student.changed_outputs(double, large, (0, 0)), only((1, 2), (0, 0)))
    unchanged = student.source("lambda Z: Z")  # its result is the very array that it was given
    for shape in SHAPES:
        X = awkward(rng.normal(size=shape).astype(np.float32 if shape == (3, 3) else float))
        place = tuple(int(n) - 1 for n in shape)
        for function in (double, unchanged):
            assert_close(student.changed_outputs(function, X, place), only(shape, place))


def test_matmul_changes_one_row(student, rng):
    """X @ W may change in the whole row of the changed entry, and in no other row."""
    W = "np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])"
    layer = student.source(f"lambda X: X @ {W}")
    X = rng.integers(-9, 10, size=(4, 3)).astype(float)
    X.flags.writeable = False
    assert_close(student.changed_outputs(layer, X, (2, 0)), only((4, 2), (2, 0), (2, 1)))
    assert_close(student.changed_outputs(layer, X, (0, 2)), only((4, 2), (0, 0), (0, 1)))
    assert_close(student.changed_outputs(layer, X, (3, 1)), only((4, 2), (3, 1)))  # a weight of 0
    turned = student.source("lambda X: X.T")
    assert_close(student.changed_outputs(turned, X, (1, 2)), only((3, 4), (2, 1)))
    total = student.source("lambda X: X.sum()")
    assert_close(student.changed_outputs(total, X, (1, 2)), np.array(True))
    column_mean = student.source("lambda X: X - X.mean(axis=0)")
    expected = only((4, 3), (0, 1), (1, 1), (2, 1), (3, 1))
    assert_close(student.changed_outputs(column_mean, X, (3, 1), 4.0), expected)


def test_locality_holds_at_every_place(student):
    """A function is local only if no entry, tried one after the other, reaches another place."""
    X = awkward(np.array([[0.5, -2.0, 1.5], [2.0, 1.0, -0.5], [-1.5, 0.25, 3.0]]))
    for text in LOCAL:
        assert_close(student.is_local(student.source(text), X), True)
    biased = student.source("lambda Z: Z + np.array([10.0, 20.0, 30.0])")
    assert_close(student.is_local(biased, np.array([[1, -2, 3], [4, 5, -6]])), True)
    for text in MIXING:
        assert_close(student.is_local(student.source(text), X), False)
    single = X[:2].astype(np.float32)
    for text in RESHAPING:
        assert_close(student.is_local(student.source(text), single), False)
    deep = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    running = student.source("lambda Z: np.cumsum(Z, axis=-1)")
    assert_close(student.is_local(running, deep), False)
    double = student.source("lambda Z: 2 * Z")
    for Z in (deep, np.array(2.0), np.zeros((0, 3))):
        assert_close(student.is_local(double, Z), True)


def test_torch_sum(student, torch, rng):
    """The PyTorch sum follows the same rules, errors included."""
    for shape in EDGES:
        A, B = rng.normal(size=(2, *shape)).astype(np.float32)
        dtype = torch.float64 if shape == (3, 3) else torch.float32
        given = (awkward(torch.tensor(v, dtype=dtype)) for v in (A, B))
        got = student.elementwise_sum_torch(*given)
        expected = entry_by_entry(lambda a, b: a + b, A, B)
        assert_close(got, torch.tensor(expected).float())
    for a, b in UNEQUAL:
        with pytest.raises(ValueError):
            student.elementwise_sum_torch(torch.ones(a), torch.ones(b))


def test_torch_changes(student, torch, rng):
    """The PyTorch probe tells the same: one output for exp, one row for a layer, and no view."""
    X = awkward(torch.tensor(rng.integers(-3, 4, size=(4, 3))).float())
    exp = student.source("lambda Z: torch.exp(Z)")
    got = student.changed_outputs_torch(exp, X, (3, 0))
    assert_close(got, torch.tensor(only((4, 3), (3, 0))))
    relu = student.source("lambda Z: torch.relu(Z)")
    pair = torch.tensor([-1.0, 2.0])
    assert_close(student.changed_outputs_torch(relu, pair, (0,)), torch.tensor(only((2,))))
    got = student.changed_outputs_torch(relu, pair, (0,), 1.5)
    assert_close(got, torch.tensor(only((2,), (0,))))
    got = student.changed_outputs_torch(relu, torch.tensor([-1.0, 1e6]).double(), (1,))
    assert_close(got, torch.tensor(only((2,), (1,))))
    got = student.changed_outputs_torch(relu, torch.tensor(2.0), ())
    assert_close(got, torch.tensor(True))
    layer = student.source("lambda X: X @ torch.tensor([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])")
    got = student.changed_outputs_torch(layer, X, (2, 0))
    assert_close(got, torch.tensor(only((4, 2), (2, 0), (2, 1))))
    got = student.changed_outputs_torch(layer, X, (1, 1), -0.5)
    assert_close(got, torch.tensor(only((4, 2), (1, 1))))
    turned = student.source("lambda X: X.T")
    got = student.changed_outputs_torch(turned, X, (1, 2))
    assert_close(got, torch.tensor(only((3, 4), (2, 1))))
