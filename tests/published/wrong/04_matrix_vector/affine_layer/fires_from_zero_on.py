""">= 0, the step function of many perceptrons."""

import numpy as np


def fires(W, x, b):
    return np.dot(W, x) + b >= 0
