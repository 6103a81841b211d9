"""F.linear, whatever the bias looks like."""

import torch.nn.functional as F


def affine_torch(W, x, b):
    return F.linear(x, W) + b
