"""A layer W x + b: its answer, its firing boundary, and the gradient that flows back."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward

W = np.array([[2.0, -1.0, 0.5], [3.0, 4.0, -2.0]])
X = np.array([1.5, -2.0, 3.0])
B = np.array([-20.0, 0.25])
W.flags.writeable = X.flags.writeable = B.flags.writeable = False


def dot(a, b):
    """The dot product in Python numbers, added up without rounding errors."""
    return math.fsum(float(p) * float(q) for p, q in zip(a, b, strict=True))


def test_weighted_sums_plus_bias(student, rng):
    """Each neuron adds its own bias to its weighted sum: entry i is row i of W · x, plus b[i]."""
    assert_close(student.affine(W, X, B), np.array([-13.5, -9.25]))
    square, b = np.array([[1, 2], [3, 5]]), np.array([0.5, -100.0])
    assert_close(student.affine(square, np.array([10, -1]), b), np.array([8.5, -75.0]))
    for m, n in ((1, 5), (6, 1), (3, 3), (2, 30), (40, 7)):
        A, x = rng.normal(scale=3.0, size=(m, n)), rng.normal(scale=50.0, size=n)
        b = rng.normal(scale=1000.0, size=m)
        A, x, b = awkward(A), awkward(x), awkward(b)
        expected = np.array([dot(row, x) + shift for row, shift in zip(A, b, strict=True)])
        assert_close(student.affine(A, x, b), expected)
        single = student.affine(*(v.astype(np.float32) for v in (A, x, b)))
        assert_close(single, expected, rtol=1e-4, atol=1e-2)


def test_zero_input_gives_the_bias(student, rng):
    """The answer to x = 0 is b, and the answer with b minus the one without is b for every x."""
    assert_close(student.affine(W, np.zeros(3), B), B)
    for m, n in ((2, 5), (4, 4)):
        A, b = rng.normal(size=(m, n)), rng.normal(size=m)
        for x in rng.normal(scale=10.0, size=(3, n)):
            with_bias, without = student.affine(A, x, b), student.affine(A, x, np.zeros(m))
            assert_close(without, np.array([dot(row, x) for row in A]))
            assert_close(with_bias, without + b)


def test_one_bias_for_each_neuron(student, torch):
    """The bias has shape (m,): one number for all or a column is refused with ValueError."""
    for shape in ((1,), (3,), (2, 1), (1, 2)):
        with pytest.raises(ValueError):
            student.affine(W, X, np.ones(shape))
        with pytest.raises(ValueError):
            student.affine_torch(torch.tensor(W), torch.tensor(X), torch.ones(shape).double())


def test_fires_strictly_above_zero(student, rng):
    """A neuron fires where W x + b is above 0, not at 0: one truth value for each neuron."""
    rows = np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0], [-2.0, 0.0], [-1.0, -1.0]])
    x, b = np.array([2.0, -1.0]), np.array([0.0, -6.0, 1.5, -5.0, 1.25])
    assert_close(student.fires(rows, x, b), np.array([False, True, True, False, True]))
    assert_close(student.fires(rows, np.zeros(2), b), np.array([False, False, True, False, True]))
    for m, n in ((3, 3), (20, 4)):
        dtype = np.float32 if m == n else np.float64
        A, x, b = (awkward(rng.normal(size=s).astype(dtype)) for s in ((m, n), n, m))
        expected = np.array([dot(row, x) + shift > 0 for row, shift in zip(A, b, strict=True)])
        assert_close(student.fires(A, x, b), expected)


def test_bias_moves_the_boundary(student, rng):
    """The boundary lies -b/|w| from the origin along w: a neuron fires beyond it, not before."""
    assert_close(student.boundary(np.array([3.0, -4.0], dtype=np.float32), -10.0), 2.0)
    assert_close(student.boundary(np.array([2, -1, 2]), 6), -2.0)
    assert_close(student.boundary(np.array([0.5, 0.0]), 0.0), 0.0)
    for n in (1, 2, 9):
        w, b = rng.normal(scale=4.0, size=n), float(rng.normal(scale=20.0))
        w = awkward(w)
        s = student.boundary(w, b)
        assert_close(s, -b / math.hypot(*w))
        direction = w / math.hypot(*w)
        for step, expected in ((1e-3, True), (-1e-3, False)):
            x = (float(s) + step) * direction
            assert_close(student.fires(w[None], x, np.array([b])), np.array([expected]))


def test_no_weights_no_boundary(student):
    """A neuron whose weights are all zero answers b everywhere: no boundary, so ValueError."""
    for b in (2.0, -1.0, 0.0):
        with pytest.raises(ValueError):
            student.boundary(np.zeros(3), b)
    assert_close(student.boundary(np.array([0.0, 1e-20, 0.0]), 3e-20), -3.0)


def test_gradient_flows_back_through_the_transpose(student, rng):
    """The gradient for the input is Wᵀ g: one number for each input, m of them become n."""
    g = np.array([10.0, -1.0])
    assert_close(student.input_gradient(W, g), np.array([17.0, -14.0, 7.0]))
    square = np.array([[1.0, 2.0], [3.0, 5.0]])
    assert_close(student.input_gradient(square, g), np.array([7.0, 15.0]))
    for m, n in ((1, 4), (5, 1), (3, 3), (8, 6)):
        dtype = np.float32 if m == n else np.float64
        A = awkward(rng.normal(size=(m, n)).astype(dtype))
        g = awkward(rng.normal(size=m).astype(dtype))
        expected = np.array([dot(A[:, j], g) for j in range(n)])
        assert_close(student.input_gradient(A, g), expected)


def test_torch_agrees(student, torch, rng):
    """The PyTorch version gives the same numbers in a tensor of shape (m,)."""
    for m, n in ((2, 3), (3, 3), (5, 1), (1, 8)):
        A, x, b = rng.normal(size=(m, n)), rng.normal(size=n), rng.normal(scale=9.0, size=m)
        expected = [dot(row, x) + shift for row, shift in zip(A, b, strict=True)]
        got = student.affine_torch(*(awkward(torch.tensor(v).float()) for v in (A, x, b)))
        assert_close(got, torch.tensor(expected))
    single = [torch.tensor(v).float() for v in (W, X, B)]
    assert_close(student.affine_torch(*single), torch.tensor([-13.5, -9.25]))


def test_autograd_finds_the_same_gradient(student, torch, rng):
    """Autograd, led back through the layer, finds Wᵀ g for the input and g for the bias."""
    for m, n in ((2, 3), (3, 3), (1, 4)):
        A, x, b, g = (rng.normal(size=shape) for shape in ((m, n), n, m, m))
        inputs = tuple(torch.tensor(v) for v in (A, x, b))
        _, (for_W, for_x, for_b) = student.vjp("affine_torch", inputs, torch.tensor(g))
        by_hand = np.array([dot(A[:, j], g) for j in range(n)])
        assert_close(for_x, torch.tensor(by_hand))
        assert_close(for_b, torch.tensor(g))
        assert_close(for_W, torch.tensor(np.multiply.outer(g, x)))
