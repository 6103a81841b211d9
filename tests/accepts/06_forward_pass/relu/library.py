"""clip and heaviside; a threshold in PyTorch."""

import numpy as np


def relu(z):
    return np.clip(z, 0, None)


def relu_gradient(z):
    return np.heaviside(z, 0.0)


def relu_torch(z):
    from torch.nn import functional

    return functional.threshold(z, 0.0, 0.0)
