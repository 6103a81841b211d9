"""acos of F.cosine_similarity, which gives 0 for a zero vector."""

import torch
import torch.nn.functional as F


def angle_torch(a, b):
    return torch.acos(F.cosine_similarity(a, b, dim=0).clamp(-1.0, 1.0))
