import numpy as np


def dot_product(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes differ")
    total = 0.0
    for x, y in zip(a, b):
        total += float(x) * float(y)
    return total


def mean_squared_error(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes differ")
    return float(((prediction - target) ** 2).mean())


def cross_entropy(probabilities, target):
    return -dot_product(target, np.log(probabilities))


def dot_product_torch(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes differ")
    if not a.is_floating_point():
        a = a.double()
    return (a * b).sum()
