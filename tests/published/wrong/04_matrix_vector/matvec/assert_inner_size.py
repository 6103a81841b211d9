"""assert W.shape[1] == x.shape[0]; a numerical methods repository."""

import numpy as np


def matvec_rows(W, x):
    assert x.shape == (W.shape[1],), "inner dimensions must agree"
    return np.array([float((W[i].astype(float) * x).sum()) for i in range(len(W))])
