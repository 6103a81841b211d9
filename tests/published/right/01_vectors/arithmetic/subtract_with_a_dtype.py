"""np.subtract told to work in float64; an image difference."""

import numpy as np


def error(prediction, target):
    return np.subtract(prediction, target, dtype=np.float64)
