"""np.trace."""

import numpy as np


def keep_diagonal(W):
    return np.trace(W)
