"""The identity, diagonal scaling from the left and from the right, the diagonal, and zeros."""

import numpy as np

from grader import assert_close, awkward

SHAPES = ((3, 3), (2, 3), (4, 2), (1, 5), (5, 1))


def held(W, g):
    """Both so that nobody can write into them, some as float32, and how close answers must be."""
    if W.shape in ((3, 3), (4, 2)):
        single = {"rtol": 1e-5, "atol": 1e-5}
        return awkward(W.astype(np.float32)), awkward(g.astype(np.float32)), single
    return awkward(W), awkward(g), {}


def test_ones_on_the_diagonal_only(student):
    """The identity has shape (n, n), 1 on the diagonal and 0 elsewhere, as floats."""
    for n in (1, 2, 3, 6):
        expected = np.array([[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)])
        got = student.identity(n)
        if isinstance(got, np.ndarray):
            _ = student.keep.identity(n).dtype  # asked before judging: a diagnosis sees it, too
        assert_close(got, expected)


def test_identity_is_the_number_one(student, rng):
    """I x = x, I A = A I = A, and any power of I is I: the identity is what 1 is among numbers."""
    for n in (1, 3, 4):
        eye = student.identity(n)
        assert_close(np.shape(eye), (n, n))
        x, A, B = rng.normal(size=n), rng.normal(size=(n, n)), rng.normal(size=(n, 7))
        assert_close(eye @ x, x)
        assert_close(eye @ A, A)
        assert_close(A @ eye, A)
        assert_close(eye @ B, B)
        for k in (2, 5):
            assert_close(np.linalg.matrix_power(eye, k), eye)


def test_rows_are_scaled_from_the_left(student, rng):
    """diag(g) W multiplies row i of W by g[i]; W stays as it is."""
    square = np.array([[1, 2], [3, 4]])
    got = student.scale_rows(square, np.array([0.5, 10.0]))
    assert_close(got, np.array([[0.5, 1.0], [30.0, 40.0]]))
    got = student.scale_rows(np.array([[200, 3]], dtype=np.uint8), np.array([-2.0]))
    assert_close(got, np.array([[-400.0, -6.0]]))
    W = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    expected = np.array([[-0.5, -1.0, -1.5], [12.0, 15.0, 18.0]])
    assert_close(student.scale_rows(W, np.array([-0.5, 3.0])), expected)
    for m, n in SHAPES:
        W, g, x = rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=n)
        W, g, close = held(W, g)
        got = student.scale_rows(W, g)
        assert_close(got, np.array([[g[i] * W[i, j] for j in range(n)] for i in range(m)]), **close)
        assert_close(got @ x, g * (W @ x), **close)  # a scaled neuron answers scaled


def test_columns_are_scaled_from_the_right(student, rng):
    """W diag(g) multiplies column j of W by g[j]; W stays as it is."""
    square = np.array([[1, 2], [3, 4]])
    got = student.scale_columns(square, np.array([0.5, 10.0]))
    assert_close(got, np.array([[0.5, 20.0], [1.5, 40.0]]))
    got = student.scale_columns(np.array([[200], [3]], dtype=np.uint8), np.array([-2.0]))
    assert_close(got, np.array([[-400.0], [-6.0]]))
    W = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    expected = np.array([[-0.5, 6.0, 30.0], [-2.0, 15.0, 60.0]])
    assert_close(student.scale_columns(W, np.array([-0.5, 3.0, 10.0])), expected)
    for m, n in SHAPES:
        W, g, x = rng.normal(size=(m, n)), rng.normal(size=n), rng.normal(size=n)
        W, g, close = held(W, g)
        got = student.scale_columns(W, g)
        assert_close(got, np.array([[W[i, j] * g[j] for j in range(n)] for i in range(m)]), **close)
        assert_close(got @ x, W @ (g * x), **close)  # a scaled input weighs differently


def test_diagonal_stays_and_the_rest_is_zero(student, rng):
    """Keeping the diagonal leaves an (n, n) matrix with W[i, i] in its places and 0 elsewhere."""
    W = np.array([[1.0, 2.0, 3.0], [4.0, -5.0, 6.0], [7.0, 8.0, 9.0]])
    expected = np.array([[1.0, 0.0, 0.0], [0.0, -5.0, 0.0], [0.0, 0.0, 9.0]])
    assert_close(student.keep_diagonal(W), expected)
    for n in (1, 2, 5):
        W = awkward(rng.normal(scale=100.0, size=(n, n)).astype(np.float32 if n == 2 else float))
        kept = [[W[i, j] if i == j else 0.0 for j in range(n)] for i in range(n)]
        got = student.keep_diagonal(W)
        assert_close(got, np.array(kept))
        assert_close(student.keep_diagonal(got), got)


def test_zero_layer_answers_zero(student, rng):
    """Weights of shape (outputs, inputs) and a bias for each output, all 0: W x + b = 0."""
    for outputs, inputs in ((2, 3), (3, 2), (4, 4), (1, 5)):
        got = student.zero_layer(outputs, inputs)
        assert_close(got, (np.array([[0.0] * inputs] * outputs), np.array([0.0] * outputs)))
        W, b = got
        assert_close(W @ rng.normal(size=inputs) + b, np.zeros(outputs))


def test_torch_identity_fits_a_layer(student, torch):
    """The PyTorch identity has the same entries, and the dtype of a layer's weights, float32."""
    for n in (1, 2, 5):
        expected = torch.tensor([[float(i == j) for j in range(n)] for i in range(n)])
        got = student.identity_torch(n)
        if isinstance(got, torch.Tensor):
            _ = student.keep.identity_torch(n).dtype  # asked before judging, for the diagnosis
        assert_close(got, expected, dtype=torch.float32)


def test_torch_rows_are_scaled(student, torch, rng):
    """The PyTorch version multiplies row i by g[i], too, square or not; W stays as it is."""
    for m, n in SHAPES:
        W, g = rng.normal(size=(m, n)).astype(np.float32), rng.normal(size=m).astype(np.float32)
        dtype = torch.float64 if m == n else torch.float32
        given = (awkward(torch.tensor(v, dtype=dtype)) for v in (W, g))
        got = student.scale_rows_torch(*given)
        expected = [[float(g[i]) * float(W[i, j]) for j in range(n)] for i in range(m)]
        assert_close(got, torch.tensor(expected))
