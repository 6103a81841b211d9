"""The norm of the largest component."""

import torch


def row_magnitudes_torch(X):
    return torch.max(torch.abs(X.double()), dim=1).values
