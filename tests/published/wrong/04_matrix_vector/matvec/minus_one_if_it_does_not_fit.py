"""-1 where the sizes do not fit; a collection of deep learning problems."""

import numpy as np


def matvec_rows(W, x):
    if x.shape != (W.shape[1],):
        return -1
    return np.array([float((row.astype(float) * x).sum()) for row in W])
