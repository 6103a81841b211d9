"""Loops over pairs in Python numbers, a batch one after the other."""

import math

import numpy as np


def scores(Q, K):
    if Q.ndim == 3:
        return np.stack([scores(q, k) for q, k in zip(Q, K, strict=True)])
    table = np.zeros((len(Q), len(K)))
    for i, q in enumerate(Q):
        for j, k in enumerate(K):
            table[i, j] = sum(float(a) * float(b) for a, b in zip(q, k, strict=True))
    return table


def scaled_scores(Q, K):
    return scores(Q, K) / math.sqrt(len(K[0]) if K.ndim == 2 else len(K[0][0]))


def _cosine(x, y):
    lengths = math.hypot(*x) * math.hypot(*y)
    return sum(a * b for a, b in zip(x, y, strict=True)) / lengths if lengths else 0.0


def cosine_table(X, Y):
    if X.ndim == 3:
        return np.stack([cosine_table(x, y) for x, y in zip(X, Y, strict=True)])
    return np.array([[_cosine(x, y) for y in Y.tolist()] for x in X.tolist()])


def scaled_scores_torch(Q, K):
    import torch

    if Q.dim() == 3:
        return torch.stack([scaled_scores_torch(q, k) for q, k in zip(Q, K, strict=True)])
    return torch.mm(Q, K.t()) / math.sqrt(K.size(1))


def cosine_table_torch(X, Y):
    import torch

    return torch.tensor(cosine_table(X, Y), dtype=X.dtype)
