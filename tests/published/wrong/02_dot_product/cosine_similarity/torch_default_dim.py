"""F.cosine_similarity with its default dim on two vectors; a forum question."""

import torch.nn.functional as F


def cosine_similarity_torch(a, b):
    return F.cosine_similarity(a, b)
