"""Normalizes both, then compares the cosine from both sides."""

import numpy as np
import torch


def relation(a, b, tolerance=1e-6):
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    if min(na, nb) == 0:
        raise ValueError("zero vector")
    c = np.dot(a / na, b / nb)
    return "perpendicular" if -tolerance <= c <= tolerance else "similar" if c > 0 else "opposite"

def angle_torch(a, b):
    na, nb = torch.norm(a), torch.norm(b)
    if na == 0 or nb == 0:
        raise ValueError("zero vector")
    return torch.arccos(torch.clip(torch.dot(a / na, b / nb), -1.0, 1.0))
