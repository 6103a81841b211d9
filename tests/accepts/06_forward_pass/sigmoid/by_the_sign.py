"""Each branch gets only the entries for which it is safe."""

import numpy as np


def sigmoid(z):
    z = np.asarray(z, dtype=np.float64)
    s = np.empty(z.shape)
    up = z >= 0
    s[up] = 1 / (1 + np.exp(-z[up]))
    power = np.exp(z[~up])
    s[~up] = power / (1 + power)
    return s


def sigmoid_gradient(z):
    return sigmoid(z) * sigmoid(-1.0 * z)


def sigmoid_torch(z):
    import torch

    below, above = z.clamp(max=0), z.clamp(min=0)
    power = torch.exp(below)
    return torch.where(z < 0, power / (1 + power), 1 / (1 + torch.exp(-above)))
