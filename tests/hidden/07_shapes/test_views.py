"""Strides, contiguity, views that write through, and copies that do not."""

import numpy as np
import pytest

from grader import assert_close

SHAPES = ((4,), (2, 3), (3, 2), (3, 3), (5, 1, 2), (2, 3, 4, 5))


def read_in_order(array, shape):
    """The entries, the last index running fastest, in another shape."""
    return np.array([array[place] for place in np.ndindex(array.shape)]).reshape(shape)


def parameters(W, b):
    return np.array([*W.reshape(-1), *b])


def viewable():
    """Arrays and new shapes for which a view exists, although some have gaps."""
    X = np.arange(24.0)
    fixed = X.astype(np.float32)
    fixed.flags.writeable = False
    return (
        (X.reshape(4, 6), (24,)),
        (X.reshape(4, 6), (3, 8)),
        (X.reshape(4, 6), (4, 3, 2)),
        (fixed.reshape(4, 6)[1:3], (12,)),
        (np.array(7.0), (1, 1)),
        (X[::2], (3, 4)),  # every other entry: one stride is enough
        (X[::-1], (4, 6)),
        (X.reshape(4, 6)[:, :4], (4, 2, 2)),
        (X.reshape(4, 6).T, (2, 3, 4)),
        (X.reshape(4, 6).T, (6, 2, 2)),
    )


def to_be_copied():
    """Arrays and new shapes for which no strides exist."""
    X = np.arange(24.0)
    return (
        (X.reshape(4, 6).T, (24,)),
        (X.reshape(4, 6).T, (4, 6)),
        (X.reshape(4, 6)[:, :4], (16,)),
        (X.reshape(2, 3, 4).swapaxes(1, 2), (2, 12)),
    )


def test_strides_count_steps_in_memory(student):
    """From the last axis, strides grow by the sizes: (2, 3) floats of 8 bytes have (24, 8)."""
    assert_close(student.contiguous_strides((2, 3), 8), (24, 8))
    assert_close(student.contiguous_strides((7,), 4), (4,))
    assert_close(student.contiguous_strides(()), ())
    for shape in SHAPES:
        for dtype in (np.float64, np.float32, np.uint8):
            a = np.zeros(shape, dtype)
            assert_close(student.contiguous_strides(shape, a.itemsize), a.strides)
        in_entries = np.zeros(shape, np.uint8).strides  # one byte each, so bytes count entries
        assert_close(student.contiguous_strides(shape), in_entries)


def test_contiguous_is_reading_order_without_gaps(student):
    """Contiguous: reading row by row never jumps in memory. A view can be, a transpose is not."""
    X = np.arange(24.0).reshape(4, 6)
    X.flags.writeable = False
    yes = (X, X[1:3], X[2], X[:1, 2:4], X.reshape(2, 3, 4), X.reshape(2, 3, 4)[1], np.array(1.5))
    no = (X.T, X[:, ::-1], X[:, 1], X[::-1], X[:, :4], X[::2], X.reshape(2, 3, 4).swapaxes(0, 1))
    for a, expected in [(a, True) for a in yes] + [(a, False) for a in no]:
        assert_close(student.is_contiguous(a), expected)
    single = X[:, :1]
    assert_close(student.is_contiguous(single), False)
    assert_close(student.is_contiguous(single[:1]), True)  # one entry, whatever its strides
    assert_close(student.is_contiguous(X.T[:1].T), False)
    assert_close(student.is_contiguous(X.T[:, :1].T), True)
    assert_close(student.is_contiguous(X[:1].T), True)  # (6, 1): no step along the last axis
    assert_close(student.is_contiguous(np.asfortranarray(X.astype(np.float32))), False)


def test_view_lies_in_the_same_memory(student):
    """A reshaped view has the entries in reading order, and lies in the memory of the original."""
    for a, shape in viewable():
        assert_close(student.reshaped_view(a, shape), read_in_order(a, shape))
        here = student.keep(a)
        if not student.keep.reshaped_view(here, shape).shares_memory(here):
            pytest.fail("A write into the result would not reach the original: it was copied.")


def test_view_that_would_copy_is_refused(student):
    """Where a new shape needs a copy, or the sizes do not fit, a view raises ValueError."""
    for shape in ((5, 5), (23,), (4, 5), (4, 6, 2)):
        with pytest.raises(ValueError):
            student.reshaped_view(np.zeros((4, 6)), shape)
    every_other = student.keep(np.arange(24.0)[::2])
    if not student.keep.reshaped_view(every_other, (3, 4)).shares_memory(every_other):
        pytest.fail("Every other entry of a vector can be seen as a matrix without a copy.")
    for a, shape in to_be_copied():
        with pytest.raises(ValueError):
            student.reshaped_view(a, shape)


def test_copy_has_its_own_memory(student):
    """A reshaped copy shares no memory with the original, contiguous or not."""
    for a, shape in (viewable() + to_be_copied())[::-1]:
        a.flags.writeable = False
        assert_close(student.reshaped_copy(a, shape), read_in_order(a, shape))
        here = student.keep(a)
        if student.keep.reshaped_copy(here, shape).shares_memory(here):
            pytest.fail("A write into the result changes the original: they share memory.")
    for shape in ((5, 5), (23,), (4, 6, 2)):
        with pytest.raises(ValueError):
            student.reshaped_copy(np.zeros((4, 6)), shape)


def test_write_reaches_the_parameters(student, rng):
    """Row i of W and entry i of the bias become 0 in the caller's vector; the rest stays."""
    for m, n in ((2, 3), (3, 2), (3, 3), (1, 4), (4, 1)):
        for i in range(m):
            W, b = rng.uniform(1.0, 9.0, (m, n)), rng.uniform(-9.0, -1.0, m)
            theta = parameters(W, b)
            with_gaps = np.zeros(2 * theta.size)[::2]
            with_gaps[:] = theta
            W[i] = b[i] = 0.0
            for given in (theta, with_gaps, theta.astype(np.float32)):
                _, (after, *_) = student.inplace.silence_neuron(given, m, n, i)
                expected = parameters(W, b)
                assert_close(after, expected, rtol=1e-6)
    _, (after, *_) = student.inplace.silence_neuron(np.arange(1, 10), 3, 2, 1)
    assert_close(after, np.array([1, 2, 0, 0, 5, 6, 7, 0, 9]))


def test_torch_view_or_error(student, torch):
    """In PyTorch, too, a view shares memory, and the transpose as a vector raises RuntimeError."""
    t = torch.arange(24.0).reshape(4, 6)
    for given, shape in (
        (t, (24,)),
        (t, (3, 8)),
        (t[1:3].double(), (2, 2, 3)),
        (torch.tensor(7.0), (1, 1)),
        (t.T, (6, 2, 2)),
        (t.reshape(-1)[::2], (3, 4)),
    ):
        expected = torch.tensor(given.tolist()).reshape(shape)
        assert_close(student.reshaped_view_torch(given, shape), expected)
        here = student.keep(given)
        if not student.keep.reshaped_view_torch(here, shape).shares_memory(here):
            pytest.fail("A write into the result would not reach the original: it was copied.")
    for given, shape in ((t.T, (24,)), (t.T, (4, 6)), (t[:, :4], (16,)), (t, (5, 5))):
        with pytest.raises(RuntimeError):
            student.reshaped_view_torch(given, shape)


def test_torch_copy(student, torch):
    """A reshaped copy of a tensor shares no memory with it, contiguous or not."""
    t = torch.arange(24.0).reshape(4, 6)
    for given, shape in (
        (t.T, (6, 2, 2)),
        (t.T, (24,)),
        (t, (24,)),
        (t.double(), (4, 6)),
        (t[1], (3, 2)),
        (torch.tensor(7.0), (1,)),
    ):
        expected = torch.tensor(given.tolist()).reshape(shape)
        assert_close(student.reshaped_copy_torch(given, shape), expected)
        here = student.keep(given)
        if student.keep.reshaped_copy_torch(here, shape).shares_memory(here):
            pytest.fail("A write into the result changes the original: they share memory.")
