"""Normalizes the query and not the rows."""

import torch


def similarities_torch(query, embeddings):
    n = torch.linalg.vector_norm(query)
    return embeddings @ (query / n) if n > 0 else torch.zeros(len(embeddings))
