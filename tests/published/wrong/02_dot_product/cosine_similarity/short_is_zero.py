"""Takes every vector shorter than 1e-8 for zero; a search engine."""

import numpy as np


def cosine_similarity(a, b):
    na, nb = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if na < 1e-8 or nb < 1e-8:
        return 0.0
    return float(np.dot(a, b)) / (na * nb)
