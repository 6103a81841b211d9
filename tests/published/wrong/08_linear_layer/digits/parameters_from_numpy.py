"""nn.Parameter(torch.from_numpy(W1)), in the array's own memory."""

import torch
from torch import nn


def model_torch(W1, b1, W2, b2):
    first = nn.Linear(W1.shape[1], W1.shape[0])
    last = nn.Linear(W2.shape[1], W2.shape[0])
    first.weight, first.bias = (nn.Parameter(torch.from_numpy(a)) for a in (W1, b1))
    last.weight, last.bias = (nn.Parameter(torch.from_numpy(a)) for a in (W2, b2))
    return nn.Sequential(first, nn.ReLU(), last)
