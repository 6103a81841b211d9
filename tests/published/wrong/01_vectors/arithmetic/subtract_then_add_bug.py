"""np.subtract by autocompletion."""

import numpy as np


def add(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if a.shape != b.shape:
        raise ValueError("shapes")
    return np.subtract(a, b)
