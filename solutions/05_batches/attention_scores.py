"""Who attends to whom?

In attention every position of a text asks a question, its query, and offers a key. The dot product
of a query and a key says how well they fit, and all pairs together are one matrix product: QKᵀ has
a row for each query and a column for each key. It is the pattern of a layer over a batch, only that
the second matrix is no longer a weight but data.

Long vectors have large dot products, so the scores are divided by √d, where d is the number of
entries of a key. If you divide by both lengths instead, the same table holds the cosine of every
pair of rows, which is how embeddings are compared.

Hints
-----
1. (q, d) and (k, d) go in, (q, k) comes out; with N such pairs, (N, q, d) and (N, k, d) give
   (N, q, k).
2. Query i is a row of Q, key j is a row of K, and a product needs a column on its right. Which two
   axes of K must change places, and which one must stay in a batch? Which axis of K has d entries?
   For cosines: what kind of vector has a dot product that is the cosine already?
3. `Q @ K.swapaxes(____, ____) / np.sqrt(K.shape[____])`; in PyTorch `K.____` swaps the same two.

Why it works
------------
Column j of Kᵀ is row j of K, so entry (i, j) of QKᵀ is qᵢ · kⱼ. If the d entries of q and of k are
independent with mean 0 and variance 1, their dot product has variance d; dividing by √d brings it
back to 1, whatever d is. With unit rows on both sides, every entry is a cosine.
"""

from __future__ import annotations

import numpy as np


def scores(Q: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Compute the dot product of every query with every key: QKᵀ.

    Entry (i, j) is qᵢ · kⱼ, where qᵢ is row i of Q and kⱼ is row j of K.

    Args:
        Q: shape (q, d), a query in each row, or (N, q, d) for a batch.
        K: shape (k, d), a key in each row, or (N, k, d) for a batch.

    Returns:
        Shape (q, k), or (N, q, k), where each Q of the batch meets the K at the same place.

    Examples:
        >>> K = np.array([[3.0, 0.0], [1.0, 1.0], [0.0, 5.0]])
        >>> scores(np.array([[1.0, 2.0], [0.0, 1.0]]), K)
        array([[ 3.,  3., 10.],
               [ 0.,  1.,  5.]])
        >>> scores(np.ones((7, 2, 4)), np.ones((7, 3, 4))).shape
        (7, 2, 3)
    """
    return Q @ np.swapaxes(K, -1, -2)


def scaled_scores(Q: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Compute the scores of attention: QKᵀ / √d, where d is the number of entries of a key.

    Args:
        Q: shape (q, d), or (N, q, d) for a batch.
        K: shape (k, d), or (N, k, d) for a batch.

    Returns:
        Shape (q, k), or (N, q, k), floats. (No softmax yet: that comes after the scores.)

    Examples:
        >>> scaled_scores(np.array([[2.0, 0.0, 0.0, 4.0]]), np.array([[1.0, 5.0, 5.0, 1.0]]))
        array([[3.]])
        >>> scaled_scores(np.ones((2, 9)), np.ones((3, 9)))
        array([[3., 3., 3.],
               [3., 3., 3.]])
    """
    return scores(Q, K) / np.sqrt(K.shape[-1])


def cosine_table(X: np.ndarray, Y: np.ndarray) -> np.ndarray:
    """Compute the cosine of every row of X with every row of Y.

    Entry (i, j) is xᵢ · yⱼ / (|xᵢ||yⱼ|), and 0 where one of the two rows is zero.

    Args:
        X: shape (n, d), or (N, n, d) for a batch.
        Y: shape (m, d), or (N, m, d) for a batch.

    Returns:
        Shape (n, m), or (N, n, m), floats.

    Examples:
        >>> cosine_table(np.array([[3.0, 4.0], [0.0, 2.0]]), np.array([[5.0, 0.0], [0.0, 0.0]]))
        array([[0.6, 0. ],
               [0. , 0. ]])
        >>> cosine_table(np.array([[1.0, 0.0]]), np.array([[7.0, 0.0], [0.0, 1.0], [-2.0, 0.0]]))
        array([[ 1.,  0., -1.]])
    """
    return scores(_unit_rows(X), _unit_rows(Y))


def scaled_scores_torch(Q: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Compute QKᵀ / √d for tensors, with or without a batch axis.

    Args:
        Q: shape (q, d), or (N, q, d) for a batch; floats.
        K: shape (k, d), or (N, k, d) for a batch; floats.

    Returns:
        A tensor of shape (q, k), or (N, q, k), with a floating dtype.

    Examples:
        >>> import torch
        >>> scaled_scores_torch(torch.tensor([[2.0, 0.0, 0.0, 4.0]]), torch.ones(2, 4))
        tensor([[3., 3.]])
        >>> scaled_scores_torch(torch.ones(7, 2, 4), torch.ones(7, 3, 4)).shape
        torch.Size([7, 2, 3])
    """
    return Q @ K.mT / K.shape[-1] ** 0.5


def cosine_table_torch(X: torch.Tensor, Y: torch.Tensor) -> torch.Tensor:
    """Compute the cosine of every row of X with every row of Y; 0 where one of them is zero.

    Args:
        X: shape (n, d), or (N, n, d) for a batch; floats, each row all zero or longer than 1e-6
            (PyTorch's own functions round shorter lengths up).
        Y: shape (m, d), or (N, m, d) for a batch; floats, each row all zero or longer than 1e-6.

    Returns:
        A tensor of shape (n, m), or (N, n, m), with a floating dtype.

    Examples:
        >>> import torch
        >>> cosine_table_torch(torch.tensor([[3.0, 4.0]]), torch.tensor([[5.0, 0.0], [0.0, 0.0]]))
        tensor([[0.6000, 0.0000]])
        >>> cosine_table_torch(torch.ones(7, 2, 6), torch.ones(7, 3, 6)).shape
        torch.Size([7, 2, 3])
    """
    import torch

    normalize = torch.nn.functional.normalize
    return normalize(X, dim=-1) @ normalize(Y, dim=-1).mT


def _unit_rows(X: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(X, axis=-1, keepdims=True)
    return np.divide(X, lengths, out=np.zeros(X.shape), where=lengths > 0)
