"""How are two matrices multiplied?

Entry (i, j) of the product AB is one dot product: row i of A with column j of B. So the two inner
sizes must agree, the outer sizes remain, and an (m, n) matrix times an (n, p) matrix is a table of
m · p dot products. It is the one operation behind a layer that takes a whole batch, behind two
layers in a row, and behind attention.

A network that uses the same matrix again and again, step after step, multiplies by a power of it:
A², A³ and so on are repeated products, not powers of the entries.

Build the product from products and sums. Do not call a function that does it for you (np.matmul,
np.dot, np.inner, np.vdot, np.einsum, np.tensordot, np.linalg.matrix_power, torch.matmul, torch.mm,
torch.bmm, F.linear and their relatives), and do not use the @ operator.
"""

from __future__ import annotations

import numpy as np


def entry(A: np.ndarray, B: np.ndarray, i: int, j: int) -> float:
    """Compute one entry of the product AB: row i of A times column j of B.

    (AB)ᵢⱼ = Aᵢ₀B₀ⱼ + Aᵢ₁B₁ⱼ + … , with n terms

    Args:
        A: shape (m, n), integers or floats.
        B: shape (n, p), integers or floats.
        i: the row, 0 to m - 1.
        j: the column, 0 to p - 1.

    Returns:
        One number, a float.

    Raises:
        ValueError: A does not have as many columns as B has rows.

    Examples:
        >>> A = np.array([[1.0, 2.0], [3.0, 4.0]])
        >>> B = np.array([[5.0, 0.0, -1.0], [0.0, 6.0, 1.0]])
        >>> entry(A, B, 1, 2)
        1.0
        >>> entry(A, B, 0, 1)
        12.0
    """
    raise NotImplementedError


def matmul(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Multiply two matrices: every row of A with every column of B.

    The inner sizes must agree exactly; a size of 1 does not stretch. The product of two 8-bit
    integers does not fit in 8 bits, so compute in floats from the start.

    Args:
        A: shape (m, n), integers or floats.
        B: shape (n, p), integers or floats.

    Returns:
        Shape (m, p), floats, also if A or B holds integers.

    Raises:
        ValueError: A does not have as many columns as B has rows.

    Examples:
        >>> matmul(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 0.0]]))
        array([[2., 1.],
               [4., 3.]])
        >>> matmul(np.array([[1.0, -1.0, 2.0]]), np.array([[3.0], [0.5], [1.0]]))
        array([[4.5]])
    """
    raise NotImplementedError


def power(A: np.ndarray, k: int) -> np.ndarray:
    """Multiply a square matrix by itself: Aᵏ = A A ⋯ A, with k factors.

    Aᵏx is what becomes of x when A is applied k times in a row. A⁰ changes nothing: it is the
    identity matrix.

    Args:
        A: shape (n, n), integers or floats.
        k: how many factors, at least 0.

    Returns:
        Shape (n, n), floats.

    Examples:
        >>> power(np.array([[1.0, 1.0], [0.0, 1.0]]), 3)
        array([[1., 3.],
               [0., 1.]])
        >>> power(np.array([[2.0, 1.0], [0.0, 3.0]]), 1)
        array([[2., 1.],
               [0., 3.]])
    """
    raise NotImplementedError


def matmul_torch(A: torch.Tensor, B: torch.Tensor) -> torch.Tensor:
    """Multiply two matrices of PyTorch, and keep the result a tensor that autograd can follow.

    Stay with tensor operations from start to end: `.item()` or `float()` would leave plain numbers,
    through which no gradient finds its way back to A and B.

    Args:
        A: shape (m, n), floats.
        B: shape (n, p), floats.

    Returns:
        A tensor of shape (m, p), with a floating dtype.

    Raises:
        ValueError: A does not have as many columns as B has rows (PyTorch itself would raise
            RuntimeError).

    Examples:
        >>> import torch
        >>> matmul_torch(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[0.5], [-1.0]]))
        tensor([[-1.5000],
                [-2.5000]])
        >>> matmul_torch(torch.tensor([[2.0]]), torch.tensor([[1.0, 0.0, -3.0]]))
        tensor([[ 2.,  0., -6.]])
    """
    import torch

    raise NotImplementedError
