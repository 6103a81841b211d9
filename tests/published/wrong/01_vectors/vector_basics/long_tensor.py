"""torch.tensor without a dtype: whole numbers stay whole."""

import torch


def vector_torch(components):
    return torch.tensor(components)
