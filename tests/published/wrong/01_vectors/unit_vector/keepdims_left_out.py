"""axis=1 without keepdims, the usual first try."""

import numpy as np


def unit_rows(X):
    norms = np.linalg.norm(X, axis=1)
    norms = np.where(norms == 0, 1.0, norms)
    return X / norms
