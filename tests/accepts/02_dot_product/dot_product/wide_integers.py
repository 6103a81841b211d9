"""Integers stay integers, in 64 bits; the answer is a NumPy scalar."""

import numpy as np


def _wide(v):
    return v.astype(np.result_type(v, np.int64))


def _check(a, b):
    if np.shape(a) != np.shape(b) or np.ndim(a) != 1:
        raise ValueError(f"not two vectors of one length: {np.shape(a)} and {np.shape(b)}")


def dot_product(a, b):
    _check(a, b)
    return np.sum(np.multiply(_wide(a), _wide(b)))


def mean_squared_error(prediction, target):
    _check(prediction, target)
    return np.mean((prediction - target) ** 2)


def cross_entropy(probabilities, target):
    _check(probabilities, target)
    return -np.log(np.prod(probabilities**target))


def dot_product_torch(a, b):
    import torch

    if a.size() != b.size():
        raise ValueError("different sizes")
    if not a.is_floating_point():
        a, b = a.to(torch.int64), b.to(torch.int64)
    return torch.sum(torch.mul(a, b))
