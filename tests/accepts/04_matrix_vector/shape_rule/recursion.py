"""The chain by recursion, the product's shape by the number of axes, sizes as NumPy integers."""

import numpy as np


def layer_sizes(W):
    sizes = np.array(W.shape)[::-1]
    return (sizes[0], sizes[1])


def clash(left, right):
    inner = {left[1], right[0]}
    return None if len(inner) == 1 else (left[1], right[0])


def product_shape(left, right):
    if clash(left, right):
        raise ValueError(clash(left, right))
    if len(right) == 1:
        return (left[0],)
    return (left[0], right[1])


def chain_sizes(shapes, size):
    if not shapes:
        return [size]
    (m,) = product_shape(shapes[0], (size,))
    return [size, *chain_sizes(shapes[1:], m)]


def linear_layer(shape):
    from torch import nn

    class Layer(nn.Linear):
        """A layer that is built from the shape of its weight."""

        def __init__(self, m, n):
            super().__init__(n, m, bias=True)

    return Layer(*shape)
