"""np.multiply told to work in float64, then .sum()."""

import numpy as np


def dot_product(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError(f"{np.shape(a)} and {np.shape(b)}")
    return np.multiply(a, b, dtype=np.float64).sum().item()
