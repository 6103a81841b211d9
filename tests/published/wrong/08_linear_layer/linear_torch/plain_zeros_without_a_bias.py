"""nn.Parameter(...) if bias else torch.zeros(...)."""

import math

import torch
from torch import nn


class LinearTorch(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = 1 / math.sqrt(in_features)
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-k, k))
        b = torch.empty(out_features).uniform_(-k, k)
        self.bias = nn.Parameter(b) if bias else torch.zeros(out_features)

    def forward(self, x):
        return x @ self.weight.T + self.bias
