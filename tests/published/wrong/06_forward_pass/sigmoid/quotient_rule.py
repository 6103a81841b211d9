"""exp(-z) / (1 + exp(-z))**2, as derived on paper."""

import numpy as np


def sigmoid_gradient(z):
    e = np.exp(-z)
    return e / np.square(1.0 + e)
