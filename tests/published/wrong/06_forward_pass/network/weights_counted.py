"""Sums np.prod(W.shape) over the layers."""

import numpy as np


def parameter_count(layers):
    total = 0
    for W, b in layers:
        total += int(np.prod(W.shape))
    return total
