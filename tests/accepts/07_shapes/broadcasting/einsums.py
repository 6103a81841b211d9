"""Sums by einsum and by matrix products with ones; the loss from a dot product."""

import numpy as np


def broadcast_shape(a, b):
    n = max(len(a), len(b))
    a, b = ((1,) * (n - len(shape)) + tuple(shape) for shape in (a, b))
    clashes = [k for k in range(n) if a[k] != b[k] and a[k] != 1 and b[k] != 1]
    if clashes:
        raise ValueError(f"axes {clashes} clash")
    return tuple(b[k] if a[k] == 1 else a[k] for k in range(n))


def add_along(X, values, axis):
    if values.shape != X.shape[axis : axis + 1]:
        raise ValueError("wrong shape")
    behind = (None,) * (X.ndim - axis - 1)
    return np.add(X, values[(slice(None), *behind)])


def regression_loss(prediction, target):
    for array in (prediction, target):
        if array.ndim > 2 or (array.ndim == 2 and array.shape[1] != 1):
            raise ValueError("not a column")
    if len(prediction) != len(target):
        raise ValueError("different counts")
    error = prediction.flatten() - target.flatten()
    return error @ error / len(error)


def layer_norm(X, eps=1e-5):
    n = X.shape[-1]
    centered = X @ (np.eye(n) - np.ones((n, n)) / n)
    variance = np.einsum("...i,...i->...", centered, centered) / n
    return np.einsum("...i,...->...i", centered, 1 / np.sqrt(variance + eps))


def stretch_rows(b, rows):
    strides = (0, *b.strides)
    return np.lib.stride_tricks.as_strided(b, (rows, b.size), strides, writeable=False)


def layer_norm_torch(X, eps=1e-5):
    import torch

    variance, mean = torch.var_mean(X, dim=-1, unbiased=False, keepdim=True)
    return (X - mean) * torch.rsqrt(variance + eps)


def stretch_rows_torch(b, rows):
    import torch

    return b.expand_as(torch.empty(rows, b.shape[0]))
