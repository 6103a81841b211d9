"""Calls the list of products the dot product; a data science notebook."""

import numpy as np


def dot_product(a, b):
    if a.shape != b.shape:
        raise ValueError("different shapes")
    return np.multiply(a, b, dtype=float)
