"""torch.stack of one sum for each row."""

import torch


def matvec_torch(W, x):
    if x.dim() != 1 or x.size(0) != W.size(1):
        raise ValueError("inner dimensions do not agree")
    return torch.stack([torch.sum(torch.mul(row, x)) for row in W])
