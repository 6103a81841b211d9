"""Honest, so that one sees that the rest did not help."""

import numpy as np


def dot_product(a, b):
    if a.shape != b.shape:
        raise ValueError
    return float(sum(float(x) * float(y) for x, y in zip(a, b)))


def mean_squared_error(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError
    return float(((prediction - target) ** 2).mean())


def cross_entropy(probabilities, target):
    return -dot_product(target, np.log(probabilities))


def dot_product_torch(a, b):
    if a.shape != b.shape:
        raise ValueError
    return ((a if a.is_floating_point() else a.double()) * b).sum()
