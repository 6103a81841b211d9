"""opposite and similar the wrong way round."""

import numpy as np


def relation(a, b, tolerance=1e-6):
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    if na == 0 or nb == 0:
        raise ValueError("zero vector")
    c = np.dot(a / na, b / nb)
    if abs(c) <= tolerance:
        return "perpendicular"
    return "opposite" if c > 0 else "similar"
