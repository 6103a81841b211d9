"""Names both arguments of nn.Linear, so that nothing can be swapped."""

from torch import nn


def linear_layer(shape):
    return nn.Linear(in_features=shape[1], out_features=shape[0], bias=True)

def layer_sizes(W):
    return tuple(W.shape[::-1])
