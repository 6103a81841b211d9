"""How does a matrix act on a vector?

A layer keeps one row of weights for each of its neurons, so its weight W has shape (m, n): m
neurons, each with n inputs. Its answer to an input x is W x, m numbers. There are two ways to see
the same product. Row by row, every neuron takes the dot product of its own weights and x. Column by
column, input j adds its share to all neurons at once: column j of W, scaled by x_j.

Build the product both ways. Multiply with * and add up, and do not call a function that multiplies
matrices or vectors for you (np.dot, np.matmul, np.inner, np.einsum, torch.mv, torch.matmul,
F.linear and their relatives), nor the @ operator.
"""

from __future__ import annotations

import numpy as np


def pre_activation(W: np.ndarray, x: np.ndarray, i: int) -> float:
    """Compute what neuron i of a layer answers, without the others.

    The neuron has no bias here, so its pre-activation is the weighted sum alone:

    z_i = row i of W · x = W[i, 0] x[0] + W[i, 1] x[1] + … + W[i, n - 1] x[n - 1]

    Args:
        W: shape (m, n), one row for each neuron.
        x: shape (n,).
        i: the neuron, from 0 to m - 1.

    Returns:
        One number, a float.

    Examples:
        >>> W = np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 3.0]])
        >>> pre_activation(W, np.array([2.0, 1.0, 1.0]), 0)
        4.0
        >>> pre_activation(W, np.array([2.0, 1.0, 1.0]), 1)
        3.0
    """
    raise NotImplementedError


def contribution(W: np.ndarray, x: np.ndarray, j: int) -> np.ndarray:
    """Compute what input j adds to each neuron's answer.

    It is column j of W, scaled by x[j].

    Args:
        W: shape (m, n), one column for each input.
        x: shape (n,).
        j: the input, from 0 to n - 1.

    Returns:
        Shape (m,), one share for each neuron.

    Examples:
        >>> W = np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 3.0]])
        >>> contribution(W, np.array([2.0, 1.0, 1.0]), 0)
        array([2., 1.])
        >>> contribution(W, np.array([2.0, 1.0, 1.0]), 1)
        array([ 0., -1.])
    """
    raise NotImplementedError


def matvec_rows(W: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Multiply a matrix by a vector, one row after another.

    Entry i of W x is the dot product of row i of W and x. The product of two 8-bit integers does
    not fit in 8 bits, so make floats of them before you multiply.

    Args:
        W: shape (m, n), integers or floats.
        x: shape (n,), integers or floats.

    Returns:
        Shape (m,), floats, also where W and x hold integers.

    Raises:
        ValueError: x has not the shape (n,); (1,) and (n, 1) do not fit either.

    Examples:
        >>> matvec_rows(np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 3.0]]), np.array([2.0, 1.0, 1.0]))
        array([4., 3.])
        >>> matvec_rows(np.array([[0, 1], [1, 0]]), np.array([5, 7]))
        array([7., 5.])
    """
    raise NotImplementedError


def matvec_columns(W: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Multiply a matrix by a vector, one column after another.

    W x = x[0] (column 0 of W) + x[1] (column 1 of W) + … + x[n - 1] (column n - 1 of W)

    Small integers must not wrap round here either.

    Args:
        W: shape (m, n), integers or floats.
        x: shape (n,), integers or floats.

    Returns:
        Shape (m,), floats, also where W and x hold integers.

    Raises:
        ValueError: x has not the shape (n,); (1,) and (n, 1) do not fit either.

    Examples:
        >>> matvec_columns(np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 3.0]]), np.array([2.0, 1.0, 1.0]))
        array([4., 3.])
        >>> matvec_columns(np.array([[1, 3], [2, 4]]), np.array([10, 0]))
        array([10., 20.])
    """
    raise NotImplementedError


def matvec_torch(W: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Multiply a matrix by a vector, by rows or by columns, with tensors.

    Stay with tensor operations from start to end, so that autograd finds its way back to W and x.

    Args:
        W: shape (m, n), floats.
        x: shape (n,), floats of the same dtype.

    Returns:
        A tensor of shape (m,), with a floating dtype.

    Raises:
        ValueError: x has not the shape (n,); (1,) and (n, 1) do not fit either.

    Examples:
        >>> import torch
        >>> W = torch.tensor([[1.0, 0.0, 2.0], [0.5, -1.0, 3.0]])
        >>> matvec_torch(W, torch.tensor([2.0, 1.0, 1.0]))
        tensor([4., 3.])
        >>> matvec_torch(W, torch.tensor([0.0, 0.0, 0.5]))
        tensor([1.0000, 1.5000])
    """
    import torch

    raise NotImplementedError
