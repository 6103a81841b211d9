"""Normalizes first, and leaves zero vectors as they are."""

import numpy as np


def _unit_rows(rows):
    norms = np.sqrt(np.sum(np.square(rows.astype(float)), axis=-1, keepdims=True))
    norms[norms == 0] = 1.0
    return rows / norms


def cosine_similarity(a, b):
    return _unit_rows(a) @ _unit_rows(b)


def similarities(query, embeddings):
    return _unit_rows(embeddings) @ _unit_rows(query)


def nearest(query, embeddings):
    return np.argmax(similarities(query, embeddings))


def cosine_similarity_torch(a, b):
    import torch

    u = a / a.norm().clamp(min=1e-12)
    v = b / b.norm().clamp(min=1e-12)
    return torch.dot(u, v)


def similarities_torch(query, embeddings):
    import torch

    return torch.cosine_similarity(query, embeddings, dim=-1)
