"""The polarization identity: a · b = (|a + b|² - |a - b|²) / 4."""

import numpy as np


def _squared_length(v):
    return (v**2).sum()


def dot_product(a, b):
    if a.ndim != b.ndim or len(a) != len(b):
        raise ValueError("different shapes")
    a, b = a.astype(np.float64), b.astype(np.float64)
    return (_squared_length(a + b) - _squared_length(a - b)) / 4


def mean_squared_error(prediction, target):
    if prediction.ndim != target.ndim:
        raise ValueError("different shapes")
    error = prediction.astype(np.float64) - target.astype(np.float64)
    if error.shape != prediction.shape or error.shape != target.shape:
        raise ValueError("different shapes")
    return _squared_length(error) / len(error)


def cross_entropy(probabilities, target):
    return dot_product(target, -np.log(probabilities))


def dot_product_torch(a, b):
    if a.dim() != b.dim() or len(a) != len(b):
        raise ValueError("different shapes")
    a, b = a.double(), b.double()
    return (_squared_length(a + b) - _squared_length(a - b)) / 4
