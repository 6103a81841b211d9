"""torch.empty(..., requires_grad=True), no nn.Parameter."""

import math

import torch
from torch import nn


class LinearTorch(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = 1 / math.sqrt(in_features)
        self.weight = (torch.rand(out_features, in_features) * 2 * k - k).requires_grad_()
        self.bias = (torch.rand(out_features) * 2 * k - k).requires_grad_() if bias else None

    def forward(self, x):
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias
