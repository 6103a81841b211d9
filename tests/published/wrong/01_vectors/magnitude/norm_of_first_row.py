"""Returns inside of the loop."""

import numpy as np


def row_magnitudes(X):
    for row in X:
        return np.array([np.sqrt((row.astype(float) ** 2).sum())])
    return np.zeros(0)
