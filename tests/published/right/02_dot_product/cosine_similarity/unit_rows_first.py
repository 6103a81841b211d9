"""Unit rows, then one product; embeddings in PyTorch."""

import torch
import torch.nn.functional as F


def cosine_similarity_torch(a, b):
    return torch.dot(F.normalize(a, dim=0), F.normalize(b, dim=0))

def similarities_torch(query, embeddings):
    return F.normalize(embeddings, dim=1).matmul(F.normalize(query, dim=0))
