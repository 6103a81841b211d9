"""range(W.shape[0]) over columns."""

import numpy as np


def matvec_columns(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("shapes")
    total = np.zeros(W.shape[0])
    for j in range(W.shape[0]):
        total += x[j] * W[:, j].astype(float)
    return total
