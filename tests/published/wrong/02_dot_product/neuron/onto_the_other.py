"""proj(u, v) read as 'v onto u' by one author and 'u onto v' by the next."""

import numpy as np


def projection(x, w):
    xx = np.dot(x, x)
    if xx == 0:
        return np.zeros(len(x))
    return np.dot(x, w) / xx * x
