"""One result for each column, from range(W.shape[1])."""

import numpy as np


def matvec_rows(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("sizes do not match")
    result = np.zeros(W.shape[1])
    for i in range(W.shape[1]):
        result[i] = (W[i] * x).sum()
    return result
