"""A loop over pairs in Python numbers; in PyTorch the nan of a zero vector is replaced."""

import math


def cosine_similarity(a, b):
    a, b = [float(x) for x in a], [float(x) for x in b]
    if not any(a) or not any(b):
        return 0
    return sum(map(lambda x, y: x * y, a, b)) / (math.hypot(*a) * math.hypot(*b))


def similarities(query, embeddings):
    import numpy as np

    return np.array([cosine_similarity(query, row) for row in embeddings], dtype=float)


def nearest(query, embeddings):
    best, best_score = 0, -2.0
    for i, row in enumerate(embeddings):
        score = cosine_similarity(query, row)
        if score > best_score:
            best, best_score = i, score
    return best


def cosine_similarity_torch(a, b):
    import torch

    cosine = (a * b).sum() / torch.sqrt((a * a).sum() * (b * b).sum())
    return torch.nan_to_num(cosine, nan=0.0)


def similarities_torch(query, embeddings):
    import torch

    return torch.stack([cosine_similarity_torch(query, row) for row in embeddings])
