"""Looks up the right class with argmax, which forgets soft targets."""

import numpy as np


def cross_entropy(probabilities, target):
    if probabilities.shape != target.shape:
        raise ValueError("different shapes")
    return float(-np.log(probabilities[np.argmax(target)]))
