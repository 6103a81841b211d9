"""Rows as columns of the transpose, einsum, masks, and buffers that are filled in place."""

import numpy as np


def identity(n):
    return (np.arange(n)[:, None] == np.arange(n)).astype(np.float32)


def scale_rows(W, g):
    return (W.T * g).T


def scale_columns(W, g):
    return np.einsum("mn,n->mn", W, g)


def keep_diagonal(W):
    return np.where(np.eye(W.shape[0], dtype=bool), W, 0.0)


def zero_layer(outputs, inputs):
    rng = np.random.default_rng(0)
    return 0.0 * rng.normal(size=(outputs, inputs)), np.full(outputs, 0.0)


def identity_torch(n):
    import torch

    return torch.nn.init.eye_(torch.empty(n, n))


def scale_rows_torch(W, g):
    import torch

    return torch.einsum("m,mn->mn", g, W)
