"""Loops over entries; the matrix is built by adding to each diagonal entry."""

import numpy as np


def residual(f, x):
    y = f(x)
    if np.shape(y) != np.shape(x):
        raise ValueError("a skip needs equal shapes")
    entries = [float(a) + float(b) for a, b in zip(np.ravel(y), np.ravel(x), strict=True)]
    return np.array(entries).reshape(x.shape)


def residual_matrix(W):
    m, n = W.shape
    if m != n:
        raise ValueError("a skip needs a square matrix")
    sums = [[W[i, j] + (1.0 if i == j else 0.0) for j in range(n)] for i in range(m)]
    return np.array(sums)


def residual_stack(blocks, x):
    answers = [x]
    for f in blocks:
        answers.append(residual(f, answers[-1]))
    return answers[-1]


def residual_torch(f, x):
    import torch

    y = f(x)
    if tuple(y.size()) != tuple(x.size()):
        raise ValueError("a skip needs equal shapes")
    return torch.add(x, y)
