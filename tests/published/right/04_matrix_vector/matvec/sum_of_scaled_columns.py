"""Built-in sum over scaled columns, starting from zeros."""

import numpy as np


def matvec_columns(W, x):
    if x.shape != W.shape[1:]:
        raise ValueError("inner dimensions do not agree")
    return sum((xj * wj for xj, wj in zip(x.astype(float), W.T)), np.zeros(len(W)))
