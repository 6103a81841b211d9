"""A float buffer and one form for each half."""

import numpy as np


def sigmoid(z):
    z = np.multiply(z, 1.0)
    out = np.empty(z.shape, dtype=z.dtype)
    up = z >= 0
    out[up] = 1.0 / (1.0 + np.exp(-z[up]))
    e = np.exp(z[~up])
    out[~up] = e / (1.0 + e)
    return out

def sigmoid_gradient(z):
    s = sigmoid(z)
    return s - s * s
