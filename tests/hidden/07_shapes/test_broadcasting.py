"""Predicting shapes, adding along an axis, a loss, layer norm, and rows that are not copied."""

import itertools
import math
import statistics

import numpy as np
import pytest

from grader import assert_close, awkward

# The four rows of the lesson's table that fit, and others.
FITTING = (
    ((4, 2), (4, 2), (4, 2)),
    ((4, 2), (2,), (4, 2)),
    ((3, 3), (3, 1), (3, 3)),
    ((1,), (4, 2), (4, 2)),
    ((), (5,), (5,)),
    ((), (), ()),
    ((3,), (3, 1), (3, 3)),
    ((4, 1), (1, 5), (4, 5)),
    ((5, 4, 2), (4, 1), (5, 4, 2)),
    ((8, 1, 6, 1), (7, 1, 5), (8, 7, 6, 5)),
)
CLASHING = (
    ((4, 2), (3,)),
    ((4, 2), (4,)),  # the left ends would fit
    ((4,), (2,)),  # a multiple is not enough
    ((2, 3), (3, 2)),
    ((6,), (2, 3)),
    ((5, 4, 2), (5, 1, 3)),
    ((3, 4, 2), (5, 4, 2)),
    ((2, 1), (3, 4)),
    ((7, 2, 3), (4, 3)),
)


def normalized(row, eps):
    """Layer norm of one row, in Python numbers."""
    mean, variance = statistics.fmean(row), statistics.pvariance(row)
    return [(x - mean) / math.sqrt(variance + eps) for x in row]


def error_mean(prediction, target):
    pairs = zip(np.ravel(prediction).tolist(), np.ravel(target).tolist(), strict=True)
    return statistics.fmean((p - t) ** 2 for p, t in pairs)


def test_sizes_meet_from_the_right(student, rng):
    """Shapes are compared from the right: equal sizes stay, and 1 or a missing size stretches."""
    for a, b, expected in FITTING:
        assert_close(student.broadcast_shape(a, b), expected)
        assert_close(student.broadcast_shape(b, a), expected)
    for _ in range(12):
        full = tuple(int(n) for n in rng.integers(2, 9, size=rng.integers(1, 5)))
        a = tuple(n if rng.random() < 0.6 else 1 for n in full)
        b = tuple(n if rng.random() < 0.6 else 1 for n in full)[int(rng.integers(0, len(full))) :]
        assert_close(student.broadcast_shape(a, b), np.broadcast_shapes(a, b))


def test_sizes_that_clash_raise(student):
    """Two different sizes, neither of them 1, clash wherever they meet: raise ValueError."""
    for a, b in CLASHING:
        for pair in ((a, b), (b, a)):
            with pytest.raises(ValueError):
                student.broadcast_shape(*pair)


def test_one_stretches_to_any_size(student):
    """A size of 1 becomes the other size, be it 0 or larger than any memory; 0 does not stretch."""
    many = 10**12
    assert_close(student.broadcast_shape((many, 1), (many,)), (many, many))
    assert_close(student.broadcast_shape((0, 3), (1, 3)), (0, 3))
    assert_close(student.broadcast_shape((1,), (5, 0)), (5, 0))
    assert_close(student.broadcast_shape((0,), (0,)), (0,))
    for pair in (((0,), (2,)), ((3, 2), (0, 2))):
        with pytest.raises(ValueError):
            student.broadcast_shape(*pair)


def test_values_go_along_their_axis(student, rng):
    """values[i] is added wherever the index on the axis is i, also where the array is square."""
    X = np.array([[1.0, 2.0, 3.0], [40.0, 50.0, 60.0], [-0.5, 0.0, 0.5]])
    values = np.array([100.0, -200.0, 0.25])
    X.flags.writeable = values.flags.writeable = False
    per_column = np.array([[101.0, -198.0, 3.25], [140.0, -150.0, 60.25], [99.5, -200.0, 0.75]])
    per_row = np.array([[101.0, 102.0, 103.0], [-160.0, -150.0, -140.0], [-0.25, 0.25, 0.75]])
    assert_close(student.add_along(X, values, 1), per_column)
    assert_close(student.add_along(X, values, 0), per_row)
    same = student.add_along(np.array([[1.5, -2.0, 4.0]]), np.array([3.0]), 0)
    assert_close(same, np.array([[4.5, 1.0, 7.0]]))  # one number for all
    for shape in ((4,), (4, 2), (3, 3), (2, 2, 2), (2, 3, 4, 5)):
        dtype, close = np.float64, {}
        if shape == (3, 3):
            dtype, close = np.float32, {"rtol": 1e-5, "atol": 1e-5}
        X = awkward(rng.normal(size=shape).astype(dtype))
        for axis, n in enumerate(shape):
            values = awkward(rng.normal(scale=10.0, size=n).astype(dtype))
            expected = np.zeros(shape)
            for place in itertools.product(*map(range, shape)):
                expected[place] = X[place] + values[place[axis]]
            assert_close(student.add_along(X, values, axis), expected, **close)
    nothing = student.add_along(np.zeros((0, 2)), np.array([1.0, 2.0]), 1)
    assert_close(nothing, np.zeros((0, 2)))


def test_clash_has_two_fixes(student):
    """(4, 2) and 4 numbers clash. As a column, or against the transpose, they fit: one per row."""
    X, values = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]), np.array([9, 0, -3, 1])
    expected = np.array([[10.0, 11.0], [3.0, 4.0], [2.0, 3.0], [8.0, 9.0]])
    assert_close(student.broadcast_shape((4, 2), (4, 1)), (4, 2))
    assert_close(student.add_along(X, values, 0), expected)
    assert_close(student.broadcast_shape((2, 4), (4,)), (2, 4))
    assert_close(student.add_along(X.T, values, 1), expected.T)
    for wrong, axis in ((values, 1), (values[:3], 0), (values[:3], 1), (values[:1], 0)):
        with pytest.raises(ValueError):
            student.add_along(X, wrong, axis)
    for wrong in (values.reshape(4, 1), values[:2].reshape(1, 2), np.array(2.0)):
        with pytest.raises(ValueError):
            student.add_along(X, wrong, 0)


def test_each_prediction_meets_its_own_target(student, rng):
    """A column of predictions and a row of targets are paired one to one, not all with all."""
    p, t = np.array([[1.0, 2.0, 4.0], [1.0, 2.0, 2.0]], dtype=np.float32)
    for prediction, target in itertools.product((p, p.reshape(3, 1)), (t, t.reshape(3, 1))):
        assert_close(student.regression_loss(prediction, target), 4 / 3)
    for n in (1, 2, 25):
        prediction, target = awkward(rng.normal(size=(n, 1))), awkward(rng.normal(size=n))
        expected = error_mean(prediction, target)
        assert_close(student.regression_loss(prediction, target), expected)
        assert_close(student.regression_loss(target, prediction), expected)
    for shape in ((1,), (2,), (1, 1), (1, 3), (3, 2), (3, 1, 1)):
        for prediction, target in ((p, np.ones(shape)), (np.ones(shape), p.reshape(3, 1))):
            with pytest.raises(ValueError):
                student.regression_loss(prediction, target)
    with pytest.raises(ValueError):
        student.regression_loss(np.ones((3, 2)), np.ones((3, 2)))


def test_rows_are_normalized(student, rng):
    """Each row gets mean 0 and length √n (not 1), for ε = 0; ε is added to the variance."""
    got = student.layer_norm(np.array([[1, 2, 3, 6], [-40, 0, 0, 40]]), 0.0)
    expected = np.array([[-2, -1, 0, 3], [-40, 0, 0, 40]]) / np.sqrt([[3.5], [800.0]])
    assert_close(got, expected)
    pixels = np.array([[0, 100, 200]], dtype=np.uint8)
    assert_close(student.layer_norm(pixels, 0.0), np.array([normalized([0, 100, 200], 0.0)]))
    assert_close(student.layer_norm(np.array([[0.0, 2.0]]), 3.0), np.array([[-0.5, 0.5]]))
    assert_close(student.layer_norm(np.array([[7.0, 7.0], [0.0, 0.0]])), np.zeros((2, 2)))
    assert_close(student.layer_norm(np.array([1.0, -1.0])), np.array([1.0, -1.0]) / 1.00001**0.5)
    for shape in ((4, 3), (3, 3), (2, 5, 6), (7,)):
        X = awkward(rng.normal(3.0, 20.0, size=shape))
        got = student.layer_norm(X, eps=0.0)
        rows = [normalized(row, 0.0) for row in X.reshape(-1, shape[-1]).tolist()]
        assert_close(got, np.array(rows).reshape(shape))
        assert_close((got**2).sum(axis=-1), np.full(shape[:-1], float(shape[-1])))
        single = student.layer_norm(X.astype(np.float32), 0.5)
        rows = [normalized(row, 0.5) for row in X.reshape(-1, shape[-1]).tolist()]
        assert_close(single, np.array(rows).reshape(shape), rtol=1e-3, atol=1e-4)


def test_stretched_rows_are_not_copied(student):
    """Stretched rows look like copies, but they are one vector in one memory, read again."""
    for n, rows in ((3, 2), (2, 2), (1, 4), (4, 1)):
        b = np.arange(n) - 1.5
        if n == 3:
            b = awkward(b.astype(np.float32))
        assert_close(student.stretch_rows(b, rows), np.array([b.tolist()] * rows))
        here = student.keep(b)
        view = student.keep.stretch_rows(here, rows)
        if not view.shares_memory(here):
            pytest.fail("The rows were copied: they do not lie in the memory of b.")
        if view.flags.writeable:
            pytest.fail("The result can be written to, and that would change all rows at once.")


def test_torch_agrees(student, torch, rng):
    """PyTorch follows the same rules: layer norm of rows, and rows that share one memory."""
    for shape in ((4, 3), (3, 3), (2, 5, 6), (7,)):
        dtype = torch.float64 if shape == (3, 3) else torch.float32
        X = awkward(torch.tensor(rng.normal(3.0, 20.0, size=shape), dtype=dtype))
        expected = torch.nn.functional.layer_norm(X, shape[-1:])
        assert_close(student.layer_norm_torch(X), expected, rtol=1e-3, atol=1e-4)
    X = torch.tensor([[0.0, 2.0], [5.0, 5.0]])
    assert_close(student.layer_norm_torch(X, 3.0), torch.tensor([[-0.5, 0.5], [0.0, 0.0]]))
    assert_close(student.layer_norm_torch(X), torch.tensor([[-1.0, 1.0], [0.0, 0.0]]))
    close = torch.tensor([0.0, 0.004])  # the variance 4e-6 is small beside ε = 1e-5
    assert_close(student.layer_norm_torch(close), torch.tensor([-0.002, 0.002]) / 1.4e-5**0.5)
    for n, rows in ((3, 2), (2, 2), (1, 4), (4, 1)):
        b = torch.arange(n) - 1.5
        if n == 3:
            b = awkward(b.double())
        assert_close(student.stretch_rows_torch(b, rows), torch.tensor([b.tolist()] * rows))
        here = student.keep(b)
        if not student.keep.stretch_rows_torch(here, rows).shares_memory(here):
            pytest.fail("The rows were copied: they do not lie in the memory of b.")
