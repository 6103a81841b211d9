"""Keeps the dimension and squeezes it away, with all others of size 1."""

import torch


def row_magnitudes_torch(X):
    norms = torch.sqrt(torch.sum(X.double() ** 2, dim=1, keepdim=True))
    return torch.squeeze(norms)
