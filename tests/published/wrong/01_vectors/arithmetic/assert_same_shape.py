"""assert in place of an exception of its own; textbook code."""

import numpy as np


def add(a, b):
    assert np.shape(a) == np.shape(b), "vectors must have the same length"
    return np.asarray(a, dtype=float) + np.asarray(b, dtype=float)
