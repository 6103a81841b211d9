"""How do you build a linear layer?

A layer is two arrays and one rule. It holds a weight matrix W, with one row for each of its
neurons, and a bias b, with one number for each of them. The rule is y = W x + b. Everything else
that a layer does is bookkeeping: how large the arrays are, what they hold before any training, and
how one input or a whole batch goes through.

Before training the numbers are random. If all neurons started alike, they would get the same
gradient and stay alike for ever. How far the numbers spread matters too: a sum over more inputs
grows, so the more inputs a layer has, the smaller its weights begin.
"""

from __future__ import annotations

import numpy as np


class LinearNumpy:
    """A linear layer: y = W x + b for one input or for many at once.

    Attributes:
        weight: W, shape (out_features, in_features), floats; row i belongs to neuron i.
        bias: b, shape (out_features,), floats.

    Other code may put arrays of the same shapes in their place; forward uses what is there.
    """

    def __init__(self, in_features: int, out_features: int, rng: np.random.Generator) -> None:
        """Make the two arrays and fill them with random numbers.

        Every entry of weight and of bias is drawn independently and uniformly between -k and k,
        where k = 1 / √in_features. All randomness comes from rng.

        Args:
            in_features: number of inputs, at least 1.
            out_features: number of neurons, at least 1.
            rng: the generator to draw from; each layer made with it gets new numbers.

        Examples:
            >>> layer = LinearNumpy(3, 2, np.random.default_rng(0))
            >>> layer.weight.shape, layer.bias.shape
            ((2, 3), (2,))
            >>> bool(abs(layer.weight).max() <= 0.57736)
            True
        """
        raise NotImplementedError

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Send inputs through the layer.

        y = W x + b for every vector along the last axis of x; in particular X Wᵀ + b for a
        batch X.

        Args:
            x: shape (…, in_features), with any number of axes before the last: (in_features,) is
                one input, (n, in_features) a batch of n.

        Returns:
            Shape (…, out_features), floats.

        Raises:
            ValueError: the last axis of x has not the size in_features.

        Examples:
            >>> layer = LinearNumpy(3, 2, np.random.default_rng(0))
            >>> layer.weight = np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.5]])
            >>> layer.bias = np.array([10.0, -1.0])
            >>> layer.forward(np.array([1.0, 2.0, 3.0]))
            array([8. , 4.5])
            >>> layer.forward(np.zeros((4, 3)))
            array([[10., -1.],
                   [10., -1.],
                   [10., -1.],
                   [10., -1.]])
            >>> layer.forward(np.ones((5, 4, 3))).shape
            (5, 4, 2)
        """
        raise NotImplementedError

    @classmethod
    def from_torch(cls, layer: torch.nn.Linear) -> LinearNumpy:
        """Make a NumPy layer with the numbers of a PyTorch layer.

        Args:
            layer: a torch.nn.Linear, in main memory. Its bias is None if it was made with
                bias=False; the new layer then has a bias of zeros.

        Returns:
            A new LinearNumpy with the same weight and bias. Its arrays are copies: training one
            of the two layers leaves the other as it is.

        Examples:
            >>> import torch
            >>> source = torch.nn.Linear(4, 3)
            >>> copy = LinearNumpy.from_torch(source)
            >>> copy.weight.shape, copy.bias.shape
            ((3, 4), (3,))
            >>> bool(copy.weight[2, 1] == source.weight[2, 1].item())
            True
        """
        import torch

        raise NotImplementedError
