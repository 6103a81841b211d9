"""One multiplication of the whole matrix, then a sum along an axis."""

import numpy as np


def _fit(W, x):
    if x.ndim != 1 or x.shape[0] != W.shape[-1]:
        raise ValueError(f"{W.shape} and {x.shape}")


def pre_activation(W, x, i):
    return np.add.reduce(np.multiply(W[i, :], x))


def contribution(W, x, j):
    return (W * x)[:, j]


def matvec_rows(W, x):
    _fit(W, x)
    return np.sum(1.0 * W * x[np.newaxis, :], axis=-1, dtype=np.float64)


def matvec_columns(W, x):
    _fit(W, x)
    return (W.T.astype(float) * x[:, None]).sum(axis=0)


def matvec_torch(W, x):
    import torch

    _fit(W, x)
    return torch.sum(torch.mul(W, x.unsqueeze(0)), dim=-1)
