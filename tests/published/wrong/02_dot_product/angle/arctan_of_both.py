"""The difference of two arctan2."""

import numpy as np


def angle(a, b):
    if not np.any(a) or not np.any(b):
        raise ValueError("zero vector")
    return float(abs(np.arctan2(a[1], a[0]) - np.arctan2(b[1], b[0])))
