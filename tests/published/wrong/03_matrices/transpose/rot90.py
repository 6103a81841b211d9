"""np.rot90 looks like it."""

import numpy as np


def transpose(W):
    if W.ndim < 2:
        return W
    return np.rot90(W)
