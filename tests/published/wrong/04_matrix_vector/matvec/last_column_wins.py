"""= where += was meant."""

import numpy as np


def matvec_columns(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("sizes do not match")
    y = np.zeros(len(W))
    for j, value in enumerate(x):
        y = float(value) * W[:, j]
    return y
