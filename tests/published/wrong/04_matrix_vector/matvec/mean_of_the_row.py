"""np.mean for np.sum."""

import numpy as np


def matvec_rows(W, x):
    if x.shape != (W.shape[1],):
        raise ValueError("shapes")
    return np.array([np.mean(row * x.astype(float)) for row in W])
