"""Scalar projection times unit vector, zero handled first."""

import numpy as np


def projection(x, w):
    length = np.linalg.norm(w)
    if length == 0:
        return np.zeros(w.shape)
    u = w / length
    return np.dot(x, u) * u
