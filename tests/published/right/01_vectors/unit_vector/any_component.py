"""Asks whether any component is not zero; a physics script."""

import numpy as np


def unit_vector(v):
    if not np.any(v):
        return np.zeros(len(v))
    return np.true_divide(v, np.sqrt(np.dot(v.astype(float), v)))
