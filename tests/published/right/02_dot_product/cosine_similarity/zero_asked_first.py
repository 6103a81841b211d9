"""Asks for a zero vector first; the commonest right way."""

import numpy as np


def cosine_similarity(a, b):
    if not np.any(a) or not np.any(b):
        return 0.0
    return float(np.inner(a, b) / (np.linalg.norm(a) * np.linalg.norm(b)))

def similarities(query, embeddings):
    return np.array([cosine_similarity(query, row) for row in embeddings])
