"""Uses the function for a vector on the whole matrix."""

import numpy as np


def unit_rows(X):
    length = np.linalg.norm(X)
    if length == 0:
        return np.zeros(X.shape)
    return X / length
