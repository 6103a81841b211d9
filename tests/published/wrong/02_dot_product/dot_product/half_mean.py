"""The factor 1/2 that makes the derivative pretty; gradient descent notes."""

import numpy as np


def mean_squared_error(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return float(np.mean((prediction - target) ** 2) / 2)
