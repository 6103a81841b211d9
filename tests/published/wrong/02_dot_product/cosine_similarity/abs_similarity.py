"""abs() around it."""

import numpy as np


def cosine_similarity(a, b):
    n = np.linalg.norm(a) * np.linalg.norm(b)
    if n == 0:
        return 0.0
    return float(abs(a @ b) / n)
