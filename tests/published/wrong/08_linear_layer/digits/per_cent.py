"""100 times the mean, for the printout."""

import numpy as np


def accuracy(predictions, labels):
    if predictions.shape != labels.shape:
        raise ValueError("shapes differ")
    return float(np.mean(predictions == labels) * 100)
