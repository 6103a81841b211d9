"""self.weights and self.biases."""

import math

import torch
from torch import nn


class LinearTorch(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = 1 / math.sqrt(in_features)
        self.weights = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        self.biases = nn.Parameter(torch.empty(out_features).uniform_(-k, k)) if bias else None

    def forward(self, x):
        y = x @ self.weights.T
        return y if self.biases is None else y + self.biases
