"""abs() around the dot product: angles end at 90 degrees."""

import numpy as np


def angle(a, b):
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    if na == 0 or nb == 0:
        raise ValueError("zero vector")
    return float(np.arccos(np.clip(abs(np.dot(a / na, b / nb)), 0, 1)))
