"""How does a layer take many samples at once?

A batch is a matrix with one sample in each row. A layer has a weight matrix W of shape (m, n),
with one neuron in each row, and computes Wx + b for one sample x. For all samples of a batch X at
once this becomes X Wᵀ + b: row i of the result is what sample i would have given alone. Nothing is
mixed between samples; they only share the weights.

The same line also serves a single sample and a batch of sequences, because it works along the last
axis, the features, and leaves the axes in front of it as they are. That is how `nn.Linear` works.
"""

from __future__ import annotations

import numpy as np


def make_batch(samples: list[np.ndarray]) -> np.ndarray:
    """Put N samples into one batch, one in each row, in their order.

    Args:
        samples: a list of N vectors of shape (n,), N at least 1.

    Returns:
        One array of shape (N, n). A single sample gives a batch of one, shape (1, n).

    Raises:
        ValueError: the samples do not all have the same number of features.

    Examples:
        >>> make_batch([np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])])
        array([[1., 2., 3.],
               [4., 5., 6.]])
        >>> make_batch([np.array([7.0, 8.0])])
        array([[7., 8.]])
    """
    raise NotImplementedError


def only_sample(X: np.ndarray, i: int) -> np.ndarray:
    """Take one sample out of a batch, as a batch of one.

    Args:
        X: shape (N, n), a sample in each row.
        i: which sample, 0 to N - 1.

    Returns:
        Shape (1, n).

    Examples:
        >>> only_sample(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), 1)
        array([[4., 5., 6.]])
        >>> only_sample(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), 0).shape
        (1, 3)
    """
    raise NotImplementedError


def layer(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Compute X Wᵀ + b: every neuron's answer to every sample.

    Args:
        X: shape (n,) for one sample, (N, n) for a batch, (N, T, n) for a batch of N sequences of T
            samples each; floats or integers.
        W: shape (m, n), floats; row j holds the weights of neuron j.
        b: shape (m,), floats; b[j] is the bias of neuron j.

    Returns:
        The shape of X with m in place of n, floats: (m,), (N, m) or (N, T, m).

    Raises:
        ValueError: the last axis of X does not have exactly as many entries as a row of W; a single
            feature does not stretch.

    Examples:
        >>> W, b = np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 0.5]]), np.array([10.0, 20.0])
        >>> layer(np.array([1.0, 2.0, 4.0]), W, b)
        array([19., 20.])
        >>> layer(np.array([[1.0, 2.0, 4.0], [0.0, 0.0, 0.0], [1.0, 1.0, 0.0]]), W, b)
        array([[19., 20.],
               [10., 20.],
               [11., 19.]])
        >>> layer(np.zeros((5, 4, 3)), W, b).shape
        (5, 4, 2)
    """
    raise NotImplementedError


def layer_torch(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Do the same for tensors; the result equals `nn.Linear` with these weights.

    Stay with tensor operations, so that autograd can follow the result back to X, W and b.

    Args:
        X: shape (n,), (N, n) or (N, T, n), floats.
        W: shape (m, n), floats.
        b: shape (m,), floats.

    Returns:
        A tensor with the shape of X, m in place of n, and a floating dtype.

    Raises:
        ValueError: the last axis of X does not fit W; PyTorch's own RuntimeError will do as well.

    Examples:
        >>> import torch
        >>> W, b = torch.tensor([[1.0, 0.0, 2.0], [0.0, -1.0, 0.5]]), torch.tensor([10.0, 20.0])
        >>> layer_torch(torch.tensor([[1.0, 2.0, 4.0], [0.0, 0.0, 0.0]]), W, b)
        tensor([[19., 20.],
                [10., 20.]])
        >>> layer_torch(torch.tensor([1.0, 1.0, 0.0]), W, b)
        tensor([11., 19.])
    """
    import torch

    raise NotImplementedError
