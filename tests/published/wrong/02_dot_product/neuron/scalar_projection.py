"""How far u reaches along v, called the projection; a vector module."""

import numpy as np


def projection(x, w):
    length = np.linalg.norm(w)
    return np.dot(x, w) / length if length else 0.0
