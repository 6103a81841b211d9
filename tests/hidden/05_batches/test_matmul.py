"""Matrix products from sums of products, and powers of a matrix."""

import math

import numpy as np
import pytest

from grader import assert_close, awkward


def product(A, B):
    """The definition, entry by entry, added up without rounding errors."""
    rows, columns = np.asarray(A).tolist(), list(zip(*np.asarray(B).tolist(), strict=True))
    dots = [
        [
            math.fsum(float(a) * float(b) for a, b in zip(row, column, strict=True))
            for column in columns
        ]
        for row in rows
    ]
    return np.array(dots)


def test_entry_is_row_times_column(student, rng):
    """Entry (i, j) is row i of A times column j of B, counted from 0."""
    A = np.array([[1.0, 2.0, -1.0], [0.5, -3.0, 4.0]])
    B = np.array([[2.0, 0.0], [1.0, 5.0], [3.0, -2.0]])
    for i, j, expected in ((0, 0, 1.0), (0, 1, 12.0), (1, 0, 10.0), (1, 1, -23.0)):
        assert_close(student.entry(A, B, i, j), expected)
        A, B = awkward(A.astype(np.float32)), awkward(B.astype(np.float32))
    A, B = map(awkward, rng.normal(size=(2, 3, 3)))
    expected = product(A, B)
    for i in range(3):
        for j in range(3):
            assert_close(student.entry(A, B, i, j), expected[i, j])


def test_every_row_meets_every_column(student):
    """Rows come from the left matrix and columns from the right one, so AB is not BA."""
    A, swap = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    assert_close(student.matmul(A, swap), np.array([[2.0, 1.0], [4.0, 3.0]]))
    assert_close(student.matmul(swap, A), np.array([[3.0, 4.0], [1.0, 2.0]]))
    B = np.array([[0.5, -1.0], [2.0, 0.0]])
    assert_close(student.matmul(A, B), np.array([[4.5, -1.0], [9.5, -3.0]]))


def test_outer_sizes_remain(student, rng):
    """(m, n) times (n, p) is (m, p) for any sizes, and products may be regrouped or distributed."""
    A = np.array([[1.0, 2.0, -1.0], [0.5, -3.0, 4.0]])
    B = np.array([[2.0, 0.0], [1.0, 5.0], [3.0, -2.0]])
    assert_close(student.matmul(A, B), np.array([[1.0, 12.0], [10.0, -23.0]]))
    for m, n, p in ((4, 3, 2), (3, 3, 3), (1, 5, 1), (5, 1, 4), (2, 30, 3)):
        A, B = rng.normal(scale=100.0, size=(m, n)), rng.normal(size=(n, p))
        A, B = awkward(A), awkward(B)
        assert_close(student.matmul(A, B), product(A, B))
        A, B = A.astype(np.float32), B.astype(np.float32)
        assert_close(student.matmul(A, B), product(A, B), rtol=1e-4, atol=1e-2)
    A, B, C, D = (rng.normal(size=shape) for shape in ((2, 4), (4, 3), (3, 5), (4, 3)))
    AB = student.matmul(A, B)
    assert_close(AB, product(A, B))
    assert_close(student.matmul(AB, C), student.matmul(A, student.matmul(B, C)))
    assert_close(student.matmul(A, B + D), AB + student.matmul(A, D))


def test_inner_sizes_must_agree(student):
    """Without equal inner sizes there is no product, not even if one of them is 1: ValueError."""
    for left, right in (((2, 3), (2, 3)), ((2, 3), (4, 2)), ((3, 1), (3, 2)), ((2, 3), (1, 2))):
        A, B = np.ones(left), np.ones(right)
        with pytest.raises(ValueError):
            student.matmul(A, B)
        with pytest.raises(ValueError):
            student.entry(A, B, 0, 0)


def test_integers_become_floats(student):
    """Integers give floats: fractions stay, and products of 8-bit integers do not wrap round."""
    A, B = np.array([[1, -2], [3, 0]]), np.array([[0.5, 0.25], [1.5, -1.0]])
    assert_close(student.matmul(A, B), np.array([[-2.5, 2.25], [1.5, 0.75]]))
    assert_close(student.matmul(B, A), np.array([[1.25, -1.0], [-1.5, -3.0]]))
    assert_close(student.matmul(A, A), np.array([[-5.0, -2.0], [3.0, -6.0]]))
    assert_close(student.entry(A, B, 0, 1), 2.25)
    assert_close(student.entry(A, A, 1, 1), -6.0)
    pixels = np.array([[100, 200], [50, 255]], dtype=np.uint8)
    assert_close(student.matmul(pixels, pixels), np.array([[20000.0, 71000.0], [17750.0, 75025.0]]))
    assert_close(student.entry(pixels, pixels, 1, 1), 75025.0)


def test_power_repeats_the_product(student, rng):
    """The power of a matrix is a repeated product, and with no factor at all the identity."""
    A = np.array([[1, 2], [1, 0]])
    assert_close(student.power(A, 4), np.array([[11.0, 10.0], [5.0, 6.0]]))
    assert_close(student.power(A, 2), np.array([[3.0, 2.0], [1.0, 2.0]]))
    assert_close(student.power(A, 1), np.array([[1.0, 2.0], [1.0, 0.0]]))
    assert_close(student.power(A, 0), np.eye(2))
    pixels = np.array([[100, 200], [0, 1]], dtype=np.uint8)
    assert_close(student.power(pixels, 2), np.array([[10000.0, 20200.0], [0.0, 1.0]]))
    A = awkward(rng.normal(size=(3, 3)))
    single = awkward(A.astype(np.float32))
    assert_close(student.power(single, 2), product(A, A), rtol=1e-4, atol=1e-4)
    expected = np.eye(3)
    for k in range(6):
        assert_close(student.power(A, k), expected)
        expected = product(A, expected)


def test_torch_agrees(student, torch, rng):
    """The PyTorch version follows the same rules and returns a tensor of shape (m, p)."""
    for m, n, p in ((4, 3, 2), (3, 3, 3), (1, 2, 5)):
        A, B = rng.normal(size=(m, n)), rng.normal(size=(n, p))
        got = student.matmul_torch(*(awkward(torch.tensor(M).float()) for M in (A, B)))
        assert_close(got, torch.tensor(product(A, B)).float())
    for left, right in (((2, 3), (2, 3)), ((3, 1), (3, 2)), ((2, 3), (1, 2))):
        with pytest.raises(ValueError):
            student.matmul_torch(torch.ones(left), torch.ones(right))


def test_autograd_reaches_both_factors(student, torch, rng):
    """Autograd can follow the product back: a gradient G of it is G Bᵀ for A, and AᵀG for B."""
    A, B, G = (rng.normal(size=shape) for shape in ((4, 3), (3, 2), (4, 2)))
    args = (torch.tensor(A), torch.tensor(B))
    _, (for_a, for_b) = student.vjp("matmul_torch", args, torch.tensor(G))
    assert_close(for_a, torch.tensor(product(G, B.T)))
    assert_close(for_b, torch.tensor(product(A.T, G)))
