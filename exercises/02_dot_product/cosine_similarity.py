"""Which embedding is nearest?

An embedding is a vector that stands for a word, an image or a user. Networks learn embeddings in
which a like meaning has a like direction, so two of them are compared by the cosine of the angle
between them: 1 for the same direction, 0 for a right angle, -1 for the reversed direction. The raw
dot product would favour long vectors, whatever they mean.

A search compares one query with all rows of a matrix at once, and takes the best. A row may be
zero (padding is stored that way), and 0 / 0 is nan. PyTorch's policy is followed here: the cosine
similarity with a zero vector is 0.
"""

from __future__ import annotations

import numpy as np


def cosine_similarity(a: np.ndarray, b: np.ndarray) -> float:
    """Compare the directions of two vectors.

    cos θ = a · b / (|a||b|), and 0 where a or b is the zero vector.

    Args:
        a: shape (n,).
        b: shape (n,).

    Returns:
        One number between -1 and 1 (up to rounding), a float.

    Examples:
        >>> cosine_similarity(np.array([3.0, 4.0]), np.array([4.0, 3.0]))
        0.96
        >>> cosine_similarity(np.array([1.0, -2.0]), np.array([-10.0, 20.0]))
        -1.0
        >>> cosine_similarity(np.array([1.0, 2.0]), np.array([0.0, 0.0]))
        0.0
    """
    raise NotImplementedError


def similarities(query: np.ndarray, embeddings: np.ndarray) -> np.ndarray:
    """Compare a query with every row of a matrix.

    Entry i is the cosine similarity of the query and embeddings[i]; 0 where one of them is zero.

    Args:
        query: shape (d,).
        embeddings: shape (n, d), one embedding in each row.

    Returns:
        Shape (n,), floats.

    Examples:
        >>> similarities(np.array([3.0, 4.0]), np.array([[4.0, 3.0], [0.0, 0.0], [-6.0, -8.0]]))
        array([ 0.96,  0.  , -1.  ])
        >>> similarities(np.array([0.0, 2.0]), np.array([[5.0, 0.0], [0.0, 7.0]]))
        array([0., 1.])
    """
    raise NotImplementedError


def nearest(query: np.ndarray, embeddings: np.ndarray) -> int:
    """Find the row whose direction is most similar to the query's.

    Args:
        query: shape (d,).
        embeddings: shape (n, d), n at least 1.

    Returns:
        The index of the row with the largest cosine similarity, an int from 0 to n - 1.

    Examples:
        >>> nearest(np.array([3.0, 4.0]), np.array([[90.0, 0.0], [0.4, 0.3], [-3.0, -4.0]]))
        1
        >>> nearest(np.array([-1.0, 0.0]), np.array([[8.0, 0.0], [0.0, 8.0]]))
        1
    """
    raise NotImplementedError


def cosine_similarity_torch(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Compare the directions of two tensors; 0 where one of them is zero.

    Args:
        a: shape (n,), floats, all zero or longer than 1e-6 (PyTorch's own functions round shorter
            lengths up).
        b: shape (n,), floats, all zero or longer than 1e-6.

    Returns:
        A tensor of shape (), with a floating dtype.

    Examples:
        >>> import torch
        >>> cosine_similarity_torch(torch.tensor([3.0, 4.0]), torch.tensor([4.0, 3.0]))
        tensor(0.9600)
        >>> cosine_similarity_torch(torch.tensor([1.0, 2.0]), torch.tensor([0.0, 0.0]))
        tensor(0.)
    """
    import torch

    raise NotImplementedError


def similarities_torch(query: torch.Tensor, embeddings: torch.Tensor) -> torch.Tensor:
    """Compare a query with every row of a matrix; 0 where one of them is zero.

    Args:
        query: shape (d,), floats, all zero or longer than 1e-6.
        embeddings: shape (n, d), floats, each row all zero or longer than 1e-6.

    Returns:
        A tensor of shape (n,), with a floating dtype.

    Examples:
        >>> import torch
        >>> similarities_torch(torch.tensor([3.0, 4.0]), torch.tensor([[4.0, 3.0], [0.0, 0.0]]))
        tensor([0.9600, 0.0000])
        >>> similarities_torch(torch.tensor([0.0, 2.0]), torch.tensor([[5.0, 0.0], [0.0, 7.0]]))
        tensor([0., 1.])
    """
    import torch

    raise NotImplementedError
