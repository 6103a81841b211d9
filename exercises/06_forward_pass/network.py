"""What does a whole network compute?

A network is a chain of layers: what leaves one enters the next. Here it is given as a list of
pairs (W, b), the first layer first. ReLU acts between two layers and not after the last one,
because an answer may be negative.

The shapes of the weights say everything about the chain: how wide it is at each step, how many
numbers it has to learn, and whether its layers fit. Take the ReLU out, and two layers are worth no
more than one: you can write down its weights. With ReLU, some neurons are silent for some samples,
and no single layer does the same.
"""

from __future__ import annotations

import numpy as np


def layer_sizes(layers: list[tuple[np.ndarray, np.ndarray]]) -> list[int]:
    """Read the widths of a network from the shapes of its weights.

    Args:
        layers: at least one pair (W, b), the first layer first: W of shape (m, n) maps n numbers to
            m, and b has shape (m,).

    Returns:
        A list of one int more than there are layers: the number of inputs, then the number of
        neurons of each layer.

    Raises:
        ValueError: the chain does not fit. Some W takes another number of inputs than the layer
            before it has neurons, or the shape of some b is not (m,).

    Examples:
        >>> hidden = (np.ones((4, 3)), np.zeros(4))
        >>> output = (np.ones((2, 4)), np.zeros(2))
        >>> layer_sizes([hidden, output])
        [3, 4, 2]
        >>> layer_sizes([output, hidden])
        Traceback (most recent call last):
        ValueError: a layer of 3 inputs follows 2 neurons
    """
    raise NotImplementedError


def parameter_count(layers: list[tuple[np.ndarray, np.ndarray]]) -> int:
    """Count the numbers that a network has to learn: all weights and all biases.

    A layer from n to m has m n + m of them.

    Args:
        layers: pairs (W, b) that fit.

    Returns:
        An int.

    Examples:
        >>> hidden = (np.ones((4, 3)), np.zeros(4))
        >>> parameter_count([hidden])
        16
        >>> parameter_count([hidden, (np.ones((2, 4)), np.zeros(2))])
        26
    """
    raise NotImplementedError


def forward(layers: list[tuple[np.ndarray, np.ndarray]], X: np.ndarray) -> np.ndarray:
    """Run a batch through a network, with ReLU between its layers and none after the last.

    For two layers this is max(0, X W₁ᵀ + b₁) W₂ᵀ + b₂.

    Args:
        layers: at least one pair (W, b), the first layer first, W of shape (m, n) and b of shape
            (m,); neither the list nor its arrays may be changed.
        X: shape (N, n₀), integers or floats, one sample in each row.

    Returns:
        Shape (N, m) with the m of the last layer, floats.

    Raises:
        ValueError: the layers do not fit, in the sense of `layer_sizes`, or X has another number
            of columns than the first layer has inputs.

    Examples:
        >>> hidden = (np.array([[1.0, -1.0], [2.0, 0.0], [0.0, 1.0]]), np.array([0.0, -1.0, 0.5]))
        >>> output = (np.array([[1.0, -1.0, 2.0]]), np.array([-3.0]))
        >>> forward([hidden], np.array([[2.0, 1.0]]))
        array([[1. , 3. , 1.5]])
        >>> forward([hidden, output], np.array([[2.0, 1.0], [0.0, 2.0]]))
        array([[-2.],
               [ 2.]])
    """
    raise NotImplementedError


def collapse(
    first: tuple[np.ndarray, np.ndarray], second: tuple[np.ndarray, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Find the one layer that does what two layers without an activation do.

    With first = (W₁, b₁) and second = (W₂, b₂), which comes after it, the layer is W = W₂ W₁ and
    b = W₂ b₁ + b₂.

    Args:
        first: W₁ of shape (h, n) and b₁ of shape (h,).
        second: W₂ of shape (m, h) and b₂ of shape (m,).

    Returns:
        A tuple (W, b) of arrays of floats, of shapes (m, n) and (m,).

    Examples:
        >>> first = (np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]]), np.array([1.0, -1.0]))
        >>> second = (np.array([[3.0, 0.5]]), np.array([0.25]))
        >>> W, b = collapse(first, second)
        >>> W
        array([[ 3. ,  6.5, -0.5]])
        >>> b
        array([2.75])
    """
    raise NotImplementedError


def silent_share(Z: np.ndarray) -> float:
    """Find out how much of a layer stays silent: the share of entries that ReLU turns into 0.

    A neuron is silent for a sample if its pre-activation is 0 or below. All samples and all neurons
    count alike.

    Args:
        Z: shape (N, m), the pre-activations of a layer, at least one.

    Returns:
        One number from 0 to 1, a float.

    Examples:
        >>> silent_share(np.array([[1.5, -2.0, 3.0, 0.5]]))
        0.25
        >>> silent_share(np.array([[1.5, 0.0], [-0.5, -2.0]]))
        0.75
    """
    raise NotImplementedError


def forward_torch(layers: list[tuple[torch.Tensor, torch.Tensor]], X: torch.Tensor) -> torch.Tensor:
    """Run a batch through a network of tensors, in a way that autograd can follow back to X.

    As in `forward`, ReLU acts between the layers and not after the last one.

    Args:
        layers: at least one pair (W, b) that fits, as for `forward`.
        X: shape (N, n₀), floats of the same dtype.

    Returns:
        A tensor of shape (N, m) of that dtype.

    Examples:
        >>> import torch
        >>> hidden = (torch.tensor([[1.0], [-2.0]]), torch.tensor([0.0, 0.5]))
        >>> output = (torch.tensor([[3.0, -1.0]]), torch.tensor([1.0]))
        >>> forward_torch([hidden, output], torch.tensor([[2.0], [-1.0]]))
        tensor([[ 7.0000],
                [-1.5000]])
    """
    import torch

    raise NotImplementedError
