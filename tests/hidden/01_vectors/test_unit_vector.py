"""Vectors of length 1, one at a time and row by row."""

import math

import numpy as np

from grader import assert_close, awkward


def direction(v):
    """The definition, entry by entry; v is not zero."""
    length = math.sqrt(math.fsum(float(x) ** 2 for x in v))
    return [float(x) / length for x in v]


def test_three_four_five(student):
    """(3, -4) has length 5, so its unit vector is (0.6, -0.8); integers give fractions, too."""
    assert_close(student.unit_vector(np.array([3.0, -4.0])), np.array([0.6, -0.8]))
    assert_close(student.unit_vector(np.array([3, -4])), np.array([0.6, -0.8]))
    pixels = np.array([0, 150, 200], dtype=np.uint8)
    assert_close(student.unit_vector(pixels), np.array([0.0, 0.6, 0.8]))


def test_any_length_and_dimension(student, rng):
    """Every vector but zero gets length 1 and keeps its direction, long or short."""
    assert_close(student.unit_vector(np.array([2.0, -3.0, 6.0])), np.array([2, -3, 6]) / 7)
    assert_close(student.unit_vector(np.array([-0.5])), np.array([-1.0]))
    for n in (2, 3, 100):
        for scale in (1e6, 1e-9, 1e-20 / n):
            v = awkward(rng.normal(scale=scale, size=n))
            assert_close(student.unit_vector(v), np.array(direction(v)))
        v = rng.normal(size=2 * n).astype(np.float32)[::2]
        assert_close(student.unit_vector(v), np.array(direction(v)), rtol=1e-5, atol=1e-6)


def test_zero_vector_stays_zero(student):
    """The zero vector has no direction: it stays zero, without nan."""
    assert_close(student.unit_vector(np.zeros(3)), np.zeros(3))
    assert_close(student.unit_vector(np.array([0, 0])), np.zeros(2))


def test_every_row_has_length_one(student, rng):
    """Each row of a matrix is divided by its own length, whatever the shape of the matrix."""
    rows = np.array([[3.0, 4.0], [0.0, -2.0]])
    assert_close(student.unit_rows(rows), np.array([[0.6, 0.8], [0.0, -1.0]]))
    assert_close(student.unit_rows(np.array([[2, -3, 6]])), np.array([[2, -3, 6]]) / 7)
    short_and_long = np.array([[3e-21, 0.0, -4e-21], [0.0, 3e-9, 4e-9], [-600.0, 800.0, 0.0]])
    expected = np.array([[0.6, 0.0, -0.8], [0.0, 0.6, 0.8], [-0.6, 0.8, 0.0]])
    assert_close(student.unit_rows(short_and_long), expected)
    single = short_and_long * [[1e18], [1.0], [1.0]]
    single = student.unit_rows(single.astype(np.float32))
    assert_close(single, expected, rtol=1e-5, atol=1e-6)
    for m, n in ((3, 2), (2, 5), (4, 4), (6, 1)):
        rows = awkward(rng.normal(size=(m, n)) * rng.uniform(0.01, 100.0, (m, 1)))
        assert_close(student.unit_rows(rows), np.array([direction(row) for row in rows]))


def test_zero_rows_stay_zero(student):
    """A zero row stays zero, and the rows around it still get length 1."""
    rows = np.array([[0.0, 0.0], [3.0, -4.0], [0.0, 0.0], [-6.0, 8.0]])
    expected = np.array([[0.0, 0.0], [0.6, -0.8], [0.0, 0.0], [-0.6, 0.8]])
    assert_close(student.unit_rows(rows), expected)
    pixels = np.array([[60, 80], [0, 0], [0, 255]], dtype=np.uint8)
    assert_close(student.unit_rows(pixels), np.array([[0.6, 0.8], [0.0, 0.0], [0.0, 1.0]]))


def test_torch_vector(student, torch, rng):
    """The PyTorch version follows the same rules and returns a tensor of shape (n,)."""
    for n, scale, dtype in (
        (2, 1.0, torch.float64),
        (3, 5e-10, torch.float32),
        (40, 1e3, torch.float32),
    ):
        v = rng.normal(scale=scale, size=n).astype(np.float32)
        given = awkward(torch.tensor(v, dtype=dtype))
        assert_close(student.unit_vector_torch(given), torch.tensor(direction(v)))
    assert_close(student.unit_vector_torch(torch.zeros(3)), torch.zeros(3))


def test_torch_rows(student, torch, rng):
    """The PyTorch version for rows follows the same rules and returns a tensor of shape (m, n)."""
    for m, n, dtype in ((2, 2, torch.float32), (3, 5, torch.float32), (4, 2, torch.float64)):
        rows = (rng.normal(size=(m, n)) * rng.uniform(0.1, 100.0, (m, 1))).astype(np.float32)
        expected = torch.tensor([direction(row) for row in rows])
        given = awkward(torch.tensor(rows, dtype=dtype))
        assert_close(student.unit_rows_torch(given), expected)
    rows = torch.tensor([[0.0, 0.0, 0.0], [2.0, -3.0, 6.0], [3e-10, 0.0, -4e-10]])
    expected = torch.tensor([[0.0, 0.0, 0.0], [2 / 7, -3 / 7, 6 / 7], [0.6, 0.0, -0.8]])
    assert_close(student.unit_rows_torch(rows), expected)
