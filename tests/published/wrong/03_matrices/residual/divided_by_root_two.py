"""(f(x) + x) / sqrt(2), which keeps the variance; a speech model."""

import numpy as np


def residual(f, x):
    y = f(x)
    if y.shape != x.shape:
        raise ValueError("shapes differ")
    return (y + x) / np.sqrt(2)
