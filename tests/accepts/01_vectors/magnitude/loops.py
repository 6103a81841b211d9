"""Python numbers and loops."""

import math

import numpy as np


def magnitude(v):
    return math.sqrt(sum(x * x for x in v.tolist()))


def row_magnitudes(X):
    lengths = []
    for row in X:
        lengths.append(magnitude(row))
    return np.array(lengths)


def magnitude_torch(v):
    total = 0.0
    for x in v:
        total = total + x.double() ** 2
    return total**0.5


def row_magnitudes_torch(X):
    import torch

    return torch.stack([magnitude_torch(row) for row in X])
