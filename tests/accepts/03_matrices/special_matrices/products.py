"""Matrix products with diagonal matrices, as the formulas say."""

import numpy as np


def identity(n):
    return np.identity(n)


def scale_rows(W, g):
    return np.diag(g) @ W


def scale_columns(W, g):
    return np.matmul(W, np.diag(g))


def keep_diagonal(W):
    return W * np.eye(len(W))


def zero_layer(outputs, inputs):
    return np.zeros(shape=(outputs, inputs)), np.zeros(shape=(outputs,))


def identity_torch(n):
    import torch

    return torch.diag(torch.ones(n))


def scale_rows_torch(W, g):
    import torch

    return torch.diag(g) @ W
