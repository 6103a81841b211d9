"""Both losses as one line after the check; a losses module."""

import numpy as np


def mean_squared_error(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("shapes must match")
    return float(np.mean(np.power(prediction - target, 2)))

def cross_entropy(probabilities, target):
    if probabilities.shape != target.shape:
        raise ValueError("shapes must match")
    return float(np.sum(-np.log(probabilities) * target))
