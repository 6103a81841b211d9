"""Loops over rows and columns, Python numbers, lists at the end turned into arrays."""

import math

import numpy as np


def _check(W, b):
    if b.ndim != 1 or len(b) != len(W):
        raise ValueError("one bias for each neuron")


def affine(W, x, b):
    _check(W, b)
    z = []
    for row, bias in zip(W, b, strict=True):
        z.append(float(bias) + sum(float(w) * float(v) for w, v in zip(row, x, strict=True)))
    return np.array(z)


def fires(W, x, b):
    return np.array([z > 0 for z in affine(W, x, b)])


def boundary(w, b):
    length = math.sqrt(sum(v * v for v in w.tolist()))
    if not length:
        raise ValueError("no boundary")
    return -b / length


def input_gradient(W, g):
    m, n = W.shape
    back = [0.0] * n
    for i in range(m):
        for j in range(n):
            back[j] += float(W[i, j]) * float(g[i])
    return np.array(back)


def affine_torch(W, x, b):
    import torch

    _check(W, b)
    return torch.stack([(row * x).sum() + bias for row, bias in zip(W, b, strict=True)])
