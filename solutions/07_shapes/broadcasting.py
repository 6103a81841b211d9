"""What happens when shapes differ?

`X @ W.T + b` adds a vector of shape (m,) to a batch of shape (N, m), and it works: NumPy and
PyTorch stretch an axis of size 1, or one that is missing, until both shapes fit. This is called
broadcasting. Biases and the means of layer norm rely on it, and no data is copied for it.

It is also the most silent of traps. (n,) minus (n, 1) is a table of n × n differences, and a bias
that was meant for each row goes to each column without a word when both have the same size. So
learn to predict the result's shape from the two shapes alone, and then to steer: which axis do
these numbers belong to?

Predict with the sizes, as plain numbers. Do not call np.broadcast_shapes, np.broadcast,
np.broadcast_arrays, torch.broadcast_shapes or torch.broadcast_tensors.

Hints
-----
1. Two tuples give one tuple, as long as the longer of them. Adding along an axis and layer norm
   keep the shape of X; a loss is one number; stretched rows have shape (rows, n).
2. Write the two shapes one above the other so that their *right* ends meet. Which pairs of sizes
   may stand in one column? What should stand where the shorter one has nothing? And which shape
   must a vector have so that NumPy lines it up with the axis you mean?
3. For k = 1, 2, …: `m = a[-k] if k <= len(a) else ____`; reshape to `[1] * X.ndim` with
   `shape[____] = values.size`; `X.mean(axis=-1, keepdims=____)`;
   `np.broadcast_to(b, (____, ____))`.

Why it works
------------
An axis of size 1 is stretched by stepping over it with stride 0: the same number is read again and
again, so nothing needs to be copied. A row of n numbers with mean 0 and variance 1 has the squared
length n · 1, so layer norm puts every row at distance √n from the origin: a direction, but no unit
vector.
"""

from __future__ import annotations

import numpy as np


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """Predict the shape of A + B from the shapes of A and B.

    Compare the sizes from the right. A missing size counts as 1. Equal sizes stay; where one of
    the two is 1, the other one is the result; anything else is a clash. No array is needed, so the
    sizes may be larger than any memory.

    Args:
        a: a shape, any number of sizes, each 0 or more; () is the shape of a single number.
        b: another one.

    Returns:
        The shape of the result, a tuple of ints.

    Raises:
        ValueError: two sizes clash.

    Examples:
        >>> broadcast_shape((5, 3), (3,))
        (5, 3)
        >>> broadcast_shape((7, 1, 2), (6, 1))
        (7, 6, 2)
        >>> broadcast_shape((5, 3), (5,))
        Traceback (most recent call last):
        ValueError: (5, 3) and (5,) do not fit: 3 meets 5
    """
    sizes = []
    for k in range(1, max(len(a), len(b)) + 1):
        m = a[-k] if k <= len(a) else 1
        n = b[-k] if k <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} do not fit: {m} meets {n}")
        sizes.append(n if m == 1 else m)
    return tuple(reversed(sizes))


def add_along(X: np.ndarray, values: np.ndarray, axis: int) -> np.ndarray:
    """Add a vector along one axis of an array: values[i] to all entries with index i on that axis.

    For X of shape (N, m), axis 1 adds one number to each column, as a bias does, and axis 0 adds
    one number to each row. A batch of images (N, channels, height, width) gets a bias for each
    channel along axis 1.

    Args:
        X: any shape with at least one axis; the caller's array must stay as it is.
        values: shape (n,), where n is the size of X along the axis.
        axis: from 0 to X.ndim - 1.

    Returns:
        A new array of the shape of X.

    Raises:
        ValueError: the shape of values is not (n,); (1,) is not stretched either.

    Examples:
        >>> add_along(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([10.0, 20.0]), 1)
        array([[11., 22.],
               [13., 24.],
               [15., 26.]])
        >>> add_along(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([1.0, 0.0, -1.0]), 0)
        array([[2., 3.],
               [3., 4.],
               [4., 5.]])
    """
    if values.shape != (X.shape[axis],):
        raise ValueError(f"axis {axis} has {X.shape[axis]} places, got values of {values.shape}")
    shape = [1] * X.ndim
    shape[axis] = values.size
    return X + values.reshape(shape)


def regression_loss(prediction: np.ndarray, target: np.ndarray) -> float:
    """Average the squared errors of a layer with one output.

    Such a layer gives a column of shape (n, 1), targets are mostly stored as (n,). Prediction i
    belongs to target i, whichever of the two shapes each of them has:

    loss = ((p₁ - t₁)² + … + (pₙ - tₙ)²) / n

    Args:
        prediction: shape (n,) or (n, 1), floats, n at least 1.
        target: shape (n,) or (n, 1), floats.

    Returns:
        One number, a float.

    Raises:
        ValueError: a shape is neither (n,) nor (n, 1), or the two have different n.

    Examples:
        >>> regression_loss(np.array([[3.0], [1.0]]), np.array([1.0, 1.0]))
        2.0
        >>> regression_loss(np.array([0.5, -2.0]), np.array([0.5, -2.0]))
        0.0
    """
    for array in (prediction, target):
        if array.shape not in ((array.size,), (array.size, 1)):
            raise ValueError(f"neither (n,) nor (n, 1): {array.shape}")
    if prediction.size != target.size:
        raise ValueError(f"{prediction.size} predictions for {target.size} targets")
    return float(np.mean((prediction.ravel() - target.ravel()) ** 2))


def layer_norm(X: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    """Shift and scale each row to mean 0 and variance 1.

    For a row x with n entries, mean μ and variance σ² = ((x₁ - μ)² + … + (xₙ - μ)²) / n:

    y = (x - μ) / √(σ² + ε)

    ε keeps a row of equal entries from dividing by 0. (With ε = 0 the result has length √n.)

    Args:
        X: shape (…, n), integers or floats; a row runs along the last axis. The caller's array
            must stay as it is.
        eps: ε, not negative.

    Returns:
        The shape of X, floats.

    Examples:
        >>> layer_norm(np.array([[1.0, 3.0], [30.0, 10.0]]), eps=0.0)
        array([[-1.,  1.],
               [ 1., -1.]])
        >>> layer_norm(np.array([[5.0, 5.0, 5.0]]))
        array([[0., 0., 0.]])
    """
    centered = X - X.mean(axis=-1, keepdims=True)
    return centered / np.sqrt(X.var(axis=-1, keepdims=True) + eps)


def stretch_rows(b: np.ndarray, rows: int) -> np.ndarray:
    """Show a vector as a matrix of equal rows, without copying it.

    This is what broadcasting makes of a bias. All rows lie in the same memory, so the result must
    not be written to.

    Args:
        b: shape (n,).
        rows: how many rows, at least 1.

    Returns:
        Shape (rows, n), a read-only view in the memory of b.

    Examples:
        >>> stretch_rows(np.array([1.0, 2.0, 3.0]), 2)
        array([[1., 2., 3.],
               [1., 2., 3.]])
        >>> stretch_rows(np.array([1.0, 2.0]), 4).flags.writeable
        False
    """
    return np.broadcast_to(b, (rows, b.size))


def layer_norm_torch(X: torch.Tensor, eps: float = 1e-5) -> torch.Tensor:
    """Shift and scale each row to mean 0 and variance 1, by the same formula.

    Args:
        X: shape (…, n), floats; n at least 1.
        eps: ε, not negative.

    Returns:
        A tensor of the shape of X, with a floating dtype.

    Examples:
        >>> import torch
        >>> layer_norm_torch(torch.tensor([[1.0, 3.0], [30.0, 10.0]]), eps=0.0)
        tensor([[-1.,  1.],
                [ 1., -1.]])
        >>> layer_norm_torch(torch.tensor([5.0, 5.0, 5.0]))
        tensor([0., 0., 0.])
    """
    centered = X - X.mean(dim=-1, keepdim=True)
    return centered / (X.var(dim=-1, correction=0, keepdim=True) + eps).sqrt()


def stretch_rows_torch(b: torch.Tensor, rows: int) -> torch.Tensor:
    """Show a tensor as a matrix of equal rows, without copying it.

    Args:
        b: shape (n,).
        rows: how many rows, at least 1.

    Returns:
        A tensor of shape (rows, n), a view in the memory of b.

    Examples:
        >>> import torch
        >>> stretch_rows_torch(torch.tensor([1.0, 2.0, 3.0]), 2)
        tensor([[1., 2., 3.],
                [1., 2., 3.]])
        >>> stretch_rows_torch(torch.tensor([1.0, 2.0]), 4).shape
        torch.Size([4, 2])
    """
    return b.expand(rows, -1)
