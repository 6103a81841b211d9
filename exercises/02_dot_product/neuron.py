"""What does a neuron respond to?

A neuron compares its input x with its weights w by their dot product and adds a bias b. The result
z = w · x + b is its pre-activation: the activation function that decides how strongly it fires
comes later. Of all inputs of one length, the one along w gives the largest response, and an input
at right angles to w leaves only the bias.

How much of x the neuron sees at all is the projection of x onto w; the rest of x is perpendicular
to w and goes unnoticed. Learning changes w: a small step toward x turns the weights so that the
same input gets a stronger response the next time.
"""

from __future__ import annotations

import numpy as np


def pre_activation(w: np.ndarray, x: np.ndarray, b: float = 0.0) -> float:
    """Weigh the inputs, add them up and add the bias.

    z = w · x + b = w₁x₁ + w₂x₂ + … + wₙxₙ + b

    Args:
        w: shape (n,), the neuron's weights.
        x: shape (n,), its input.
        b: its bias, one number.

    Returns:
        One number, a float; it may be negative.

    Examples:
        >>> pre_activation(np.array([2.0, -1.0, 0.5]), np.array([1.0, 3.0, 4.0]), 0.25)
        1.25
        >>> pre_activation(np.array([2.0, -1.0, 0.5]), np.array([1.0, 3.0, 0.0]))
        -1.0
    """
    raise NotImplementedError


def projection(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Find the part of an input that lies along the weights.

    proj = (x · w) / (w · w) w; what is left, x - proj, is perpendicular to w. The projection onto
    a zero vector is the zero vector.

    Args:
        x: shape (n,).
        w: shape (n,); its length and sense do not matter, only its line does.

    Returns:
        Shape (n,), floats.

    Examples:
        >>> projection(np.array([3.0, 4.0]), np.array([2.0, 0.0]))
        array([3., 0.])
        >>> projection(np.array([1.0, 2.0]), np.array([3.0, 1.0]))
        array([1.5, 0.5])
        >>> projection(np.array([1.0, 2.0]), np.array([0.0, 0.0]))
        array([0., 0.])
    """
    raise NotImplementedError


def update(w: np.ndarray, x: np.ndarray, eta: float) -> np.ndarray:
    """Turn the weights toward an input by one step.

    new w = w + η x, and the response to x grows from w · x by η (x · x).

    Args:
        w: shape (n,), the weights; the caller's array must stay as it is.
        x: shape (n,), the input.
        eta: the step size η (the learning rate), not negative.

    Returns:
        Shape (n,), floats: the new weights in a new array.

    Examples:
        >>> update(np.array([1.0, 0.0]), np.array([0.0, 2.0]), 0.5)
        array([1., 1.])
        >>> update(np.array([2.0, -1.0]), np.array([-4.0, 1.0]), 0.25)
        array([ 1.  , -0.75])
    """
    raise NotImplementedError


def pre_activation_torch(w: torch.Tensor, x: torch.Tensor, b: float = 0.0) -> torch.Tensor:
    """Weigh the inputs, add them up and add the bias.

    Args:
        w: shape (n,), floats.
        x: shape (n,), floats.
        b: one number.

    Returns:
        A tensor of shape (), with a floating dtype.

    Examples:
        >>> import torch
        >>> pre_activation_torch(torch.tensor([2.0, -1.0]), torch.tensor([1.0, 3.0]), 0.25)
        tensor(-0.7500)
        >>> pre_activation_torch(torch.tensor([2.0, -1.0]), torch.tensor([1.0, 0.5]))
        tensor(1.5000)
    """
    import torch

    raise NotImplementedError


def projection_torch(x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
    """Find the part of an input that lies along the weights; zero where w is zero.

    Args:
        x: shape (n,), floats.
        w: shape (n,), floats.

    Returns:
        A tensor of shape (n,), with a floating dtype.

    Examples:
        >>> import torch
        >>> projection_torch(torch.tensor([3.0, 4.0]), torch.tensor([2.0, 0.0]))
        tensor([3., 0.])
        >>> projection_torch(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 1.0]))
        tensor([1.5000, 0.5000])
    """
    import torch

    raise NotImplementedError


def update_torch(w: torch.Tensor, x: torch.Tensor, eta: float) -> torch.Tensor:
    """Turn the weights toward an input by one step.

    The gradient of -w · x with respect to w is -x, so w + η x is one step of gradient descent on
    -w · x.

    Args:
        w: shape (n,), floats; the caller's tensor must stay as it is.
        x: shape (n,), floats.
        eta: the step size η, not negative.

    Returns:
        A tensor of shape (n,), with a floating dtype: the new weights in a new tensor.

    Examples:
        >>> import torch
        >>> update_torch(torch.tensor([1.0, 0.0]), torch.tensor([0.0, 2.0]), 0.5)
        tensor([1., 1.])
        >>> update_torch(torch.tensor([2.0, -1.0]), torch.tensor([-4.0, 1.0]), 0.25)
        tensor([ 1.0000, -0.7500])
    """
    import torch

    raise NotImplementedError
