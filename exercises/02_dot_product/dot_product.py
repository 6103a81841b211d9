"""How well do two vectors agree?

The dot product turns two vectors of the same shape into one number: multiply them entry by entry,
then add the products. It is the operation a network spends its time on: a neuron's response is
the dot product of its weights and its input, and a layer is one dot product per neuron. Losses are
made of it, too. A vector dotted with itself is its squared length, and the mean squared error of a
prediction is the error dotted with itself, divided by how many entries there are. The cross-entropy
of a classifier is the target dotted with the logarithms of the probabilities, with a minus sign.

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
    so widen them before you multiply, to float64 (float32 has no room for every large integer).

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


def cross_entropy(probabilities: np.ndarray, target: np.ndarray) -> float:
    """Measure how little probability a classifier gave to the right class.

    The loss is -target · log(probabilities), with the natural logarithm of each entry.

    Args:
        probabilities: what the classifier says, shape (n,), floats, all above 0, with the sum 1.
        target: shape (n,), integers or floats: 1 for the right class and 0 for the others, or a
            probability for each class.

    Returns:
        One number, a float, never negative.

    Raises:
        ValueError: probabilities and target have different shapes; (3,) and (3, 1) are different.

    Examples:
        >>> round(cross_entropy(np.array([0.25, 0.75]), np.array([1, 0])), 4)
        1.3863
        >>> round(cross_entropy(np.array([0.25, 0.75]), np.array([0, 1])), 4)
        0.2877
    """
    raise NotImplementedError


def dot_product_torch(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Do the same for two tensors, and keep the result a tensor.

    Integers must not wrap round here either. Stay with tensor operations from start to end:
    `.item()` or `float()` would leave a plain number, through which autograd cannot find its way
    back to a and b.

    Args:
        a: shape (n,), integers or floats.
        b: shape (n,), integers or floats.

    Returns:
        A tensor of shape (), with a floating dtype.

    Raises:
        ValueError: a and b have different shapes (PyTorch itself would raise RuntimeError).

    Examples:
        >>> import torch
        >>> dot_product_torch(torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 5.0, 6.0])).item()
        32.0
        >>> dot_product_torch(torch.tensor([2.0, -1.0]), torch.tensor([1.0, 2.0])).item()
        0.0
    """
    import torch

    raise NotImplementedError
