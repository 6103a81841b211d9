"""torch.sum(a * b), a layer written by hand."""

import torch


def dot_product_torch(a, b):
    return torch.sum(a * b)
