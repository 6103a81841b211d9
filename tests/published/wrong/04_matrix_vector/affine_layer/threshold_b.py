"""Compares the weighted sum with b, as a threshold is."""

import numpy as np


def fires(W, x, b):
    return np.greater(W @ x, b)
