"""Matrices as functions: maps of the plane, linearity, collapse, and convolution."""

import math

import numpy as np

from grader import assert_close, awkward

# (function, how many numbers it takes)
LINEAR = [
    ("lambda x: x[::-1]", 2),
    ("lambda x: np.cumsum(x)", 3),
    ("lambda x: np.array([0.1 * x[0] - 0.7 * x[1], 0.3 * x[1], x.sum() / 3])", 2),
    ("lambda x: np.zeros(4)", 3),
    ("lambda x: x[:1]", 3),
    ("lambda x: np.convolve(x, [0.5, -1.0, 2.0])", 4),
]
NOT_LINEAR = [
    ("lambda x: np.array([2.0 * x[0] - x[1] + 0.5, x[1]])", 2),  # one neuron has a bias
    ("lambda x: np.array([x[0] * x[1]])", 2),  # 0 at 0 and at every basis vector
    ("lambda x: x * np.abs(x)", 3),  # equal to x at the basis vectors and at their sum
    ("lambda x: np.maximum(x, 0.0)", 3),  # equal to x where nothing is negative
    ("lambda x: np.cbrt([(x ** 3).sum()])", 2),  # every multiple passes, sums do not
    ("lambda x: x + 1", 2),
    ("lambda x: np.ones(3)", 2),
    ("lambda x: np.abs(x)", 1),
    ("lambda x: np.sort(x)", 2),
    ("lambda x: x / (1 + np.abs(x).max())", 2),
    ("lambda x: np.sin(x)", 3),
]


def test_rotation_keeps_lengths(student, rng):
    """A rotation turns by an angle in radians, counterclockwise, and keeps every length."""
    got = student.rotation(math.pi / 6)
    half, root = 0.5, math.sqrt(3) / 2
    assert_close(got, np.array([[root, -half], [half, root]]))
    assert_close(student.rotation(math.pi / 2), np.array([[0.0, -1.0], [1.0, 0.0]]))
    assert_close(student.rotation(0.0), np.eye(2))
    for angle in (-math.pi / 3, 2.5, -40.0, 1):
        point = rng.normal(scale=5.0, size=2)
        got = student.rotation(angle)
        start, length = math.atan2(point[1], point[0]), math.hypot(*point)
        turned = [length * math.cos(start + angle), length * math.sin(start + angle)]
        assert_close(np.shape(got), (2, 2))
        assert_close(got @ point, np.array(turned))
        assert_close(np.linalg.det(got), 1.0)


def test_torch_rotation_learns_its_angle(student, torch, rng):
    """The PyTorch rotation holds the same numbers, and autograd follows it back to the angle."""
    for angle in (math.pi / 6, -2.0, 0.0):
        c, s = math.cos(angle), math.sin(angle)
        tensor = torch.tensor(angle)
        assert_close(student.rotation_torch(tensor), torch.tensor([[c, -s], [s, c]]))
        weights = rng.normal(size=(2, 2)).astype(np.float32)
        slope = (weights * np.array([[-s, -c], [c, -s]])).sum()
        _, (gradient,) = student.vjp("rotation_torch", (tensor,), torch.tensor(weights))
        assert_close(gradient, torch.tensor(float(slope)))


def test_shear_pushes_sideways(student, rng):
    """A shear keeps (1, 0) and every height, and pushes (0, 1) to (k, 1)."""
    assert_close(student.shear(0.5), np.array([[1.0, 0.5], [0.0, 1.0]]))
    assert_close(student.shear(-3.0), np.array([[1.0, -3.0], [0.0, 1.0]]))
    for k in rng.normal(scale=4.0, size=3).tolist():
        assert_close(student.shear(k), np.array([[1.0, k], [0.0, 1.0]]))


def test_stretch_reflects_and_projects(student, rng):
    """The part along the direction is scaled by the factor, the part at right angles to it stays.

    A factor of -1 gives a reflection and a factor of 0 a projection.
    """
    got = student.stretch(np.array([3, 4]), 6.0)
    assert_close(got, np.array([[2.8, 2.4], [2.4, 4.2]]))
    assert_close(student.stretch(np.array([0.0, 1.0]), 2.5), np.array([[1.0, 0.0], [0.0, 2.5]]))
    mirror = student.stretch(np.array([1e-20, -1e-20]), -1.0)
    assert_close(mirror, np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert_close(np.linalg.det(mirror), -1.0)
    shadow = student.stretch(np.array([2.0, -2.0]), 0.0)
    assert_close(shadow, np.array([[0.5, 0.5], [0.5, 0.5]]))
    assert_close(shadow @ shadow, shadow)
    for factor in (0.25, 1.0, 7, -1.0, 0.0):
        along = rng.normal(scale=3.0, size=2)
        along = awkward(along.astype(np.float32) if factor == 7 else along)
        close = {"rtol": 1e-5, "atol": 1e-4} if factor == 7 else {}
        across = np.array([-along[1], along[0]])
        got = student.stretch(along, factor)
        assert_close(np.shape(got), (2, 2))
        assert_close(got @ along, factor * along, **close)
        assert_close(got @ across, across, **close)


def test_columns_are_images_of_the_basis(student, rng):
    """Column j of the matrix is what the function makes of basis vector j."""
    swap_and_more = student.source("lambda x: np.array([x[1], x[0], 2.0 * x[0] - 0.5 * x[1]])")
    expected = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, -0.5]])
    assert_close(student.matrix_of(swap_and_more, 2), expected)
    running = student.source("lambda x: 0.5 * np.cumsum(x)")
    assert_close(student.matrix_of(running, 3), 0.5 * np.tri(3))
    mean = student.source("lambda x: np.array([x.mean()])")
    assert_close(student.matrix_of(mean, 4), np.full((1, 4), 0.25))
    for m, n in ((2, 2), (3, 5), (4, 1)):
        A = rng.normal(size=(m, n))
        f = student.source(f"lambda x: np.array({A.tolist()}) @ x")
        assert_close(student.matrix_of(f, n), A)


def test_sums_and_multiples_pass_through(student, rng):
    """A function with a matrix passes every trial, also where rounding changes the last digit."""
    for text, n in LINEAR:
        assert_close(student.is_linear(student.source(text), n), True)
    for m, n in ((2, 2), (1, 3), (4, 3)):
        f = student.source(f"lambda x: np.array({rng.normal(size=(m, n)).tolist()}) @ x")
        assert_close(student.is_linear(f, n), True)
    counted = student.source(
        "def f(x):\n    f.calls = getattr(f, 'calls', 0) + 1\n    return x[:1]\n"
    )
    calls = [0]
    for trials in ((), (20,), (60,)):
        assert_close(student.is_linear(counted, 2, *trials), True)
        calls.append(counted.calls)
    default, twenty, sixty = np.diff(calls).tolist()
    assert 20 <= default == twenty < sixty, "there are as many trials as the caller asks for, or 20"


def test_bias_or_bend_is_not_linear(student):
    """W x + b with b other than 0 is not linear, only affine; nor is anything with a bend."""
    for text, n in NOT_LINEAR:
        assert_close(student.is_linear(student.source(text), n), False)


def test_rank_tells_what_is_left(student):
    """Rank 2 keeps the plane, rank 1 leaves a line and rank 0 a point, whatever the scale."""
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    mirror, skewed = np.array([[1, 0], [0, -1]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    single = awkward(-turn.astype(np.float32))
    for A in (mirror, skewed, turn, np.array([[0, 5], [1, 0]]), single, 1e-8 * turn, 1e6 * skewed):
        assert_close(student.image(A), "plane")
    # In floating point the determinants of some of these are not 0.
    rounded = np.array([[0.1, 0.3], [0.7, 2.1]])
    edge, corner = np.array([[2.0, 0.0], [3.0, 0.0]]), np.array([[0.0, 0.0], [0.0, 1e-9]])
    opposite = np.array([[3, -3], [-1, 1]])
    sideways, twice_nothing = np.array([[0.0, 2.0], [0.0, 0.0]]), np.array([[1, -1], [1, -1]])
    lines = (opposite, rounded, 1e5 * rounded, rounded.T, edge, edge.T, corner, sideways)
    for A in (*lines, twice_nothing):
        assert_close(student.image(A), "line")
    assert_close(student.image(np.zeros((2, 2))), "point")


def test_convolution_is_a_matrix(student, rng):
    """The matrix times x is np.convolve(x, kernel, "valid"): the kernel is turned around."""
    got = student.convolution_matrix(np.array([1.0, 2.0, 4.0]), 5)
    expected = [[4.0, 2.0, 1.0, 0.0, 0.0], [0.0, 4.0, 2.0, 1.0, 0.0], [0.0, 0.0, 4.0, 2.0, 1.0]]
    assert_close(got, np.array(expected))
    for k, n in ((1, 4), (2, 6), (4, 4), (5, 9)):
        kernel, x = rng.normal(size=k), rng.normal(size=n)
        kernel = awkward(kernel.astype(np.float32) if k == 2 else kernel)
        columns = [np.convolve(e, kernel, "valid") for e in np.eye(n)]
        got = student.convolution_matrix(kernel, n)
        assert_close(got, np.array(columns).T)
        assert_close(got @ x, np.convolve(x, kernel, "valid"))


def test_conv1d_does_not_flip(student, torch, rng):
    """Without the flip the matrix times x is PyTorch's F.conv1d."""
    for k, n in ((3, 5), (1, 3), (4, 4), (2, 7)):
        kernel = torch.tensor(rng.normal(size=k))
        each = torch.eye(n, dtype=torch.float64)[:, None]  # n inputs with one channel
        columns = torch.nn.functional.conv1d(each, kernel[None, None])[:, 0]
        got = student.convolution_matrix(kernel.numpy(), n, False)
        assert_close(got, columns.T.numpy())
