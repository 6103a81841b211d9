"""A matrix times a vector, by rows and by columns."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward

W = np.array([[2.0, -1.0, 0.25], [3.0, 4.0, -2.0]])
X = np.array([1.5, -2.0, 4.0])
W.flags.writeable = X.flags.writeable = False


def entry(W, x, i):
    """Entry i of W x from Python numbers, added up without rounding errors."""
    return math.fsum(float(w) * float(v) for w, v in zip(W[i], x, strict=True))


def product(W, x):
    return np.array([entry(W, x, i) for i in range(len(W))])


def test_one_neuron_is_one_row(student, rng):
    """Neuron i answers with the dot product of row i of W and x, one number."""
    assert_close(student.pre_activation(W, X, 0), 6.0)
    single = awkward(W.astype(np.float32)), awkward(X.astype(np.float32))
    assert_close(student.pre_activation(*single, 1), -11.5)
    square = np.array([[1, 2], [3, 5]])
    assert_close(student.pre_activation(square, np.array([10, -1]), 0), 8.0)
    for m, n in ((1, 4), (5, 2), (3, 3)):
        A, x = awkward(rng.normal(scale=4.0, size=(m, n))), awkward(rng.normal(size=n))
        for i in range(m):
            assert_close(student.pre_activation(A, x, i), entry(A, x, i))


def test_one_input_is_one_column(student, rng):
    """Input j adds column j of W, scaled by x[j], one share for each neuron."""
    assert_close(student.contribution(W, X, 0), np.array([3.0, 4.5]))
    assert_close(student.contribution(W, X, 1), np.array([2.0, -8.0]))
    assert_close(student.contribution(W, X, 2), np.array([1.0, -8.0]))
    square = np.array([[1.0, 2.0], [3.0, 5.0]])
    assert_close(student.contribution(square, np.array([10.0, -1.0]), 0), np.array([10.0, 30.0]))
    for m, n in ((4, 1), (2, 5), (3, 3)):
        dtype = np.float32 if (m, n) == (2, 5) else np.float64
        A = awkward(rng.normal(scale=4.0, size=(m, n)).astype(dtype))
        x = awkward(rng.normal(size=n).astype(dtype))
        for j in range(n):
            expected = np.array([A[i, j] * x[j] for i in range(m)])
            assert_close(student.contribution(A, x, j), expected)


def test_one_entry_for_each_row(student):
    """W of shape (2, 3) gives 2 entries, and row i of W makes entry i of the result."""
    assert_close(student.matvec_rows(W, X), np.array([6.0, -11.5]))
    square = np.array([[1.0, 2.0], [3.0, 5.0]])
    assert_close(student.matvec_rows(square, np.array([10.0, -1.0])), np.array([8.0, 25.0]))
    tall = np.array([[1.0], [-2.0], [0.0], [4.0]])
    assert_close(student.matvec_rows(tall, np.array([0.5])), np.array([0.5, -1.0, 0.0, 2.0]))


def test_columns_add_up(student):
    """The scaled columns add up to W x, and a single 1 in x picks a single column."""
    assert_close(student.matvec_columns(W, X), np.array([6.0, -11.5]))
    square = np.array([[1.0, 2.0], [3.0, 5.0]])
    for A in (W, square):
        for j, e in enumerate(np.eye(A.shape[1])):
            assert_close(student.matvec_columns(A, e), A[:, j])
    assert_close(student.matvec_columns(W, np.zeros(3)), np.zeros(2))


def test_both_ways_agree(student, rng):
    """Rows and columns give the same numbers for every shape and dtype, and these are floats."""
    halves, counts = np.array([[0.5, 0.25, -1.0], [1.5, 0.0, 2.0]]), np.array([3, -1, 2])
    large = np.array([[16_777_217, -16_777_216, 0], [4, 0, 6]])  # float32 has no room for them
    cases = [(halves, counts), (large, np.array([1, 1, -2]))]
    cases.append((np.array([[2, -4], [7, 1], [3, 3]]), np.array([0.5, -0.25])))
    cases.append((np.array([[200, 100], [3, 255]], np.uint8), np.array([2, 200], np.uint8)))
    for m, n in ((1, 1), (1, 6), (6, 1), (4, 4), (7, 3), (3, 40)):
        A, x = awkward(rng.normal(size=(m, n))), awkward(rng.normal(scale=100.0, size=n))
        cases.append((A, x))
    for A, x in cases:
        expected = product(A, x)
        assert_close(student.matvec_rows(A, x), expected)
        assert_close(student.matvec_columns(A, x), expected)
        if A.dtype == x.dtype == np.float64:
            A, x = A.astype(np.float32), x.astype(np.float32)
            assert_close(student.matvec_rows(A, x), expected, rtol=1e-4, atol=1e-2)
            assert_close(student.matvec_columns(A, x), expected, rtol=1e-4, atol=1e-2)


def test_shapes_must_fit(student):
    """W of shape (2, 3) takes an x of shape (3,) alone: for any other shape raise ValueError."""
    shapes = [(2,), (1,), (4,), (3, 1), (1, 3)]
    for function in (student.matvec_rows, student.matvec_columns):
        for shape in shapes:
            with pytest.raises(ValueError):
                function(W, np.ones(shape))
        with pytest.raises(ValueError):
            function(W.T, np.ones(3))
        with pytest.raises(ValueError):
            function(np.ones((2, 2)), np.ones((2, 1)))


def test_torch_agrees(student, torch, rng):
    """The PyTorch version returns a tensor of shape (m,) and refuses the same shapes."""
    for m, n in ((2, 3), (3, 3), (5, 1), (1, 8)):
        A, x = rng.normal(size=(m, n)).astype(np.float32), rng.normal(size=n).astype(np.float32)
        got = student.matvec_torch(awkward(torch.tensor(A)), awkward(torch.tensor(x)))
        assert_close(got, torch.tensor(product(A, x)).float())
    for shape in ((2,), (1,), (3, 1), (1, 3)):
        with pytest.raises(ValueError):
            student.matvec_torch(torch.ones(2, 3), torch.ones(shape))


def test_autograd_can_follow(student, torch):
    """The result stays connected: autograd finds the gradients for W and for x."""
    A, x = torch.tensor(W), torch.tensor(X)
    g = torch.tensor([10.0, -1.0]).double()
    value, (for_W, for_x) = student.vjp("matvec_torch", (A, x), g)
    assert_close(value, torch.tensor([6.0, -11.5]).double())
    assert_close(for_W, torch.tensor([[15.0, -20.0, 40.0], [-1.5, 2.0, -4.0]]).double())
    assert_close(for_x, torch.tensor([17.0, -14.0, 4.5]).double())
