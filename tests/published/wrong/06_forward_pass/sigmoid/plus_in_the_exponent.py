"""1 / (1 + exp(z))."""

import numpy as np
import torch


def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(z.astype(float)))


def sigmoid_torch(z):
    return 1 / (1 + torch.exp(z))
