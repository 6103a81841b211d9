"""Two nested loops over Python numbers, row by row and column by column."""

import numpy as np


def _check(W, x):
    if x.ndim != 1 or len(x) != len(W[0]):
        raise ValueError("shapes do not fit")


def pre_activation(W, x, i):
    z = 0.0
    for weight, value in zip(W[i].tolist(), x.tolist(), strict=True):
        z += weight * value
    return z


def contribution(W, x, j):
    return np.array([float(row[j]) * float(x[j]) for row in W])


def matvec_rows(W, x):
    _check(W, x)
    m, n = W.shape
    z = [0.0] * m
    for i in range(m):
        for j in range(n):
            z[i] += float(W[i, j]) * float(x[j])
    return np.array(z)


def matvec_columns(W, x):
    _check(W, x)
    m, n = W.shape
    z = [0.0] * m
    for j in reversed(range(n)):
        for i in range(m):
            z[i] += float(W[i, j]) * float(x[j])
    return np.array(z)


def matvec_torch(W, x):
    import torch

    _check(W, x)
    rows = []
    for row in W:
        total = 0.0
        for weight, value in zip(row, x, strict=True):
            total = total + weight * value
        rows.append(total)
    return torch.stack(rows)
