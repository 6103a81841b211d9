"""np.triu in place of the diagonal."""

import numpy as np


def keep_diagonal(W):
    return np.triu(W)
