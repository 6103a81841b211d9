"""(mean of errors) squared."""

import numpy as np


def mean_squared_error(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes differ")
    return float(np.mean(prediction.astype(float) - target.astype(float)) ** 2)
