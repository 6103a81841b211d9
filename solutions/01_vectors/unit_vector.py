"""Which way does a vector point?

Divide a vector by its length, and what is left is its direction: a unit vector, of length 1. That
is how embeddings are made comparable, how the gradient's direction is told from its size, and what
PyTorch's `F.normalize` does to every row of a batch.

The zero vector has no direction, and 0 / 0 is nan, which then spreads through a whole network.
Somebody must decide. The policy here is PyTorch's: the zero vector stays zero. No other vector may
suffer from that decision.

Hints
-----
1. A vector of shape (n,) gives one of shape (n,); a matrix of shape (m, n) gives one of shape
   (m, n), in which each row has length 1.
2. What must you know before you divide? And if the lengths of m rows have shape (m,), which axis
   of an (m, n) matrix does NumPy line them up with?
3. `lengths = np.linalg.norm(X, axis=____, keepdims=____)`, then
   `np.divide(X, ____, out=np.zeros(____), where=____)`: the division fills `out` only in places
   where the condition holds.

Why it works
------------
Scaling a vector by c scales its length by |c|. With c = 1/|v| the new length is |v|/|v| = 1, and
because c is positive the direction stays. A zero row is never divided: it keeps the zeros that
`out` held before, or in PyTorch is divided by 1 instead.
"""

from __future__ import annotations

import numpy as np


def unit_vector(v: np.ndarray) -> np.ndarray:
    """Scale a vector to length 1, and keep its direction.

    v / |v|, and zeros where v is the zero vector. The caller's v stays as it is.

    Args:
        v: shape (n,), integers or floats.

    Returns:
        A new array of shape (n,), floats.

    Examples:
        >>> unit_vector(np.array([3.0, -4.0]))
        array([ 0.6, -0.8])
        >>> unit_vector(np.array([0, 5, 0]))
        array([0., 1., 0.])
        >>> unit_vector(np.array([0.0, 0.0]))
        array([0., 0.])
    """
    length = np.linalg.norm(v)
    return v / length if length > 0 else np.zeros(v.shape)


def unit_rows(X: np.ndarray) -> np.ndarray:
    """Scale every row of a matrix to length 1.

    Row i is X[i] / |X[i]|, and zeros where X[i] is zero. The caller's X stays as it is.

    Args:
        X: shape (m, n), integers or floats; each row is a vector.

    Returns:
        A new array of shape (m, n), floats.

    Examples:
        >>> unit_rows(np.array([[3.0, 4.0], [0.0, -2.0], [0.0, 0.0]]))
        array([[ 0.6,  0.8],
               [ 0. , -1. ],
               [ 0. ,  0. ]])
        >>> unit_rows(np.array([[6, -8]]))
        array([[ 0.6, -0.8]])
    """
    lengths = np.linalg.norm(X, axis=1, keepdims=True)
    return np.divide(X, lengths, out=np.zeros(X.shape), where=lengths > 0)


def unit_vector_torch(v: torch.Tensor) -> torch.Tensor:
    """Scale a tensor to length 1, and keep its direction; zero stays zero.

    Args:
        v: shape (n,), floats.

    Returns:
        A new tensor of shape (n,), floats.

    Examples:
        >>> import torch
        >>> unit_vector_torch(torch.tensor([3.0, -4.0]))
        tensor([ 0.6000, -0.8000])
        >>> unit_vector_torch(torch.tensor([0.0, 0.0]))
        tensor([0., 0.])
    """
    import torch

    length = torch.linalg.vector_norm(v)
    return v / (length + (length == 0))  # True counts as 1, so zero is divided by 1


def unit_rows_torch(X: torch.Tensor) -> torch.Tensor:
    """Scale every row of a tensor to length 1; a zero row stays zero.

    Args:
        X: shape (m, n), floats; each row is a vector.

    Returns:
        A new tensor of shape (m, n), floats.

    Examples:
        >>> import torch
        >>> unit_rows_torch(torch.tensor([[3.0, 4.0], [0.0, -2.0]]))
        tensor([[ 0.6000,  0.8000],
                [ 0.0000, -1.0000]])
        >>> unit_rows_torch(torch.tensor([[0.0, 0.0, 0.0]]))
        tensor([[0., 0., 0.]])
    """
    import torch

    lengths = torch.linalg.vector_norm(X, dim=1, keepdim=True)
    return X / (lengths + (lengths == 0))  # True counts as 1, so zero rows are divided by 1
