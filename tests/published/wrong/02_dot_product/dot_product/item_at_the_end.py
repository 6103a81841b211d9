"""Returns .item(), because the caller prints it; a notebook."""

import torch


def dot_product_torch(a, b):
    if a.shape != b.shape:
        raise ValueError("different shapes")
    total = torch.mul(a.double(), b.double()).sum()
    return total.item()
