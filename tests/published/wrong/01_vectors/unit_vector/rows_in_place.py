"""Divides the caller's storage in place to save memory; an embeddings library."""

import numpy as np


def unit_rows(X):
    norms = np.linalg.norm(X, axis=1)
    norms[norms == 0] = 1.0
    X /= norms[:, None]
    return X
