"""Writes zeros into a copy; a module in PyTorch."""

import numpy as np


def relu(z):
    a = z.copy()
    a[a < 0] = 0
    return a


def relu_gradient(z):
    slope = np.zeros(z.shape, dtype=np.float32)
    slope[z > 0] = 1
    return slope


def relu_torch(z):
    import torch

    return torch.nn.ReLU()(z)
