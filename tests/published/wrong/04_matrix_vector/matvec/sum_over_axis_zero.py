"""np.sum(W * x, axis=0); a question about axes."""

import numpy as np


def matvec_rows(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("sizes do not match")
    return np.sum(W * x, axis=0, dtype=float)
