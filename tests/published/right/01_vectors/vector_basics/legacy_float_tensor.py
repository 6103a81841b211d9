"""The older constructor torch.FloatTensor, which takes values from a list."""

import torch


def vector_torch(components):
    return torch.FloatTensor(components)
