"""(A, cache), as the helper file of an online course returns."""

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    A = np.where(z >= 0, 1.0, e) / (1.0 + e)
    return A, z
