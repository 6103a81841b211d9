"""Where is which weight?

A layer with n inputs and m neurons is m weight vectors of n numbers each. Stacked, they form a
matrix W with m rows and n columns, so its shape says (outputs, inputs), in this order. A row is
all that one neuron knows. A column is all that the layer does with one input. With a bias for each
neuron, shapes alone tell how large a network is, and whether its layers fit together.

In code, indices count from 0, the row comes first, and a slice of an array is a window on it:
whoever writes through the window changes the network. Sometimes that is what you want. Where it is
not, copy.
"""

from __future__ import annotations

import numpy as np


def matrix(rows: list[list[float]]) -> np.ndarray:
    """Make a matrix from its rows: row i holds the weights of neuron i.

    Args:
        rows: m lists of n numbers each, integers or floats; m and n are at least 1.

    Returns:
        Shape (m, n), dtype float64, also where all numbers are integers.

    Raises:
        ValueError: the rows are not all of the same length.

    Examples:
        >>> matrix([[0.5, -1.0, 2.0], [3.0, 0.0, 1.5]])
        array([[ 0.5, -1. ,  2. ],
               [ 3. ,  0. ,  1.5]])
        >>> matrix([[1, 2], [3, 4]])
        array([[1., 2.],
               [3., 4.]])
    """
    raise NotImplementedError


def layer_sizes(weights: list[np.ndarray]) -> list[int]:
    """Read off the weight matrices how many numbers stand between the layers of a network.

    Each matrix has shape (outputs, inputs) of its layer. Data passes through the layers in the
    order of the list, and what leaves one enters the next.

    Args:
        weights: L matrices, the first layer's first; L is at least 1.

    Returns:
        A list of L + 1 ints: the inputs of the network, then the outputs of each layer.

    Raises:
        ValueError: a layer has more or fewer inputs than the layer before it has outputs.

    Examples:
        >>> layer_sizes([np.zeros((2, 3))])
        [3, 2]
        >>> layer_sizes([np.zeros((8, 5)), np.zeros((1, 8))])
        [5, 8, 1]
    """
    raise NotImplementedError


def count_parameters(weights: list[np.ndarray]) -> int:
    """Count what a network can learn: all weights, and one bias for each neuron.

    A layer whose matrix has shape (m, n) has m n weights and m biases; a network has those of all
    its layers.

    Args:
        weights: the weight matrices of layers that fit together, at least one. The biases are
            not among them: count them from the shapes.

    Returns:
        An int.

    Examples:
        >>> count_parameters([np.zeros((4, 2))])
        12
        >>> count_parameters([np.zeros((4, 2)), np.zeros((1, 4))])
        17
    """
    raise NotImplementedError


def weight(W: np.ndarray, i: int, j: int) -> float:
    """Read one weight: the one with which neuron i weighs input j.

    Args:
        W: shape (m, n).
        i: a neuron, counted from 0.
        j: an input, counted from 0.

    Returns:
        One number.

    Raises:
        IndexError: i is m or more, or j is n or more.

    Examples:
        >>> W = np.array([[0.5, -1.0, 2.0], [3.0, 0.0, 1.5]])
        >>> weight(W, 0, 1)
        -1.0
        >>> weight(W, 1, 2)
        1.5
    """
    raise NotImplementedError


def neuron_weights(W: np.ndarray, i: int) -> np.ndarray:
    """Copy all weights of one neuron, to try out changes without changing the network.

    Args:
        W: shape (m, n).
        i: a neuron, 0 to m - 1.

    Returns:
        Shape (n,), with the dtype of W, sharing no memory with W.

    Examples:
        >>> W = np.array([[0.5, -1.0, 2.0], [3.0, 0.0, 1.5]])
        >>> trial = neuron_weights(W, 1)
        >>> trial
        array([3. , 0. , 1.5])
        >>> trial[0] = 99.0
        >>> W[1, 0]
        3.0
    """
    raise NotImplementedError


def input_weights(W: np.ndarray, j: int) -> np.ndarray:
    """Open a window on all weights of one input, one for each neuron.

    Writing into the result changes W. Setting it to zero makes the network blind to this input.

    Args:
        W: shape (m, n).
        j: an input, 0 to n - 1.

    Returns:
        Shape (m,), with the dtype of W, in the memory of W.

    Examples:
        >>> W = np.array([[0.5, -1.0, 2.0], [3.0, 4.0, 1.5]])
        >>> window = input_weights(W, 1)
        >>> window
        array([-1.,  4.])
        >>> window[:] = 0.0
        >>> W
        array([[0.5, 0. , 2. ],
               [3. , 0. , 1.5]])
    """
    raise NotImplementedError


def weight_torch(W: torch.Tensor, i: int, j: int) -> float:
    """Read one weight from a tensor, as a plain Python number.

    Args:
        W: shape (m, n).
        i: a neuron, counted from 0.
        j: an input, counted from 0.

    Returns:
        One Python number, not a tensor.

    Raises:
        IndexError: i is m or more, or j is n or more.

    Examples:
        >>> import torch
        >>> W = torch.tensor([[0.5, -1.0, 2.0], [3.0, 0.0, 1.5]])
        >>> weight_torch(W, 0, 1)
        -1.0
        >>> weight_torch(W, 1, 2)
        1.5
    """
    import torch

    raise NotImplementedError
