"""Swapping rows and columns: of a matrix, of a vector (nothing happens), of each of a batch."""

import numpy as np
import pytest

from grader import assert_close, awkward

SHAPES = ((2, 3), (3, 3), (5, 2), (1, 4), (4, 1))


def swapped(W):
    """T[j][i] = W[i][j], entry by entry."""
    T = np.empty((W.shape[1], W.shape[0]), dtype=W.dtype)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            T[j, i] = W[i, j]
    return T


def swapped_each(batch):
    """The same for the last two axes, whatever stands before them."""
    T = np.empty((*batch.shape[:-2], batch.shape[-1], batch.shape[-2]), dtype=batch.dtype)
    for place in np.ndindex(*batch.shape[:-2]):
        T[place] = swapped(batch[place])
    return T


def matrices(rng):
    """Matrices of many shapes, of floats and integers, that cannot be written into."""
    for shape in SHAPES:
        for W in (rng.normal(size=shape), rng.integers(-99, 99, size=shape)):
            if shape in ((3, 3), (4, 1)) and W.dtype == np.float64:
                W = awkward(W.astype(np.float32))
            W.flags.writeable = False
            yield W


def test_rows_become_columns(student, rng):
    """What stood in row i and column j stands in row j and column i: (2, 3) becomes (3, 2)."""
    W = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert_close(student.transpose(W), np.array([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]))
    for W in matrices(rng):
        assert_close(student.transpose(W), swapped(W), dtype=W.dtype)


def test_transpose_is_a_window(student, rng):
    """A transpose shares the memory of W: whoever writes into the one changes the other."""
    for W in matrices(rng):
        here = student.keep(W)
        if not student.keep.transpose(here).shares_memory(here):
            pytest.fail("A change of the transpose does not reach W: it was copied.")


def test_nothing_to_swap_in_a_vector(student, rng):
    """A vector has one axis, so its transpose is the vector itself, shape (n,), not a column."""
    for v in (np.array([1.0, 2.0, 3.0]), np.array([7, -7]), rng.normal(size=1)):
        assert_close(student.transpose(v), v)
        here = student.keep(v)
        if not student.keep.transpose(here).shares_memory(here):
            pytest.fail("The vector was copied; there was nothing to do.")


def test_copy_has_memory_of_its_own(student, rng):
    """A transposed copy shares no memory with W, whichever shape W has and however it lies."""
    W = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert_close(student.transposed_copy(W), np.array([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]))
    for W in matrices(rng):
        by_columns = np.asfortranarray(W)
        for one in (W, by_columns):
            here = student.keep(one)
            kept = student.keep.transposed_copy(here)
            shared, _ = kept.shares_memory(here), kept.dtype  # for the diagnosis
            assert_close(student.transposed_copy(one), swapped(W), dtype=W.dtype)
            if shared:
                pytest.fail("Whoever writes into the copy changes W: they share memory.")


def test_twice_is_the_matrix_itself(student, rng):
    """Transposing twice gives the matrix back, also where a copy was made in between."""
    for W in matrices(rng):
        assert_close(student.transpose(student.transposed_copy(W)), W)
        assert_close(student.transposed_copy(student.transpose(W)), W)


def test_vector_stands_upright(student, rng):
    """A column has two axes, shape (n, 1), and the vector's numbers from top to bottom."""
    assert_close(student.column(np.array([7.0, 8.0, 9.0])), np.array([[7.0], [8.0], [9.0]]))
    for n in (1, 2, 6):
        v = rng.integers(-99, 99, size=n)
        v = awkward(v.astype(np.float32) if n == 2 else v)
        expected = np.zeros((n, 1), dtype=v.dtype)
        for i in range(n):
            expected[i, 0] = v[i]
        _ = student.keep.column(v).dtype  # asked before judging: a diagnosis sees it, too
        assert_close(student.column(v), expected, dtype=v.dtype)


def test_each_matrix_of_a_batch(student, rng):
    """In a batch of shape (b, m, n) each matrix is transposed, and all keep their places."""
    batch = np.array([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]])
    expected = np.array([[[1, 4], [2, 5], [3, 6]], [[7, 10], [8, 11], [9, 12]]])
    of_four = student.transpose_each(np.zeros((2, 3, 4, 5)))  # tells wrong ideas apart
    assert_close(student.transpose_each(batch), expected)
    assert_close(of_four, np.zeros((2, 3, 5, 4)))
    for shape in ((4, 2, 3), (3, 3, 3), (2, 2, 5), (5, 4), (2, 3, 4, 5), (2, 2, 2, 2)):
        batch = rng.normal(size=shape)
        batch.flags.writeable = False
        if shape in ((3, 3, 3), (2, 3, 4, 5)):
            batch = awkward(batch.astype(np.float32))
        assert_close(student.transpose_each(batch), swapped_each(batch))


def test_torch_matrix(student, torch, rng):
    """In PyTorch, too, rows become columns in the same memory, and twice gives W back."""
    for shape in SHAPES:
        W = rng.normal(size=shape).astype(np.float32)
        tensor = torch.tensor(W)
        if shape == (3, 3):
            tensor = awkward(tensor).double()
        here = student.keep(tensor)
        shared = student.keep.transpose_torch(here).shares_memory(here)
        got = student.transpose_torch(tensor)
        assert_close(got, torch.tensor(swapped(W)), dtype=tensor.dtype)
        assert_close(student.transpose_torch(got), tensor)
        if not shared:
            pytest.fail("A change of the transpose does not reach W: it was copied.")


def test_torch_batch(student, torch, rng):
    """In PyTorch, too, each matrix of a batch is transposed, and all keep their places."""
    for shape in ((2, 3, 4, 5), (4, 2, 3), (3, 3, 3), (5, 4)):
        batch = rng.normal(size=shape).astype(np.float32)
        given = torch.tensor(batch)
        if shape == (3, 3, 3):
            given = awkward(given.double())
        got = student.transpose_each_torch(given)
        assert_close(got, torch.tensor(swapped_each(batch)))
