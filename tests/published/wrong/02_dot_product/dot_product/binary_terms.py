"""Adds (1 - t) log(1 - p), the other half of the loss for yes-or-no answers."""

import numpy as np


def cross_entropy(probabilities, target):
    if probabilities.shape != target.shape:
        raise ValueError("different shapes")
    yes = target * np.log(probabilities)
    no = (1 - target) * np.log(1 - probabilities)
    return float(-np.sum(yes + no))
