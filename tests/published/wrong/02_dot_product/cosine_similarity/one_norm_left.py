"""Divides by the norm of b alone: a projection length."""

import numpy as np


def cosine_similarity(a, b):
    n = np.linalg.norm(b)
    return float(np.dot(a, b) / n) if n > 0 else 0.0
