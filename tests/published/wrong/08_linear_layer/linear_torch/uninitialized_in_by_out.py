"""A weight of shape (in, out) and x @ W; a demonstration of nn.Module."""

import torch
from torch import nn


class LinearTorch(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        k = in_features**-0.5
        self.weight = nn.Parameter(torch.empty(in_features, out_features).uniform_(-k, k))
        if bias:
            self.bias = nn.Parameter(torch.empty(out_features).uniform_(-k, k))
        else:
            self.register_parameter("bias", None)

    def forward(self, x):
        y = x @ self.weight
        return y if self.bias is None else y + self.bias
