"""norm(v, 1): the Manhattan length."""

import numpy as np


def unit_vector(v):
    n = np.abs(v.astype(float)).sum()
    if n == 0:
        return np.zeros(v.shape)
    return v / n
