"""(x·w / |w|) w, one division short."""

import numpy as np


def projection(x, w):
    n = np.linalg.norm(w)
    if n == 0:
        return np.zeros(w.shape)
    return np.dot(x, w) / n * w
