"""A ValueError for the zero vector, as in mathematics."""

import torch


def unit_vector_torch(v):
    n = torch.linalg.vector_norm(v)
    if n == 0:
        raise ValueError("the zero vector cannot be normalized")
    return v / n
