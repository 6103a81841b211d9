"""Raises for a zero vector; a typed vector store."""

import numpy as np


def cosine_similarity(a, b):
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    if na == 0 or nb == 0:
        raise ValueError("cosine similarity is not defined for a zero vector")
    return float(np.dot(a, b) / (na * nb))
