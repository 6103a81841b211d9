"""The block of the first ResNet."""

import torch


def residual_torch(f, x):
    y = f(x)
    if y.shape != x.shape:
        raise ValueError("shapes differ")
    return torch.relu(y + x)
