"""np.where(z > 0, 1, 0), the perceptron's output."""

import numpy as np


def fires(W, x, b):
    return np.where(np.dot(W, x) + b > 0, 1, 0)
