"""Columns for the tensors, math.fsum for the rows, and the columns' running total from sum()."""

import math

import numpy as np


def _fit(W, x):
    if (W.shape[1],) != tuple(x.shape):
        raise ValueError("x must have one entry for each column")


def pre_activation(W, x, i):
    return math.fsum(W[i] * x)


def contribution(W, x, j):
    column = W[:, j].astype(np.float64)
    column *= x[j]
    return column


def matvec_rows(W, x):
    _fit(W, x)
    z = np.empty(len(W))
    for i, row in enumerate(W):
        z[i] = math.fsum(np.multiply(row, x, dtype=np.float64))
    return z


def matvec_columns(W, x):
    _fit(W, x)
    return sum((contribution(W, x, j) for j in range(len(x))), np.zeros(len(W)))


def matvec_torch(W, x):
    import torch

    _fit(W, x)
    total = torch.zeros(W.shape[0], dtype=W.dtype)
    for j, column in enumerate(W.unbind(dim=1)):
        total = total + x[j] * column
    return total
