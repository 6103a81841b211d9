"""How does a network say "probably"?

A yes-or-no question wants a number between 0 and 1 for an answer, and a neuron offers any number
at all. The sigmoid squeezes it: large positive pre-activations come close to 1, large negative ones
close to 0, and 0 becomes one half. The last neuron of a yes-or-no classifier ends in it, and the
gates of recurrent networks are made of it.

The textbook formula raises e to a power, and e to the 1000 does not fit into a float. The value may
still come out right, with a warning, or as nan. Written with care, the same function works for
every float.

Hints
-----
1. Whatever shape goes in comes out again, with every entry between 0 and 1.
2. For which sign of z does exp(-z) overflow, and for which exp(z)? Which of the two powers e^z and
   e^-z is never above 1, and what is the sigmoid in terms of that one?
3. `e = np.exp(-np.abs(z))`, then `np.where(z >= 0, 1, ____) / (1 + ____)`.

Why it works
------------
Multiplying 1 / (1 + e^-z) by e^z above and below the line gives e^z / (1 + e^z), the same number.
The first form is safe where z is positive and the second where z is negative, because there the
power lies between 0 and 1. Both forms together are e^min(z, 0) / (1 + e^-|z|). The slope follows
from the quotient rule: e^-z / (1 + e^-z)², which is s (1 - s).
"""

from __future__ import annotations

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Squeeze every entry into the range from 0 to 1.

    s(z) = 1 / (1 + e^-z), entry by entry. It must hold for ±1000, for ±infinity and for float32,
    too, without a RuntimeWarning from NumPy on the way. Small integers have no -z (in uint8, -3 is
    253), so make floats of them first.

    Args:
        z: any shape, integers or floats; it must not be changed.

    Returns:
        The shape of z, floats from 0 to 1; far out they round to 0 and 1.

    Examples:
        >>> sigmoid(np.array([0.0, 1.0, -1.0]))
        array([0.5       , 0.73105858, 0.26894142])
        >>> sigmoid(np.array([[-1000.0, 1000.0]]))
        array([[0., 1.]])
    """
    z = 1.0 * z  # integers become float64, floats stay what they are
    return np.exp(z.clip(max=0)) / (1.0 + np.exp(-np.abs(z)))


def sigmoid_gradient(z: np.ndarray) -> np.ndarray:
    """Find the slope of the sigmoid at every entry.

    s'(z) = s(z) (1 - s(z)): steepest at 0, and almost flat far out, where a neuron hardly learns.

    Args:
        z: any shape, integers or floats, also ±1000 and ±infinity.

    Returns:
        The shape of z, floats from 0 to 1/4, without a RuntimeWarning.

    Examples:
        >>> sigmoid_gradient(np.array([1.0, -1.0]))
        array([0.19661193, 0.19661193])
        >>> sigmoid_gradient(np.array([[-1000.0, 1000.0]]))
        array([[0., 0.]])
    """
    s = sigmoid(z)
    return s * (1.0 - s)


def sigmoid_torch(z: torch.Tensor) -> torch.Tensor:
    """Squeeze every entry into the range from 0 to 1, in a way that autograd can follow.

    The gradient is the one of `sigmoid_gradient`, also at 0 and at ±1000, where it is 0 and not
    nan. PyTorch's own functions are allowed.

    Args:
        z: any shape, floats; it must not be changed.

    Returns:
        A tensor with the shape and the dtype of z.

    Examples:
        >>> import torch
        >>> sigmoid_torch(torch.tensor([0.0, 1.0, -1.0]))
        tensor([0.5000, 0.7311, 0.2689])
        >>> z = torch.tensor([1.0, -1000.0], requires_grad=True)
        >>> sigmoid_torch(z).sum().backward()
        >>> z.grad
        tensor([0.1966, 0.0000])
    """
    import torch

    return torch.sigmoid(z)
