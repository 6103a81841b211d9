"""np.sum of the pair, which gives one number; a beginner's question."""

import numpy as np


def add(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("different shapes")
    return np.sum([a, b], dtype=float)
