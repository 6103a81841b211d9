"""Plain Python, one row after another; zero is returned before anything is divided."""

import math

import numpy as np


def unit_vector(v):
    numbers = [float(x) for x in v]
    length = math.hypot(*numbers)
    if length == 0:
        return np.zeros(len(numbers))
    return np.array([x / length for x in numbers])


def unit_rows(X):
    return np.stack([unit_vector(row) for row in X])


def unit_vector_torch(v):
    if not v.any():
        return v.clone()
    return v / v.norm()


def unit_rows_torch(X):
    import torch

    result = torch.empty_like(X)
    for i, row in enumerate(X):
        result[i] = unit_vector_torch(row)
    return result
