"""A list over the neurons, one comparison for each."""

import numpy as np


def fires(W, x, b):
    return np.array([bool(np.dot(W[i], x) + b[i] > 0) for i in range(len(b))])
