"""Divides by the largest component first, so that no square overflows."""

import numpy as np


def magnitude(v):
    return row_magnitudes(v.reshape(1, -1))[0]


def row_magnitudes(X):
    X = np.abs(X.astype(np.float64))
    largest = X.max(axis=-1)
    safe = np.where(largest > 0, largest, 1.0)
    return largest * np.sqrt(np.square(X / safe[:, None]).sum(-1))


def magnitude_torch(v):
    return row_magnitudes_torch(v.unsqueeze(0)).squeeze(0)


def row_magnitudes_torch(X):
    import torch

    X = X.to(torch.float64)
    largest = X.abs().amax(dim=1, keepdim=True)
    scale = torch.where(largest > 0, largest, 1.0).detach()
    return torch.sum((X / scale) ** 2, dim=1).sqrt() * scale[:, 0]
