"""norm + 1e-6 everywhere."""

import numpy as np


def unit_vector(v):
    return v / (np.linalg.norm(v) + 1e-6)


def unit_rows(X):
    return X / (np.linalg.norm(X, axis=1, keepdims=True) + 1e-6)
