"""What is inside nn.Linear?

nn.Linear is the layer that most networks are made of. You can write it yourself in a few lines:
two parameters, the rule y = W x + b, and the starting values. Do it without nn.Linear and without
F.linear, so that nothing stays hidden.

What nn.Module adds is registration. A tensor that is wrapped in nn.Parameter and stored on the
module becomes known to it by name. Only then do `parameters()`, an optimizer and `state_dict()`
find it. With the same names and shapes as nn.Linear, your layer can read the weights that any
nn.Linear has saved, and the other way round.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import nn


class LinearTorch(nn.Module):
    """A linear layer that can take the place of nn.Linear, built without it.

    Do without nn.Linear, nn.LazyLinear, nn.Bilinear and F.linear.

    Attributes:
        weight: a registered parameter of shape (out_features, in_features), float32.
        bias: a registered parameter of shape (out_features,), float32; None if the layer has no
            bias.
    """

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        """Make the parameters and fill them with random numbers.

        Every entry of weight and of bias is drawn independently and uniformly between -k and k,
        where k = 1 / √in_features, from PyTorch's global generator.

        Args:
            in_features: number of inputs, at least 1.
            out_features: number of neurons, at least 1.
            bias: whether the layer has a bias; without one, `bias` is None and y = W x.

        Examples:
            >>> layer = LinearTorch(3, 2)
            >>> layer.weight.shape, layer.bias.shape
            (torch.Size([2, 3]), torch.Size([2]))
            >>> sum(p.numel() for p in layer.parameters())
            8
            >>> list(LinearTorch(3, 2, bias=False).state_dict())
            ['weight']
        """
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Send inputs through the layer: y = W x + b for every vector along the last axis of x.

        Args:
            x: shape (…, in_features), float32 like the parameters, with any number of axes before
                the last.

        Returns:
            A tensor of shape (…, out_features) that autograd can follow back to x, weight and
            bias.

        Examples:
            >>> layer = LinearTorch(3, 2)
            >>> layer(torch.ones(5, 4, 3)).shape
            torch.Size([5, 4, 2])
            >>> bool((layer(torch.zeros(3)) == layer.bias).all())
            True
        """
        raise NotImplementedError


def copy_weights(layer: nn.Module, W: np.ndarray, b: np.ndarray) -> None:
    """Put the numbers of two NumPy arrays into a layer's parameters.

    The parameters stay the objects they are, so that an optimizer that holds them goes on working:
    they keep their dtype (the numbers are converted to it) and still require gradients. The copy
    itself is not recorded by autograd. Later changes to W and b do not reach the layer.

    Args:
        layer: a LinearTorch with a bias, or any other module with such a weight and bias.
        W: shape (out, in), floats of any precision.
        b: shape (out,), floats of any precision.

    Raises:
        ValueError: W or b has not the shape of the parameter it is meant for; the layer then stays
            as it was.

    Examples:
        >>> layer = LinearTorch(3, 2)
        >>> copy_weights(layer, np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.5]]), np.array([1.0, 2.0]))
        >>> layer(torch.tensor([1.0, 2.0, 3.0])).detach()
        tensor([-1.0000,  7.5000])
        >>> copy_weights(layer, np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0]))
        Traceback (most recent call last):
        ValueError: expected torch.Size([2, 3]) and torch.Size([2])
    """
    raise NotImplementedError
