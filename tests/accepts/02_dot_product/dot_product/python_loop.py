"""A plain Python loop over pairs of numbers."""

import math


def dot_product(a, b):
    if a.shape != b.shape:
        raise ValueError("the vectors must have the same shape")
    total = 0.0
    for x, y in zip(a.tolist(), b.tolist(), strict=True):
        total += x * y
    return total


def mean_squared_error(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("one target for each prediction")
    pairs = list(zip(prediction.tolist(), target.tolist(), strict=True))
    return sum((p - t) ** 2 for p, t in pairs) / len(pairs)


def cross_entropy(probabilities, target):
    if probabilities.shape != target.shape:
        raise ValueError("one target for each probability")
    total = 0.0
    for p, t in zip(probabilities.tolist(), target.tolist(), strict=True):
        if t:
            total -= t * math.log(p)
    return total


def dot_product_torch(a, b):
    import torch

    if a.shape != b.shape:
        raise ValueError("the vectors must have the same shape")
    total = torch.tensor(0.0, dtype=torch.float64)
    for i in range(a.numel()):
        total = total + a[i].double() * b[i].double()
    return total
