"""x minus its projection."""

import torch


def projection_torch(x, w):
    s = w @ w
    if s == 0:
        return torch.zeros_like(w)
    return x - (x @ w / s) * w
