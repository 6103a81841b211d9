"""torch.pow twice over the last axis; a metric learning repository."""

import torch


def magnitude_torch(v):
    return torch.pow(torch.sum(torch.pow(v.to(torch.float64), 2)), 0.5)

def row_magnitudes_torch(X):
    return X.to(torch.float64).pow(2).sum(-1).sqrt()
