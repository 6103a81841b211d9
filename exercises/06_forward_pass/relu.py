"""When does a neuron stay silent?

A neuron passes its pre-activation z through an activation function before anybody sees it. The one
that most networks use is the rectified linear unit, ReLU for short: a positive z passes unchanged,
anything else becomes 0, and the neuron is silent. That bend at 0 is what keeps a stack of layers
from being a single layer in disguise.

ReLU works on each entry by itself, whatever the shape. To learn, a network also needs its slope:
1 where z is positive, 0 where it is negative. At exactly 0 the bend has no slope, so libraries have
to choose one; PyTorch's ReLU takes 0, and so do you.
"""

from __future__ import annotations

import numpy as np


def relu(z: np.ndarray) -> np.ndarray:
    """Replace every entry below 0 by 0, and leave the others as they are.

    a = max(0, z), entry by entry. Minus infinity gives 0, and nan stays nan, so that a broken
    network does not look healthy. The caller's z stays as it is.

    Args:
        z: any shape, integers or floats.

    Returns:
        A new array with the shape and the dtype of z.

    Examples:
        >>> relu(np.array([-1.5, 0.0, 2.5]))
        array([0. , 0. , 2.5])
        >>> relu(np.array([[4, -7], [-1, 9]]))
        array([[4, 0],
               [0, 9]])
        >>> relu(np.array([-np.inf, np.nan, 1.0]))
        array([ 0., nan,  1.])
    """
    raise NotImplementedError


def relu_gradient(z: np.ndarray) -> np.ndarray:
    """Find the slope of ReLU at every entry.

    1 where z > 0, and 0 where z < 0. At z = 0 it is 0 by convention.

    Args:
        z: any shape, integers or floats, no nan.

    Returns:
        The shape of z, floats: zeros and ones.

    Examples:
        >>> relu_gradient(np.array([-1.5, 0.25, 2.5]))
        array([0., 1., 1.])
        >>> relu_gradient(np.array([[0, 3]]))
        array([[0., 1.]])
    """
    raise NotImplementedError


def relu_torch(z: torch.Tensor) -> torch.Tensor:
    """Replace every entry below 0 by 0, in a way that autograd can follow.

    The values follow the rules of `relu`, and the gradient those of `relu_gradient`, at 0 too:
    functions with the same values may differ there.

    Args:
        z: any shape, floats; it must not be changed.

    Returns:
        A new tensor with the shape and the dtype of z.

    Examples:
        >>> import torch
        >>> relu_torch(torch.tensor([-1.5, 0.0, 2.5]))
        tensor([0.0000, 0.0000, 2.5000])
        >>> z = torch.tensor([-1.5, 0.25, 2.5], requires_grad=True)
        >>> relu_torch(z).sum().backward()
        >>> z.grad
        tensor([0., 1., 1.])
    """
    import torch

    raise NotImplementedError
