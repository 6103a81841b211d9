"""How long is a vector?

The magnitude |v| is the distance from the origin to the point v: Pythagoras, in any number of
dimensions. Networks use it everywhere. It says how strong an activation is, how big a gradient is
(and whether to clip it), how far a prediction is from the truth.

Build it from squares, a sum and a root. Do not call a function that does it for you
(np.linalg.norm, torch.norm, torch.linalg.vector_norm, math.hypot and their relatives).
"""

from __future__ import annotations

import numpy as np


def magnitude(v: np.ndarray) -> float:
    """Measure the length of a vector.

    |v| = √(v₁² + v₂² + … + vₙ²)

    Small integers must not wrap round: 200² does not fit in 8 bits, so make everything float64
    before you square. That has room for the squares of very long and very short vectors, too.

    Args:
        v: shape (n,), integers or floats.

    Returns:
        One number, a float, never negative; 0 only for the zero vector.

    Examples:
        >>> magnitude(np.array([3.0, -4.0]))
        5.0
        >>> magnitude(np.array([1.0, 2.0, -2.0]))
        3.0
        >>> magnitude(np.array([120, 160], dtype=np.uint8))
        200.0
    """
    raise NotImplementedError


def row_magnitudes(X: np.ndarray) -> np.ndarray:
    """Measure the length of every row of a matrix.

    Entry i is |X[i]|, measured in float64 like a single vector. In a batch, that is one length for
    each sample.

    Args:
        X: shape (m, n), integers or floats; each row is a vector.

    Returns:
        Shape (m,), floats.

    Examples:
        >>> row_magnitudes(np.array([[3.0, 4.0], [6.0, -8.0]]))
        array([ 5., 10.])
        >>> row_magnitudes(np.array([[2, 3, 6]]))
        array([7.])
    """
    raise NotImplementedError


def magnitude_torch(v: torch.Tensor) -> torch.Tensor:
    """Measure the length of a tensor, and keep the result a tensor.

    Integers must not wrap round here either. Stay with tensor operations from start to end:
    `.item()` or `float()` would leave a plain number, through which autograd cannot find its way
    back to v.

    Args:
        v: shape (n,), integers or floats.

    Returns:
        A tensor of shape (), with a floating dtype.

    Examples:
        >>> import torch
        >>> magnitude_torch(torch.tensor([3.0, -4.0])).item()
        5.0
        >>> magnitude_torch(torch.tensor([1.0, 2.0, -2.0])).item()
        3.0
    """
    import torch

    raise NotImplementedError


def row_magnitudes_torch(X: torch.Tensor) -> torch.Tensor:
    """Measure the length of every row of a tensor.

    Args:
        X: shape (m, n), integers or floats; each row is a vector.

    Returns:
        A tensor of shape (m,), with a floating dtype.

    Examples:
        >>> import torch
        >>> row_magnitudes_torch(torch.tensor([[3.0, 4.0], [6.0, -8.0]])).tolist()
        [5.0, 10.0]
        >>> row_magnitudes_torch(torch.tensor([[2.0, 3.0, 6.0]])).tolist()
        [7.0]
    """
    import torch

    raise NotImplementedError
