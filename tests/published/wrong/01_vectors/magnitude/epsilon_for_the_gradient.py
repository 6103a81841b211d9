"""A small number under the root, against the nan gradient at zero; a loss function."""

import torch


def magnitude_torch(v):
    return torch.sqrt(torch.sum(v.double() ** 2) + 1e-12)
