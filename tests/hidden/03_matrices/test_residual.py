"""Residual connections: f(x) + x, the matrix of such a block, and a stack of them."""

import numpy as np
import pytest

from grader import assert_close, awkward

SHAPES = ((1,), (3,), (3, 3), (4, 2))


def row_dot(W, x):
    """W x, one dot product for each row."""
    return np.array([sum(float(w) * float(v) for w, v in zip(row, x, strict=True)) for row in W])


def refuse(residual, student, functions, x):
    """Fail unless every function is refused; all are asked, so that a diagnosis sees them."""
    accepted = []
    for f in functions:
        try:
            residual(student.source(f"lambda x: {f}"), x)
        except ValueError:
            continue
        accepted.append(f)
    if accepted:
        pytest.fail(f"No ValueError for x of shape {tuple(x.shape)} and f(x) = {accepted[0]}.")


def test_input_is_added_to_the_output(student, rng):
    """A block answers f(x) + x: with f(x) = x², the input (3, -2) gives (12, 2)."""
    square = student.source("lambda x: x * x")
    assert_close(student.residual(square, np.array([3.0, -2.0])), np.array([12.0, 2.0]))
    itself, half = student.source("lambda x: x"), student.source("lambda x: 0.5 * x - 1.0")
    assert_close(student.residual(half, np.array([2, -4, 6])), np.array([2.0, -7.0, 8.0]))
    pixels = np.array([2, 250], dtype=np.uint8)
    assert_close(student.residual(half, pixels), np.array([2.0, 374.0]))
    for shape in SHAPES:
        x = rng.normal(scale=10.0, size=shape)
        assert_close(student.residual(itself, x), 2.0 * x)
        x = awkward(x.astype(np.float32) if shape == (3, 3) else x)
        assert_close(student.residual(half, x), 1.5 * x - 1.0)


def test_zero_function_passes_the_input_on(student, rng):
    """If f answers 0, a block passes x on unchanged, and so does a stack of any depth."""
    zero = student.source("lambda x: np.zeros(x.shape)")
    for shape in SHAPES:
        x = rng.normal(scale=10.0, size=shape)
        assert_close(student.residual(zero, x), x)
        for depth in (0, 1, 20):
            assert_close(student.residual_stack([zero] * depth, x), x)


def test_shapes_must_be_equal(student):
    """f(x) with another shape than x raises ValueError, also where it could be stretched to fit."""
    stretched = ("x[:1]", "x.reshape(1, 3)", "x.reshape(3, 1)", "x.sum()")
    refuse(student.residual, student, (*stretched, "x[:2]"), np.array([1.0, 2.0, 3.0]))
    refuse(student.residual, student, ("np.concatenate([x, x])", "x[0]"), np.array([1.0]))
    stretched = ("x[0]", "x[:, :1]", "np.stack([x, x])")
    refuse(student.residual, student, (*stretched, "x.T"), np.ones((3, 2)))


def test_skip_is_an_identity_matrix(student, rng):
    """Adding x is adding I x, so one matrix does both: (W + I) x = W x + x."""
    W = np.array([[2.0, 3.0], [4.0, 5.0]])
    assert_close(student.residual_matrix(W), np.array([[3.0, 3.0], [4.0, 6.0]]))
    assert_close(student.residual_matrix(np.array([[1, 2], [3, 4]])), np.array([[2.0, 2], [3, 5]]))
    pixels = np.array([[255, 2], [3, 4]], dtype=np.uint8)
    assert_close(student.residual_matrix(pixels), np.array([[256.0, 2], [3, 5]]))
    for n in (1, 3, 5):
        W, x = rng.normal(size=(n, n)), rng.normal(size=n)
        W = awkward(W.astype(np.float32) if n == 3 else W)
        close = {"rtol": 1e-5, "atol": 1e-5} if n == 3 else {}
        got = student.residual_matrix(W)
        expected = np.array([[float(W[i, j]) + (i == j) for j in range(n)] for i in range(n)])
        assert_close(got, expected, **close)
        layer = student.source(f"lambda x: np.array({W.tolist()}) @ x")
        assert_close(student.residual(layer, x), row_dot(got, x), **close)


def test_matrix_must_be_square(student):
    """A matrix with more rows than columns, or fewer, has no skip: raise ValueError."""
    for shape in ((2, 3), (3, 2), (1, 3), (3, 1)):
        with pytest.raises(ValueError):
            student.residual_matrix(np.ones(shape))


def test_blocks_follow_one_another(student, rng):
    """In a stack each block gets what left the block before, and adds that to its own answer."""
    tenfold, square = student.source("lambda x: 10.0 * x"), student.source("lambda x: x * x")
    x = np.array([1.0, -0.5])
    assert_close(student.residual_stack([tenfold, square], x), np.array([132.0, 24.75]))
    assert_close(student.residual_stack([square, tenfold], x), np.array([22.0, -2.75]))
    half = student.source("lambda x: 0.5 * x - 1.0")
    assert_close(student.residual_stack([half], np.array([3, -2])), np.array([3.5, -4.0]))
    pixels = np.array([3, 200], dtype=np.uint8)
    assert_close(student.residual_stack([half, half], pixels), np.array([4.25, 447.5]))
    for shape in SHAPES:
        x = rng.normal(size=shape)
        x = awkward(x.astype(np.float32) if shape == (3, 3) else x)
        a, b, c = rng.normal(size=3).tolist()
        blocks = [student.source(f"lambda x: {k} * x + {k}") for k in (a, b, c)]
        expected = x
        for k in (a, b, c):
            expected = (1 + k) * expected + k
        assert_close(student.residual_stack(blocks, x), expected)
    narrow = student.source("lambda x: x[..., :1]")
    for blocks in ([narrow, tenfold], [tenfold, narrow]):
        with pytest.raises(ValueError):
            student.residual_stack(blocks, np.array([1.0, 2.0, 3.0]))


def test_torch_follows_the_same_rules(student, torch, rng):
    """The PyTorch version answers f(x) + x, and ValueError where the shapes are not equal."""
    functions = (("lambda x: x", 2.0, 0.0), ("lambda x: 3.0 * x - 1.0", 4.0, -1.0))
    for shape in SHAPES:
        dtype = torch.float64 if shape == (3, 3) else torch.float32
        x = awkward(torch.tensor(rng.normal(size=shape), dtype=dtype))
        for f, factor, shift in functions:
            assert_close(student.residual_torch(student.source(f), x), factor * x + shift)
        assert_close(student.residual_torch(student.source("lambda x: 0.0 * x"), x), x)
    x = torch.tensor([1.0, 2.0, 3.0])
    stretched = ("x[:1]", "x.reshape(1, 3)", "x.reshape(3, 1)", "x.sum()")
    refuse(student.residual_torch, student, (*stretched, "x[:2]"), x)
    stretched = ("x[0]", "x[:, :1]", "torch.stack([x, x])")
    refuse(student.residual_torch, student, (*stretched, "x.T"), torch.ones(3, 2))


def test_gradient_takes_both_ways(student, torch):
    """A gradient comes back along the skip even if f lets none through, and adds what f lets."""
    x, g = torch.tensor([1.0, -2.0, 0.5]), torch.tensor([0.25, 3.0, -1.0])
    for f, own in (("0.0 * x", 0.0 * x), ("x * x", 2.0 * x), ("x.detach() ** 2", 0.0 * x)):
        _, (_, gradient) = student.vjp("residual_torch", (student.source(f"lambda x: {f}"), x), g)
        assert_close(gradient, g * own + g)
