"""Starts the total with np.zeros(..., dtype=int); a linear combination of columns."""

import numpy as np


def matvec_columns(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("sizes do not match")
    total = np.zeros(W.shape[0], dtype=int)
    for j in range(W.shape[1]):
        total = total + (x[j] * W[:, j]).astype(int)
    return total
