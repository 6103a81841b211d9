"""range(min(len(a), len(b))), so that the index never runs out."""

import numpy as np


def add(a, b):
    return np.array([a[i] + b[i] for i in range(min(len(a), len(b)))], dtype=float)
