"""Loops where a copy is asked for; strides where it must not be one."""

import numpy as np


def transpose(W):
    if W.ndim == 1:
        return W
    return np.lib.stride_tricks.as_strided(
        W, shape=W.shape[::-1], strides=W.strides[::-1], writeable=W.flags.writeable
    )


def transposed_copy(W):
    m, n = W.shape
    T = np.empty((n, m), dtype=W.dtype)
    for i in range(m):
        for j in range(n):
            T[j, i] = W[i, j]
    return T


def column(v):
    return np.array([[x] for x in v])


def transpose_each(batch):
    if batch.ndim == 2:
        return transposed_copy(batch)
    return np.stack([transpose_each(part) for part in batch])


def transpose_torch(W):
    m, n = W.shape
    return W.as_strided((n, m), W.stride()[::-1])


def transpose_each_torch(batch):
    import torch

    if batch.dim() == 2:
        return transpose_torch(batch).clone()
    return torch.stack([transpose_each_torch(part) for part in batch])
