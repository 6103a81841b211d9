"""Asks np.isclose whether the length is zero, which is generous; a graphics script."""

import numpy as np


def unit_vector(v):
    n = np.linalg.norm(v)
    if np.isclose(n, 0):
        return np.zeros_like(v, dtype=float)
    return v / n
