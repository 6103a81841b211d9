"""Which matrices do almost nothing?

The identity matrix I has ones on its diagonal and zeros everywhere else. As a layer it passes its
input on unchanged, and among matrices it is what 1 is among numbers. A diagonal matrix diag(g) is
nearly as simple. It multiplies each number by a factor of its own: to the left of W it scales the
rows of W, the neurons, and to the right its columns, the inputs. The zero matrix forgets its input.

Such matrices are how networks start, how they are left unchanged, and how they are tuned: the gain
of a normalization layer is a diagonal matrix, though nobody ever stores all its zeros.
"""

from __future__ import annotations

import numpy as np


def identity(n: int) -> np.ndarray:
    """Make the identity matrix: 1 on the diagonal, 0 elsewhere, so that I x = x.

    Args:
        n: how many rows and columns, at least 1.

    Returns:
        Shape (n, n), floats.

    Examples:
        >>> identity(2)
        array([[1., 0.],
               [0., 1.]])
        >>> identity(1)
        array([[1.]])
    """
    raise NotImplementedError


def scale_rows(W: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Multiply row i of a matrix by g[i]: the product diag(g) W.

    Args:
        W: shape (m, n), integers or floats.
        g: shape (m,), floats, one factor for each row.

    Returns:
        Shape (m, n), floats, in a new array.

    Examples:
        >>> scale_rows(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([10.0, -1.0]))
        array([[10., 20., 30.],
               [-4., -5., -6.]])
        >>> scale_rows(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, 0.0]))
        array([[0.5, 1. ],
               [0. , 0. ]])
    """
    raise NotImplementedError


def scale_columns(W: np.ndarray, g: np.ndarray) -> np.ndarray:
    """Multiply column j of a matrix by g[j]: the product W diag(g).

    Args:
        W: shape (m, n), integers or floats.
        g: shape (n,), floats, one factor for each column.

    Returns:
        Shape (m, n), floats, in a new array.

    Examples:
        >>> scale_columns(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([10.0, -1.0, 0.5]))
        array([[10. , -2. ,  1.5],
               [40. , -5. ,  3. ]])
        >>> scale_columns(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, 0.0]))
        array([[0.5, 0. ],
               [1.5, 0. ]])
    """
    raise NotImplementedError


def keep_diagonal(W: np.ndarray) -> np.ndarray:
    """Keep the diagonal of a square matrix and set everything else to 0.

    Args:
        W: shape (n, n), finite floats.

    Returns:
        Shape (n, n), floats, in a new array.

    Examples:
        >>> keep_diagonal(np.array([[1.0, 2.0], [3.0, 4.0]]))
        array([[1., 0.],
               [0., 4.]])
        >>> keep_diagonal(np.array([[0.0, 2.0], [3.0, 0.5]]))
        array([[0. , 0. ],
               [0. , 0.5]])
    """
    raise NotImplementedError


def zero_layer(outputs: int, inputs: int) -> tuple[np.ndarray, np.ndarray]:
    """Make the weights and biases of a layer that answers 0 to every input.

    Args:
        outputs: how many neurons the layer has, m.
        inputs: how many inputs it has, n.

    Returns:
        A tuple (W, b): weights of shape (m, n) and biases of shape (m,), all 0, floats.

    Examples:
        >>> W, b = zero_layer(2, 3)
        >>> W
        array([[0., 0., 0.],
               [0., 0., 0.]])
        >>> b
        array([0., 0.])
    """
    raise NotImplementedError


def identity_torch(n: int) -> torch.Tensor:
    """Make the identity matrix as a tensor that fits the weights of a layer.

    Args:
        n: how many rows and columns, at least 1.

    Returns:
        A tensor of shape (n, n), dtype float32.

    Examples:
        >>> identity_torch(2)
        tensor([[1., 0.],
                [0., 1.]])
        >>> identity_torch(1)
        tensor([[1.]])
    """
    import torch

    raise NotImplementedError


def scale_rows_torch(W: torch.Tensor, g: torch.Tensor) -> torch.Tensor:
    """Multiply row i of a tensor by g[i]: the product diag(g) W.

    Args:
        W: shape (m, n), floats.
        g: shape (m,), floats of the same dtype, one factor for each row.

    Returns:
        A new tensor of shape (m, n).

    Examples:
        >>> import torch
        >>> W = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> scale_rows_torch(W, torch.tensor([10.0, -1.0]))
        tensor([[10., 20., 30.],
                [-4., -5., -6.]])
        >>> scale_rows_torch(torch.eye(2), torch.tensor([0.5, 7.0]))
        tensor([[0.5000, 0.0000],
                [0.0000, 7.0000]])
    """
    import torch

    raise NotImplementedError
