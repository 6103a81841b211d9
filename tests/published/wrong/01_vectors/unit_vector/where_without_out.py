"""np.divide with where but without out: what is not divided is never set."""

import numpy as np


def unit_rows(X):
    norms = np.linalg.norm(X, axis=1, keepdims=True)
    return np.divide(X, norms, where=norms > 0)
