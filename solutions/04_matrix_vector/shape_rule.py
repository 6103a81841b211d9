"""Do these shapes fit, and what comes out?

Most errors in code for networks are errors of shape, and you can predict all of them on paper. A
weight W of shape (m, n) takes n numbers and gives m. So W x exists if x has n entries, and W X
exists if X has n rows. The inner sizes must be equal, and they disappear; the outer sizes remain.
Nothing is stretched: a matrix product knows no broadcasting.

The same rule says how layers chain: what one layer gives is what the next one takes. An error
message names the two sizes that clash, and whoever can find them in the shapes has understood it.

Shapes are tuples here, as W.shape gives them: (2, 3) for a matrix, (3,) for a vector.

Hints
-----
1. Shapes go in and a shape comes out: (m, n) and (n,) give (m,), and (m, n) and (n, p) give (m, p).
2. Write the two shapes side by side. Which two numbers stand next to each other? And in a chain,
   which size of a weight must equal the size that arrives?
3. `if left[____] != right[____]: raise ValueError(…)`, then `return left[:1] + right[____:]`.

Why it works
------------
Entry i of W x adds W[i, j] x[j] over j, so j must run over the columns of W and the entries of x
alike: their numbers must be equal. Nothing is left of j after the sum, and only i remains.
"""

from __future__ import annotations

import numpy as np


def layer_sizes(W: np.ndarray) -> tuple[int, int]:
    """Read from a layer's weight how many numbers it takes and how many it gives.

    Args:
        W: shape (m, n), one row for each neuron, one column for each input.

    Returns:
        A tuple of two ints: the number of inputs first, then the number of outputs.

    Examples:
        >>> layer_sizes(np.array([[1.0, -2.0, 0.5, 4.0]]))
        (4, 1)
        >>> layer_sizes(np.zeros((10, 784)))
        (784, 10)
    """
    outputs, inputs = W.shape
    return inputs, outputs


def clash(left: tuple[int, ...], right: tuple[int, ...]) -> tuple[int, int] | None:
    """Name the two sizes that keep a matrix from acting on what stands to its right.

    Args:
        left: the shape of a matrix, (m, n).
        right: the shape of a vector, (k,), or of a matrix, (k, p).

    Returns:
        The clashing sizes as a tuple, first the one from left and then the one from right; None
        if there is no clash.

    Examples:
        >>> clash((2, 5), (4,))
        (5, 4)
        >>> clash((3, 4), (3, 6))
        (4, 3)
        >>> clash((2, 5), (5, 7)) is None
        True
    """
    return None if left[1] == right[0] else (left[1], right[0])


def product_shape(left: tuple[int, ...], right: tuple[int, ...]) -> tuple[int, ...]:
    """Predict the shape of left @ right, without computing it.

    (m, n) with (n,) gives (m,), and (m, n) with (n, p) gives (m, p).

    Args:
        left: the shape of a matrix, (m, n).
        right: the shape of a vector, (k,), or of a matrix, (k, p).

    Returns:
        The shape of the product, a tuple of one or two ints.

    Raises:
        ValueError: the shapes do not fit.

    Examples:
        >>> product_shape((4, 6), (6,))
        (4,)
        >>> product_shape((4, 6), (6, 1))
        (4, 1)
    """
    sizes = clash(left, right)
    if sizes is not None:
        raise ValueError(f"{left} meets {right}: {sizes[0]} is not {sizes[1]}")
    return left[:1] + right[1:]


def chain_sizes(shapes: list[tuple[int, int]], size: int) -> list[int]:
    """Follow a vector through a chain of layers and note its size at each step.

    Args:
        shapes: the shape of each layer's weight, (m, n). The layer that acts first comes first.
        size: how many entries the input of the first layer has.

    Returns:
        A list of ints: the size of the input, then the size after each layer. It has one entry
        more than there are layers.

    Raises:
        ValueError: some layer does not take what arrives at it.

    Examples:
        >>> chain_sizes([(4, 3), (4, 4), (1, 4)], 3)
        [3, 4, 4, 1]
        >>> chain_sizes([], 5)
        [5]
    """
    sizes = [size]
    for shape in shapes:
        sizes += product_shape(shape, (sizes[-1],))
    return sizes


def linear_layer(shape: tuple[int, int]) -> torch.nn.Linear:
    """Build a PyTorch layer whose weight has a given shape.

    torch.nn.Linear asks for the number of inputs first and then for the number of outputs, and it
    stores its weight the other way round, as in W x.

    Args:
        shape: the wanted shape of the weight, (m, n).

    Returns:
        A torch.nn.Linear with a weight of shape (m, n) and a bias of shape (m,).

    Examples:
        >>> linear_layer((4, 6)).weight.shape
        torch.Size([4, 6])
        >>> linear_layer((4, 6)).in_features
        6
    """
    import torch

    outputs, inputs = shape
    return torch.nn.Linear(inputs, outputs)
