"""Keeps the result as a column, as on paper."""

import numpy as np


def matvec_rows(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("sizes do not match")
    y = np.zeros((W.shape[0], 1))
    for i in range(W.shape[0]):
        y[i, 0] = (W[i] * x).sum()
    return y
