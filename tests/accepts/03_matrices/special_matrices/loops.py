"""Entry by entry and row by row, in Python lists until the end."""

import numpy as np


def identity(n):
    eye = np.zeros((n, n))
    for i in range(n):
        eye[i, i] = 1
    return eye


def scale_rows(W, g):
    return np.array([[float(factor) * x for x in row] for factor, row in zip(g, W, strict=True)])


def scale_columns(W, g):
    return np.array([[x * factor for x, factor in zip(row, g, strict=True)] for row in W])


def keep_diagonal(W):
    rows = [[x if i == j else 0.0 for j, x in enumerate(row)] for i, row in enumerate(W)]
    return np.array(rows)


def zero_layer(outputs, inputs):
    W = [[0.0 for _ in range(inputs)] for _ in range(outputs)]
    return np.array(W), np.array([row[0] for row in W])


def identity_torch(n):
    import torch

    return torch.tensor([[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)])


def scale_rows_torch(W, g):
    import torch

    return torch.stack([factor * row for factor, row in zip(g, W, strict=True)])
