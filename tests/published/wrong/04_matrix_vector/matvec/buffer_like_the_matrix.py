"""A result buffer in W's dtype; integers cut what x brings."""

import numpy as np


def matvec_rows(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("sizes do not match")
    y = np.zeros(W.shape[0], dtype=W.dtype)
    for i in range(W.shape[0]):
        y[i] = (W[i] * x).sum()
    return y
