"""F.linear(X, W)."""

import torch.nn.functional as F


def layer_torch(X, W, b):
    return F.linear(X, W)
