"""W + np.eye(W.shape[0]) without a look at the columns."""

import numpy as np


def residual_matrix(W):
    n = W.shape[0]
    return W + np.eye(n)
