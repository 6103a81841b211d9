"""The 1-norm of each row, from a recommender's similarity module."""

import numpy as np


def row_magnitudes(X):
    return np.sum(np.abs(X.astype(np.float64)), axis=1)
