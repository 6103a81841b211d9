"""Concatenates, as densely connected networks do."""

import numpy as np


def residual(f, x):
    y = f(x)
    if y.shape != x.shape:
        raise ValueError("shapes differ")
    return np.concatenate([x, y], axis=-1)
