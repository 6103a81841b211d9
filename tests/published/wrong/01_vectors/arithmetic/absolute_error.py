"""The absolute error, from a metrics module."""

import numpy as np


def error(prediction, target):
    return np.abs(np.subtract(prediction, target, dtype=float))
