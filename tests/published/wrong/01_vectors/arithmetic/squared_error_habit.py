"""The squared error at once."""

import numpy as np


def error(prediction, target):
    return (np.asarray(prediction, dtype=float) - np.asarray(target, dtype=float)) ** 2
