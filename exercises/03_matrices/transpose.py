"""What changes when rows become columns?

The transpose of a matrix swaps its two indices: what stood in row i and column j stands in row j
and column i. Networks transpose all the time. A batch keeps its samples in rows and a layer its
neurons in rows, so one of the two has to turn before they meet; what a layer has learnt from an
error goes back through the transpose of its weights.

Libraries make a transpose without moving a number: it is a second way to read the same memory.
That makes it free, and it means that a change of one is a change of the other. Two more things
surprise people. A vector has only one axis, so its transpose is the vector itself. And a stack of
matrices should stay a stack: only the last two axes are swapped.
"""

from __future__ import annotations

import numpy as np


def transpose(W: np.ndarray) -> np.ndarray:
    """Look at a matrix with rows and columns swapped, without copying it.

    Tⱼᵢ = Wᵢⱼ

    Args:
        W: shape (m, n); or a vector of shape (n,), in which there is nothing to swap.

    Returns:
        Shape (n, m), with the dtype of W, in the memory of W: whoever writes into the one changes
        the other. For a vector: the same vector, shape (n,), in the same memory.

    Examples:
        >>> transpose(np.array([[0.5, -1.0, 2.0], [3.0, 0.0, 1.5]]))
        array([[ 0.5,  3. ],
               [-1. ,  0. ],
               [ 2. ,  1.5]])
        >>> transpose(np.array([7.0, 8.0]))
        array([7., 8.])
    """
    raise NotImplementedError


def transposed_copy(W: np.ndarray) -> np.ndarray:
    """Swap the rows and columns of a matrix into memory of its own.

    Args:
        W: shape (m, n); m or n may be 1.

    Returns:
        Shape (n, m), with the dtype of W, sharing no memory with W.

    Examples:
        >>> W = np.array([[1.0, 2.0], [3.0, 4.0]])
        >>> T = transposed_copy(W)
        >>> T
        array([[1., 3.],
               [2., 4.]])
        >>> T[0, 1] = 99.0
        >>> W[1, 0]
        3.0
    """
    raise NotImplementedError


def column(v: np.ndarray) -> np.ndarray:
    """Stand a vector upright: make a matrix with one column of it.

    Args:
        v: shape (n,).

    Returns:
        Shape (n, 1), with the dtype of v.

    Examples:
        >>> column(np.array([7.0, 8.0, 9.0]))
        array([[7.],
               [8.],
               [9.]])
        >>> column(np.array([0.5])).shape
        (1, 1)
    """
    raise NotImplementedError


def transpose_each(batch: np.ndarray) -> np.ndarray:
    """Transpose every matrix of a batch: swap the last two axes and leave the others in place.

    Args:
        batch: shape (..., m, n): at least two axes, often three, (b, m, n).

    Returns:
        Shape (..., n, m), with the dtype of the batch.

    Examples:
        >>> transpose_each(np.array([[[1.0, 2.0]], [[3.0, 4.0]]]))[1]
        array([[3.],
               [4.]])
        >>> transpose_each(np.zeros((5, 4, 3, 2))).shape
        (5, 4, 2, 3)
    """
    raise NotImplementedError


def transpose_torch(W: torch.Tensor) -> torch.Tensor:
    """Look at a tensor with rows and columns swapped, without copying it.

    Args:
        W: shape (m, n).

    Returns:
        A tensor of shape (n, m), with the dtype of W, in the memory of W.

    Examples:
        >>> import torch
        >>> transpose_torch(torch.tensor([[0.5, -1.0, 2.0], [3.0, 0.0, 1.5]]))
        tensor([[ 0.5000,  3.0000],
                [-1.0000,  0.0000],
                [ 2.0000,  1.5000]])
        >>> transpose_torch(torch.zeros(4, 1)).shape
        torch.Size([1, 4])
    """
    import torch

    raise NotImplementedError


def transpose_each_torch(batch: torch.Tensor) -> torch.Tensor:
    """Transpose every matrix of a batch of tensors; axes before the last two stay in place.

    Args:
        batch: shape (..., m, n): at least two axes, often three, (b, m, n).

    Returns:
        A tensor of shape (..., n, m), with the dtype of the batch.

    Examples:
        >>> import torch
        >>> transpose_each_torch(torch.tensor([[[1.0, 2.0]], [[3.0, 4.0]]]))[1]
        tensor([[3.],
                [4.]])
        >>> transpose_each_torch(torch.zeros(5, 4, 3, 2)).shape
        torch.Size([5, 4, 2, 3])
    """
    import torch

    raise NotImplementedError
