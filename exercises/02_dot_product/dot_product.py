"""How well do two vectors agree?

The dot product turns two vectors of the same shape into one number: multiply them entry by entry,
then add the products. It is the operation a network spends its time on: a neuron's response is
the dot product of its weights and its input, and a layer is one dot product per neuron. A vector
dotted with itself is its squared length, and the mean squared error of a prediction is the error
dotted with itself, divided by how many entries there are.

Build the dot product from products and a sum. Do not call a function that does it for you
(np.dot, np.inner, np.vdot, np.matmul, np.einsum, torch.dot and their relatives), and do not use
the @ operator.
"""

from __future__ import annotations

import numpy as np


def dot_product(a: np.ndarray, b: np.ndarray) -> float:
    """Multiply two vectors entry by entry and add the products.

    a · b = a₁b₁ + a₂b₂ + … + aₙbₙ

    Small integers must not wrap round: the product of two 8-bit integers does not fit in 8 bits,
    so widen them before you multiply.

    Args:
        a: shape (n,), integers or floats.
        b: shape (n,), integers or floats.

    Returns:
        One number, a float.

    Raises:
        ValueError: a and b have different shapes; (3,) and (3, 1) are different.

    Examples:
        >>> dot_product(np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0]))
        32.0
        >>> dot_product(np.array([2.0, -1.0]), np.array([1.0, 2.0]))
        0.0
        >>> dot_product(np.array([100, 100], dtype=np.int8), np.array([2, 2], dtype=np.int8))
        400.0
    """
    raise NotImplementedError


def mean_squared_error(prediction: np.ndarray, target: np.ndarray) -> float:
    """Average the squared errors of a prediction.

    With the error e = prediction - target, which has n entries, the loss is (e · e) / n.

    Args:
        prediction: shape (n,), floats, n at least 1.
        target: shape (n,), floats.

    Returns:
        One number, a float, never negative.

    Raises:
        ValueError: prediction and target have different shapes; (3,) and (3, 1) are different.

    Examples:
        >>> mean_squared_error(np.array([3.0, 1.0]), np.array([1.0, 1.0]))
        2.0
        >>> mean_squared_error(np.array([0.5, -2.0]), np.array([0.5, -2.0]))
        0.0
    """
    raise NotImplementedError


def dot_product_torch(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Do the same for two tensors, and keep the result a tensor.

    Stay with tensor operations from start to end: `.item()` or `float()` would leave a plain
    number, through which autograd cannot find its way back to a and b.

    Args:
        a: shape (n,), integers or floats.
        b: shape (n,), integers or floats.

    Returns:
        A tensor of shape (), with a floating dtype.

    Raises:
        ValueError: a and b have different shapes (PyTorch itself would raise RuntimeError).

    Examples:
        >>> import torch
        >>> dot_product_torch(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 5.0, 6.0]))
        tensor(32.)
        >>> dot_product_torch(torch.tensor([2.0, -1.0]), torch.tensor([1.0, 2.0]))
        tensor(0.)
    """
    raise NotImplementedError
