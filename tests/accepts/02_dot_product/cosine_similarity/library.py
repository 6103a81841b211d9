"""Division with `where`, a ranking by argsort, and torch's own function throughout."""

import numpy as np


def cosine_similarity(a, b):
    return similarities(a, b.reshape(1, -1))[0]


def similarities(query, embeddings):
    dots = np.einsum("nd,d->n", embeddings, query).astype(np.float64)
    lengths = np.outer(np.linalg.norm(embeddings, axis=1), np.linalg.norm(query)).ravel()
    return np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths != 0)


def nearest(query, embeddings):
    ranking = np.argsort(-similarities(query, embeddings), kind="stable")
    return ranking[0]


def cosine_similarity_torch(a, b):
    from torch.nn import functional

    return functional.cosine_similarity(a[None], b[None])[0]


def similarities_torch(query, embeddings):
    from torch.nn import functional

    return functional.cosine_similarity(query.expand_as(embeddings), embeddings)
