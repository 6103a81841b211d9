"""relu(f(x) + x), as in the blocks of image networks."""

import numpy as np


def residual(f, x):
    y = f(x)
    if y.shape != x.shape:
        raise ValueError("shapes differ")
    return np.maximum(y + x, 0)
