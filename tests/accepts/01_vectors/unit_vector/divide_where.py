"""Division with `where`, and torch's own function."""

import numpy as np


def unit_vector(v):
    return unit_rows(v[np.newaxis])[0]


def unit_rows(X):
    lengths = np.sqrt(np.sum(X.astype(float) ** 2, axis=-1, keepdims=True))
    return np.divide(X, lengths, out=np.zeros(X.shape), where=lengths != 0)


def unit_vector_torch(v):
    import torch

    return torch.nn.functional.normalize(v, dim=-1)


def unit_rows_torch(X):
    import torch

    return torch.nn.functional.normalize(X)
