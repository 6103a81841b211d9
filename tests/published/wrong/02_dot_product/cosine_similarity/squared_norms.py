"""a.dot(a) * b.dot(b) below, with no root."""

import numpy as np


def cosine_similarity(a, b):
    below = np.dot(a, a) * np.dot(b, b)
    return float(np.dot(a, b) / below) if below != 0 else 0.0
