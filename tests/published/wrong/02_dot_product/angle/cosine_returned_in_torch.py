"""F.cosine_similarity, clamped, and done."""

import torch.nn.functional as F


def angle_torch(a, b):
    if not a.any() or not b.any():
        raise ValueError("zero vector")
    return F.cosine_similarity(a, b, dim=0, eps=1e-30).clamp(-1.0, 1.0)
