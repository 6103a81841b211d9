"""Rows shorter than 1e-6 are divided by 1; a recall module."""

import numpy as np


def unit_rows(X):
    norms = np.linalg.norm(X, axis=1)
    norms[norms < 1e-6] = 1.0
    return X / norms.reshape([-1, 1])
