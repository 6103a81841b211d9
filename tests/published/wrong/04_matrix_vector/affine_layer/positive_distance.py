"""abs(b) / |w|, the distance of a plane."""

import numpy as np


def boundary(w, b):
    n = np.linalg.norm(w)
    if n == 0:
        raise ValueError("no weights")
    return float(abs(b) / n)
