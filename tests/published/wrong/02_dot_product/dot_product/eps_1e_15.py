"""log(p + 1e-15), from a forum."""

import numpy as np


def cross_entropy(probabilities, target):
    if probabilities.shape != target.shape:
        raise ValueError("shapes")
    return float(-np.sum(target * np.log(probabilities + 1e-15)))
