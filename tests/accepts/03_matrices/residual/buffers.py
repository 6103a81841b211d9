"""Copies first and then adds in place."""

import functools

import numpy as np


def residual(f, x):
    total = x.astype(np.float64)
    change = np.asarray(f(x))
    if change.ndim != total.ndim or not all(map(int.__eq__, change.shape, total.shape)):
        raise ValueError("f must keep the shape")
    total += change
    return total


def residual_matrix(W):
    if len(W) != len(W[0]):
        raise ValueError("not square")
    block = W.astype(float)
    block[np.diag_indices(len(W))] += 1.0
    return block


def residual_stack(blocks, x):
    return functools.reduce(lambda y, f: residual(f, y), blocks, x)


def residual_torch(f, x):
    total = x.clone()
    change = f(x)
    if change.shape != total.shape:
        raise ValueError("f must keep the shape")
    total += change
    return total
