"""Is it a new array, or the old one in another shape?

An array is a line of numbers in memory and a note about how to walk along it: a shape, and for
each axis a *stride*, the step to the next entry. Transposing or slicing writes a new note on the
same numbers, which is why it costs nothing. Such a view is not a copy: whoever writes into one
array writes into all that share the memory.

Networks use both sides of this. Optimizers like to hold all parameters in one flat vector, with
the weight matrix and the bias as views of it. And a transposed tensor refuses `.view`, while
`.reshape` quietly copies, so that a write into the result is lost. Learn to say beforehand which
of the two you will get.
"""

from __future__ import annotations

import numpy as np


def contiguous_strides(shape: tuple[int, ...], itemsize: int = 1) -> tuple[int, ...]:
    """Work out the strides of an array whose rows lie in memory one after the other.

    The last axis has the stride `itemsize`; each axis before it has the stride of the axis behind
    it times the size of the axis behind it. NumPy counts strides in bytes, with the bytes of one
    entry as `itemsize`; PyTorch counts in entries, so its `itemsize` is 1.

    Args:
        shape: any number of sizes, each at least 1.
        itemsize: the step from one entry to the next.

    Returns:
        One stride for each axis, a tuple of ints.

    Examples:
        >>> contiguous_strides((5, 3), 8)
        (24, 8)
        >>> contiguous_strides((10, 28, 28))
        (784, 28, 1)
    """
    raise NotImplementedError


def is_contiguous(a: np.ndarray) -> bool:
    """Tell whether the entries of an array lie in memory in reading order, without gaps.

    Reading order is row by row, the last index fastest. An array may be contiguous and yet be a
    view of a larger one. (On an axis of size 1 nobody takes a step: its stride does not count.)

    Args:
        a: any shape, at least one entry.

    Returns:
        A truth value.

    Examples:
        >>> X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> is_contiguous(X), is_contiguous(X.T)
        (True, False)
    """
    raise NotImplementedError


def reshaped_view(a: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Give an array another shape, in the same memory or not at all.

    Args:
        a: any shape, at least one entry; its own shape must stay as it is.
        shape: the new shape, sizes of at least 1.

    Returns:
        An array of the new shape, with the entries of `a` in reading order, in the memory of `a`.

    Raises:
        ValueError: the entries would have to be copied (only then: not every array with gaps has
            to), or the sizes do not multiply to the number of entries.

    Examples:
        >>> X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> flat = reshaped_view(X, (6,))
        >>> flat[0] = 9.0
        >>> X
        array([[9., 2., 3.],
               [4., 5., 6.]])
        >>> reshaped_view(X.T, (6,))
        Traceback (most recent call last):
        ValueError: a copy would be needed
    """
    raise NotImplementedError


def reshaped_copy(a: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Give an array another shape, in memory of its own.

    Args:
        a: any shape, at least one entry.
        shape: the new shape, sizes of at least 1.

    Returns:
        An array of the new shape, with the entries of `a` in reading order, sharing no memory with
        `a`.

    Raises:
        ValueError: the sizes do not multiply to the number of entries.

    Examples:
        >>> X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> flat = reshaped_copy(X, (6,))
        >>> flat[0] = 9.0
        >>> X
        array([[1., 2., 3.],
               [4., 5., 6.]])
    """
    raise NotImplementedError


def silence_neuron(theta: np.ndarray, outputs: int, inputs: int, i: int) -> None:
    """Set all weights and the bias of one neuron to zero, in the caller's parameters.

    A layer with n = `inputs` and m = `outputs` keeps its parameters in one flat vector: first the
    weight matrix W of shape (m, n), row by row, then the bias of shape (m,). Row i of W and entry i
    of the bias belong to neuron i.

    Args:
        theta: shape (m · n + m,), writeable; it may be a view with gaps. It is changed.
        outputs: m.
        inputs: n.
        i: the neuron, from 0 to m - 1.

    Returns:
        Nothing (None): what counts is that theta has changed, at these places and no others.

    Examples:
        >>> theta = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 10.0, 20.0])
        >>> silence_neuron(theta, 2, 3, 0)
        >>> theta
        array([ 0.,  0.,  0.,  4.,  5.,  6.,  0., 20.])
    """
    raise NotImplementedError


def reshaped_view_torch(t: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """Give a tensor another shape, in the same memory or not at all.

    Args:
        t: any shape, at least one entry.
        shape: the new shape, sizes of at least 1.

    Returns:
        A tensor of the new shape, with the entries of t in reading order, in the memory of t.

    Raises:
        RuntimeError: the entries would have to be copied, as for a transposed matrix that is to
            become a vector; or the sizes do not multiply to the number of entries.

    Examples:
        >>> import torch
        >>> t = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> reshaped_view_torch(t, (3, 2))
        tensor([[1., 2.],
                [3., 4.],
                [5., 6.]])
        >>> reshaped_view_torch(t.T, (6,))
        Traceback (most recent call last):
        RuntimeError: view size is not compatible with input tensor's size and stride
    """
    import torch

    raise NotImplementedError


def reshaped_copy_torch(t: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """Give a tensor another shape, in memory of its own.

    Args:
        t: any shape, at least one entry.
        shape: the new shape, sizes of at least 1.

    Returns:
        A tensor of the new shape, with the entries of t in reading order, sharing no memory with t.

    Examples:
        >>> import torch
        >>> t = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> row = reshaped_copy_torch(t.T, (6,))
        >>> row
        tensor([1., 4., 2., 5., 3., 6.])
        >>> row[0] = 9.0
        >>> t[0, 0]
        tensor(1.)
    """
    import torch

    raise NotImplementedError
