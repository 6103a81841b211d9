"""What if a layer only had to learn the change?

A residual connection adds a layer's input to its output: the block answers f(x) + x instead of
f(x). If f answers 0, the block passes x on unchanged, so a block that has learnt nothing does no
harm, and hundreds of them can be stacked. Every transformer and most image networks are built of
such blocks.

Adding x is adding I x, so the skip is an identity matrix that nobody has to store. For it to make
sense f(x) must have the shape of x. Libraries do not insist on that: a single number, or one
column, is stretched to fit and then added everywhere. Check the shapes yourself.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def residual(f: Callable[[np.ndarray], np.ndarray], x: np.ndarray) -> np.ndarray:
    """Apply a function and add its input to its output.

    y = f(x) + x

    Args:
        f: a function that takes an array like x and returns an array; it may return x itself.
        x: shape (n,), or a batch of shape (b, n); integers or floats.

    Returns:
        The shape of x, in a new array; x keeps its values.

    Raises:
        ValueError: f(x) has not exactly the shape of x; (1,), (n, 1) and () are wrong for (n,).

    Examples:
        >>> residual(lambda x: 10.0 * x, np.array([1.0, -2.0]))
        array([ 11., -22.])
        >>> residual(lambda x: np.zeros(3), np.array([0.5, 2.0, -1.0]))
        array([ 0.5,  2. , -1. ])
    """
    raise NotImplementedError


def residual_matrix(W: np.ndarray) -> np.ndarray:
    """Find the one matrix that does what a layer W and a skip do together.

    (W + I) x = W x + x

    Args:
        W: shape (n, n), integers or floats.

    Returns:
        Shape (n, n), floats, in a new array.

    Raises:
        ValueError: W is not square, so that W x and x would have different shapes.

    Examples:
        >>> residual_matrix(np.array([[2.0, 3.0], [4.0, 5.0]]))
        array([[3., 3.],
               [4., 6.]])
        >>> residual_matrix(np.zeros((2, 2)))
        array([[1., 0.],
               [0., 1.]])
    """
    raise NotImplementedError


def residual_stack(blocks: list[Callable[[np.ndarray], np.ndarray]], x: np.ndarray) -> np.ndarray:
    """Send x through residual blocks, one after the other.

    x₁ = f₁(x) + x, x₂ = f₂(x₁) + x₁, and so on; the answer is what leaves the last block.

    Args:
        blocks: the functions f₁, f₂, …, in the order in which they are applied.
        x: shape (n,), or a batch of shape (b, n); integers or floats.

    Returns:
        The shape of x. Without any block the answer is x.

    Raises:
        ValueError: a block's function does not keep the shape.

    Examples:
        >>> residual_stack([lambda x: 10.0 * x, lambda x: x * x], np.array([1.0, -1.0]))
        array([132., 110.])
        >>> residual_stack([], np.array([1.0, -1.0]))
        array([ 1., -1.])
    """
    raise NotImplementedError


def residual_torch(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """Apply a function to a tensor and add its input to its output.

    Gradients must find both ways back to x: through f, and along the skip.

    Args:
        f: a function that takes a tensor like x and returns a tensor; it may return x itself.
        x: shape (n,), or a batch of shape (b, n), floats.

    Returns:
        A new tensor of the shape of x; x keeps its values.

    Raises:
        ValueError: f(x) has not exactly the shape of x (PyTorch itself would stretch some shapes
            and raise RuntimeError for others).

    Examples:
        >>> import torch
        >>> residual_torch(lambda x: 10.0 * x, torch.tensor([1.0, -2.0]))
        tensor([ 11., -22.])
        >>> residual_torch(torch.zeros_like, torch.tensor([0.5, 2.0]))
        tensor([0.5000, 2.0000])
    """
    import torch

    raise NotImplementedError
