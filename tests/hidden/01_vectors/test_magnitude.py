"""The magnitude of a vector."""

import math

import numpy as np

from grader import assert_close, awkward


def pythagoras(v):
    """The definition, added up without rounding errors."""
    return math.sqrt(math.fsum(float(x) ** 2 for x in v))


def test_three_four_five(student):
    """A 3-4-5 right triangle: the length of (3, -4) is 5, and that of (-5, 12) is 13."""
    assert_close(student.magnitude(np.array([3.0, -4.0])), 5.0)
    assert_close(student.magnitude(np.array([-5.0, 12.0])), 13.0)


def test_any_number_of_components(student, rng):
    """Pythagoras holds for any number of components, long vectors and short ones."""
    assert_close(student.magnitude(np.array([1.0, -2.0, 2.0])), 3.0)
    assert_close(student.magnitude(np.array([-0.25])), 0.25)
    for n in (1, 2, 3, 10, 1000):
        v = rng.normal(size=n) * rng.choice([1e-3, 1.0, 1e3])
        v.flags.writeable = False
        assert_close(student.magnitude(v), pythagoras(v))
        every_other = rng.normal(size=2 * n).astype(np.float32)[::2]
        assert_close(student.magnitude(every_other), pythagoras(every_other), rtol=1e-5)


def test_zero_and_almost_zero(student):
    """Zero has length 0, a tiny vector a tiny length; float64 has room for the square of 1e30."""
    assert_close(student.magnitude(np.zeros(3)), 0.0)
    assert_close(student.magnitude(np.array([3e-8, 0.0, -4e-8])), 5e-8, rtol=1e-7, atol=0.0)
    assert_close(student.magnitude(np.array([3e30, 0.0, -4e30])), 5e30)
    assert_close(student.magnitude(np.array([3e-21, -4e-21])), 5e-21, rtol=1e-7, atol=0.0)
    rows = np.array([[0.0, 0.0], [3e-8, -4e-8], [3e-21, -4e-21], [3e30, -4e30]])
    expected = np.array([0.0, 5e-8, 5e-21, 5e30])
    assert_close(student.row_magnitudes(rows), expected, rtol=1e-7, atol=0.0)


def test_integers_do_not_wrap_round(student):
    """The square of an integer may not fit in its type: make it a float before you square it."""
    assert_close(student.magnitude(np.array([200, 100], dtype=np.uint8)), math.sqrt(50000))
    assert_close(student.magnitude(np.array([100, -20, 30], dtype=np.int8)), math.sqrt(11300))
    assert_close(student.magnitude(np.array([-30000, 40000], dtype=np.int32)), 50000.0)
    pixels = np.array([[200, 100], [3, 4], [0, 255]], dtype=np.uint8)
    assert_close(student.row_magnitudes(pixels), np.array([math.sqrt(50000), 5.0, 255.0]))


def test_one_magnitude_for_each_row(student, rng):
    """A matrix of shape (m, n) has m rows, so m lengths: shape (m,)."""
    rows = np.array([[3.0, -4.0, 0.0], [2.0, 3.0, 6.0]])
    assert_close(student.row_magnitudes(rows), np.array([5.0, 7.0]))
    assert_close(student.row_magnitudes(np.array([[3, 4], [-5, 12]])), np.array([5.0, 13.0]))
    for m, n in ((1, 4), (4, 1), (3, 3), (20, 6)):
        rows = awkward(rng.normal(scale=10.0, size=(m, n)))
        assert_close(student.row_magnitudes(rows), np.array([pythagoras(row) for row in rows]))
    single = awkward(rows.astype(np.float32))
    expected = np.array([pythagoras(row) for row in single])
    assert_close(student.row_magnitudes(single), expected, rtol=1e-5)


def test_torch_vector(student, torch, rng):
    """The PyTorch version gives the same length, as a tensor of shape ()."""
    for n, dtype in ((2, torch.float32), (3, torch.float64), (50, torch.float32)):
        v = rng.normal(scale=10.0, size=n).astype(np.float32)
        given = awkward(torch.tensor(v, dtype=dtype))
        assert_close(student.magnitude_torch(given), torch.tensor(pythagoras(v)))
    assert_close(student.magnitude_torch(torch.zeros(3)), torch.tensor(0.0), atol=1e-9)
    for dtype in (torch.int64, torch.uint8):
        v = torch.tensor([200, 100, 20], dtype=dtype)
        assert_close(student.magnitude_torch(v), torch.tensor(math.sqrt(50400)))


def test_torch_rows(student, torch, rng):
    """The PyTorch version for rows gives the same lengths, as a tensor of shape (m,)."""
    for m, n, dtype in ((4, 3, torch.float32), (2, 2, torch.float64), (1, 5, torch.float32)):
        rows = rng.normal(scale=10.0, size=(m, n)).astype(np.float32)
        expected = torch.tensor([pythagoras(row) for row in rows])
        given = awkward(torch.tensor(rows, dtype=dtype))
        assert_close(student.row_magnitudes_torch(given), expected)
    expected = torch.tensor([math.sqrt(50000), 5.0, 255.0])
    for dtype in (torch.int64, torch.uint8):
        pixels = torch.tensor([[200, 100], [3, 4], [0, 255]], dtype=dtype)
        assert_close(student.row_magnitudes_torch(pixels), expected)


def test_gradient_is_the_direction(student, torch):
    """Autograd can follow the length back: its gradient is v / |v|, the direction of v."""
    v = torch.tensor([2.0, -3.0, 6.0])
    value, (gradient,) = student.vjp("magnitude_torch", (v,), torch.tensor(1.0))
    assert_close(value, torch.tensor(7.0))
    assert_close(gradient, torch.tensor([2 / 7, -3 / 7, 6 / 7]))
