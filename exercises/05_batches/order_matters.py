"""What changes when you swap, transpose or regroup a product?

A product of matrices does one step after another, and the order of the steps matters: AB and BA
are different matrices in general, may even have different shapes, and one of them may not exist.
Transposing reverses the order: (AB)ᵀ = BᵀAᵀ. Backpropagation goes through the layers of a network
in reverse, with transposed weights, for just this reason.

One freedom is left. (AB)C and A(BC) are the same matrix up to rounding, but they can cost very
different numbers of multiplications: an (m, n) times an (n, p) matrix takes m · n · p of them. So
you may choose the cheaper way, and for long, thin matrices the choice is worth a lot.
"""

from __future__ import annotations

import numpy as np


def compare_orders(A: np.ndarray, B: np.ndarray) -> str:
    """Say what happens to a product when its factors change places.

    - "undefined": AB or BA, or both, cannot be computed;
    - "commute": both exist, with one shape and, up to rounding (`np.allclose`), the same entries;
    - "differ": both exist, and they differ in shape or in an entry.

    Args:
        A: shape (m, n), floats.
        B: shape (r, s), floats.

    Returns:
        "undefined", "commute" or "differ".

    Examples:
        >>> compare_orders(np.ones((2, 3)), np.ones((3, 4)))
        'undefined'
        >>> compare_orders(np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [1.0, 1.0]]))
        'differ'
        >>> compare_orders(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[2.0, 0.0], [0.0, 2.0]]))
        'commute'
    """
    raise NotImplementedError


def transposed_product(At: np.ndarray, Bt: np.ndarray) -> np.ndarray:
    """Compute (AB)ᵀ when only the two transposes are at hand.

    Args:
        At: shape (n, m), the transpose of A.
        Bt: shape (p, n), the transpose of B.

    Returns:
        Shape (p, m), the transpose of the product AB.

    Examples:
        >>> A, B = np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [3.0, 1.0]])
        >>> transposed_product(A.T, B.T)
        array([[7., 3.],
               [2., 1.]])
        >>> transposed_product(np.ones((3, 4)), np.ones((2, 3))).shape
        (2, 4)
    """
    raise NotImplementedError


def transposed_product_torch(At: torch.Tensor, Bt: torch.Tensor) -> torch.Tensor:
    """Do the same for tensors: one pair of matrices, or a batch of N pairs.

    Args:
        At: shape (n, m), or (N, n, m) for a batch; floats.
        Bt: shape (p, n), or (N, p, n) for a batch; floats.

    Returns:
        A tensor of shape (p, m) or (N, p, m): each (AB)ᵀ by itself, in the order of the batch.

    Examples:
        >>> import torch
        >>> A = torch.tensor([[1.0, 2.0], [0.0, 1.0]])
        >>> transposed_product_torch(A.T, torch.tensor([[1.0, 3.0], [0.0, 1.0]]))
        tensor([[7., 3.],
                [2., 1.]])
        >>> transposed_product_torch(torch.ones(5, 3, 4), torch.ones(5, 2, 3)).shape
        torch.Size([5, 2, 4])
    """
    import torch

    raise NotImplementedError


def costs(m: int, n: int, p: int, q: int) -> tuple[int, int]:
    """Count the multiplications of both groupings of a product of three matrices.

    A is (m, n), B is (n, p) and C is (p, q). Count every product of two numbers that the plain row
    by column method forms; additions are free.

    Args:
        m, n, p, q: the four sizes, at least 1.

    Returns:
        Two integers in a tuple: the count for (AB)C, then the count for A(BC).

    Examples:
        >>> costs(2, 3, 4, 5)
        (64, 90)
        >>> costs(10, 10, 10, 10)
        (2000, 2000)
    """
    raise NotImplementedError


def multiply_three(A: np.ndarray, B: np.ndarray, C: np.ndarray) -> np.ndarray:
    """Multiply three matrices in the grouping that costs fewer multiplications in total.

    Compute A(BC) if that is cheaper than (AB)C, and (AB)C if that is cheaper; if they cost the
    same, either will do. Some entries are so large that only the cheaper way stays finite.

    Args:
        A: shape (m, n), floats.
        B: shape (n, p), floats.
        C: shape (p, q), floats.

    Returns:
        Shape (m, q).

    Examples:
        >>> column, row = np.array([[1.0], [2.0]]), np.array([[3.0, 4.0]])
        >>> multiply_three(column, row, column)
        array([[11.],
               [22.]])
        >>> multiply_three(row, column, row)
        array([[33., 44.]])
    """
    raise NotImplementedError
