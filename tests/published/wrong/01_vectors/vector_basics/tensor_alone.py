"""torch.tensor without a dtype, as in most first tutorials."""

import torch


def vector_torch(components):
    t = torch.tensor(list(components))
    return t
