"""Two loops over floats; the from-scratch classic."""

import numpy as np


def matvec_rows(W, x):
    if x.ndim != 1 or x.shape[0] != W.shape[1]:
        raise ValueError("inner dimensions do not agree")
    y = np.zeros(W.shape[0])
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            y[i] += float(W[i, j]) * float(x[j])
    return y
