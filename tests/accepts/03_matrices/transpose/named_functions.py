"""The libraries' other names for the same: permute_dims, moveaxis, einsum, expand_dims."""

import numpy as np


def transpose(W):
    return np.transpose(W)


def transposed_copy(W):
    return np.array(np.transpose(W), copy=True)


def column(v):
    return np.expand_dims(v, axis=1)


def transpose_each(batch):
    return np.moveaxis(batch, -1, -2)


def transpose_torch(W):
    return W.t()


def transpose_each_torch(batch):
    return batch.swapaxes(-2, -1)
