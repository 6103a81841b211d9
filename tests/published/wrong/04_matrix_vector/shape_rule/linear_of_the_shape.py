"""nn.Linear(*shape): the shape of the weight in the place of (in, out)."""

from torch import nn


def linear_layer(shape):
    rows, columns = shape
    return nn.Linear(rows, columns)
