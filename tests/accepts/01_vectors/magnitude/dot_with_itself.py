"""The root of v · v."""

import numpy as np


def magnitude(v):
    v = v.astype(float)
    return np.sqrt(v @ v)


def row_magnitudes(X):
    X = X.astype(float)
    return np.sqrt(np.einsum("ij,ij->i", X, X))


def magnitude_torch(v):
    import torch

    v = v.float()
    return torch.sqrt(torch.dot(v, v))


def row_magnitudes_torch(X):
    import torch

    X = X.float()
    return torch.sqrt(torch.diagonal(X @ X.T))
