"""Pythagoras one dimension at a time: the hypotenuse so far is a leg of the next triangle."""

import functools

import numpy as np


def magnitude(v):
    return np.hypot.reduce(v.astype(np.float64), initial=0.0)


def row_magnitudes(X):
    return np.hypot.reduce(X.astype(np.float64), axis=1, initial=0.0)


def magnitude_torch(v):
    import torch

    return functools.reduce(torch.hypot, v.float(), torch.tensor(0.0))


def row_magnitudes_torch(X):
    import torch

    columns = X.float().unbind(dim=1)
    return functools.reduce(torch.hypot, columns, torch.zeros(X.shape[0]))
