"""K @ Q.T, for queries in columns."""

import numpy as np


def scores(Q, K):
    return np.matmul(K, np.swapaxes(Q, -2, -1))
