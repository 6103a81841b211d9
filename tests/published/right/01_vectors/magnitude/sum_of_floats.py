"""Pure Python over floats, one vector at a time; from-scratch tutorials."""

import math

import numpy as np


def magnitude(v):
    squares = [float(v[i]) ** 2 for i in range(len(v))]
    return math.sqrt(math.fsum(squares))

def row_magnitudes(X):
    return np.array([magnitude(row) for row in X], dtype=np.float64)
